from __future__ import annotations

from pathlib import Path

import pytest

from wizard.database.admin_row import plan_row
from wizard.database.compare import compare
from wizard.database.connect import Connection
from wizard.database.hints import guard_mark, user_hints
from wizard.database.schema import read_schema
from wizard.database.users import find_users_table
from wizard.locale import Language, render
from wizard.plan.model import Admin
from wizard.source.auth import Auth, read_auth
from wizard.source.env_reads import Environment
from wizard.source.fastapi_app import read_apps
from wizard.source.models import Table, read_tables, users_table
from wizard.source.python_sources import PythonSources
from wizard.source.tree import working_tree

SOURCE = """
import enum
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import Enum, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Role(enum.Enum):
    MEMBER = "member"
    ADMIN = "admin"

class User(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str]
    rank: Mapped[Role] = mapped_column("role_name", Enum(Role), default=Role.MEMBER)
    theme: Mapped[str] = mapped_column(default="dark")
    nickname: Mapped[str | None]

app = FastAPI()

def current_user() -> User: ...

def only_admins(user: User = Depends(current_user)) -> User:
    if user.rank != Role.ADMIN:
        raise HTTPException(403)
    return user

@app.get("/admin/people")
def people(user: User = Depends(only_admins)): ...
"""
TABLES = """
CREATE TYPE role AS ENUM ('MEMBER', 'ADMIN');
CREATE TABLE people (id serial PRIMARY KEY, email varchar(320) NOT NULL UNIQUE, password_hash text NOT NULL,
                     role_name role NOT NULL, theme text NOT NULL, nickname text)
"""


@pytest.fixture
def sources(tmp_path: Path) -> PythonSources:
    (tmp_path / "main.py").write_text(SOURCE)
    return PythonSources.of_service(working_tree(tmp_path), ".")


@pytest.fixture
def tables(sources: PythonSources) -> tuple[Table, ...]:
    return read_tables(sources)


def auth_of(sources: PythonSources) -> Auth:
    return read_auth(sources, read_apps(sources)[0].routes, Environment(sources))


async def differences(connection: Connection, tables: tuple[Table, ...]) -> list[tuple[str, bool]]:
    found = compare(tables, await read_schema(connection))
    assert all(one.where.startswith("main.py:") for one in found)
    assert all(render(one.text, Language.KOREAN) for one in found)
    return [(render(one.text), one.breaks) for one in found]


async def test_equal_is_no_difference(connection: Connection, tables: tuple[Table, ...]) -> None:
    await connection.execute(TABLES)
    assert await differences(connection, tables) == []


async def test_a_missing_table(connection: Connection, tables: tuple[Table, ...]) -> None:
    assert await differences(connection, tables) == [("Table people is missing.", True)]


async def test_columns_that_differ(connection: Connection, tables: tuple[Table, ...]) -> None:
    await connection.execute(TABLES)
    await connection.execute("ALTER TABLE people DROP COLUMN theme, ADD COLUMN legacy int NOT NULL")
    await connection.execute("ALTER TABLE people ALTER COLUMN nickname SET NOT NULL")
    await connection.execute("ALTER TABLE people ALTER COLUMN email DROP NOT NULL")
    assert await differences(connection, tables) == [
        ("Column people.email may be null, and the model does not expect it.", False),
        ("Column people.theme is missing.", True),
        ("Column people.nickname must not be null, and the model lets it be.", True),
        ("Column people.legacy must be filled, and no model knows it: every insert fails.", True),
    ]


async def test_the_guards_own_column_and_stored_member_make_the_administrator(
    connection: Connection, sources: PythonSources, tables: tuple[Table, ...]
) -> None:
    await connection.execute(TABLES)
    declared = users_table(tables)
    mark = guard_mark(auth_of(sources).guard, declared)
    assert mark == ("role_name", "ADMIN")
    hints = user_hints(Admin(email="ops@company.kr"), declared, mark=mark)
    users = find_users_table(await read_schema(connection), hints)
    row = plan_row(users, hints, email="ops@company.kr", username=None, now=None)  # type: ignore[arg-type]  # unused
    assert row.missing == ()
    assert row.values == {"email": "ops@company.kr", "role_name": "ADMIN", "theme": "dark"}


def test_without_a_guard_there_is_no_mark() -> None:
    assert guard_mark(None, None) is None


async def test_the_plan_overrules_the_code(
    connection: Connection, sources: PythonSources, tables: tuple[Table, ...]
) -> None:
    await connection.execute(TABLES)
    admin = Admin(email="ops@company.kr", columns={"theme": "light"})
    hints = user_hints(admin, users_table(tables), answers={"nickname": "Boss"})
    assert dict(hints.values) == {"theme": "light", "nickname": "Boss"}
    assert hints.table == "people"
