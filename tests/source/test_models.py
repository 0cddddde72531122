from __future__ import annotations

from tests.source.conftest import MakeTree
from tests.source.facts import sources_of
from wizard.source.alembic import find_alembic
from wizard.source.models import create_all_calls, read_tables, users_table

MODERN = """
    import enum
    from typing import Annotated, Optional
    from uuid import UUID, uuid4
    import sqlalchemy as sa
    from sqlalchemy import Enum, ForeignKey, String
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
    Key = Annotated[int, mapped_column(primary_key=True)]
    class Base(DeclarativeBase): ...
    class Role(enum.Enum):
        member = "MEMBER"
        admin = "ADMIN"
    class Named:
        name: Mapped[str] = mapped_column(String(10), unique=True)
    class Member(Named, Base):
        __tablename__ = "members"
        id: Mapped[Key]
        email: Mapped[Optional[str]]
        pw_hash: Mapped[str] = mapped_column("secret_hash", sa.Text())
        role: Mapped[Role] = mapped_column(default=Role.member)
        level: Mapped[Role] = mapped_column(Enum(Role, values_callable=lambda e: [m for m in e]), server_default="x")
        team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
        tags: Mapped[list["Tag"]] = relationship()
        boss: Mapped["Member"]
        note = "no column"
    class Tag(Base):
        __tablename__ = "tags"
        id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    links = sa.Table("links", Base.metadata, sa.Column("a", sa.Integer, primary_key=True), sa.Column("b", sa.Integer))
    def start(engine):
        Base.metadata.create_all(engine)
"""


def test_tables_and_columns(make_tree: MakeTree) -> None:
    sources = sources_of(make_tree({"models.py": MODERN}))
    tables = {table.name: table for table in read_tables(sources)}
    assert sorted(tables) == ["links", "members", "tags"]
    members = {column.name: column for column in tables["members"].columns}
    assert sorted(members) == ["email", "id", "level", "name", "role", "secret_hash", "team_id"]
    assert [name for name, one in members.items() if one.nullable] == ["email", "team_id"]
    assert members["name"].unique
    assert members["id"].primary_key
    assert members["secret_hash"].type == "sa.Text()"
    assert members["role"].enum_values == ("member", "admin")
    assert members["level"].enum_values == ("MEMBER", "ADMIN")
    assert members["role"].default == "MEMBER"
    assert [name for name, one in members.items() if one.must_be_given] == ["name", "secret_hash", "role"]
    (tag,) = tables["tags"].columns
    assert tag.must_be_given
    assert [(one.name, one.nullable) for one in tables["links"].columns] == [("a", False), ("b", True)]
    assert [str(one) for one in create_all_calls(sources)] == ["models.py:30"]


def test_the_users_table_is_the_one_with_login_and_password(make_tree: MakeTree) -> None:
    code = """
        from sqlalchemy import Column, String
        from sqlalchemy.orm import declarative_base
        Base = declarative_base()
        class Archive(Base):
            __tablename__ = "archive"
            email = Column(String)
            password = Column(String)
        class Person(Base):
            __tablename__ = "users"
            user_name = Column(String, nullable=False)
            encrypted_password = Column(String, nullable=False)
    """
    users = users_table(read_tables(sources_of(make_tree({"models.py": code}))))
    assert users is not None
    assert (users.table.name, users.login.name, users.password.name) == ("users", "user_name", "encrypted_password")


def revision(own: str, parents: str) -> str:
    return f"revision: str = {own!r}\ndown_revision = {parents}\n"


def test_the_graph_of_migrations(make_tree: MakeTree) -> None:
    tree = make_tree(
        {
            "api/alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n",
            "api/migrations/env.py": "",
            "api/migrations/versions/a.py": revision("a", "None"),
            "api/migrations/versions/b.py": revision("b", "'a'"),
            "api/migrations/versions/c.py": revision("c", "'a'"),
            "api/migrations/versions/d.py": revision("d", "('b', 'lost')"),
            "api/migrations/versions/notes.py": "x = 1\n",
            "api/migrations/versions/bad.py": "revision = (\n",
        }
    )
    (project,) = find_alembic(tree, "api")
    assert (project.folder, project.script_location) == ("api", "api/migrations")
    assert (project.heads, project.bases, project.missing) == (("c", "d"), ("a",), ("lost",))
    assert [one.path for one in project.unreadable] == ["api/migrations/versions/bad.py"]
    assert str(project.config) == "api/alembic.ini:2"


def test_alembic_configured_in_pyproject_with_its_own_version_folders(make_tree: MakeTree) -> None:
    tree = make_tree(
        {
            "pyproject.toml": '[tool.alembic]\nscript_location = "db"\n',
            "db/versions/a.py": revision("a", "None"),
            "old/alembic.ini": "[alembic]\nscript_location = m\nversion_locations = one two\n",
            "old/one/x.py": revision("x", "None"),
            "old/two/y.py": revision("y", "None"),
        }
    )
    root, old = find_alembic(tree, ".")
    assert (root.folder, root.heads) == (".", ("a",))
    assert old.heads == ("x", "y")


def test_a_configuration_that_is_none(make_tree: MakeTree) -> None:
    files = {"alembic.ini": "no section\n", "pyproject.toml": "not [ toml", "setup.cfg": ""}
    assert find_alembic(make_tree(files), ".") == ()
