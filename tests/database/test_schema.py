from __future__ import annotations

from wizard.database.alembic_version import database_heads
from wizard.database.connect import Connection
from wizard.database.schema import read_schema

TABLES = """
CREATE TYPE user_role AS ENUM ('user', 'admin');
CREATE TABLE teams (id serial PRIMARY KEY);
CREATE TABLE users (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(320) NOT NULL UNIQUE,
    role user_role NOT NULL DEFAULT 'user',
    level text NOT NULL CHECK (level IN ('low', 'it''s high')),
    age integer CHECK (age > 17),
    team integer REFERENCES teams,
    tags text[],
    first text, last text,
    UNIQUE (first, last)
);
CREATE UNIQUE INDEX by_level ON users (level);
CREATE UNIQUE INDEX by_lower ON users (lower(first));
CREATE SCHEMA other;
CREATE TABLE other.users (id integer);
"""


async def test_reads_types_nullability_defaults_uniques_and_allowed_values(connection: Connection) -> None:
    await connection.execute("DROP SCHEMA IF EXISTS other CASCADE")
    await connection.execute(TABLES)
    schema = await read_schema(connection)
    users = schema.table("users")
    assert users is not None
    assert users.schema == "public"
    assert list(users.columns)[:3] == ["id", "email", "role"]
    assert users.primary_key == {"id"}
    expected = {frozenset({"email"}), frozenset({"first", "last"}), frozenset({"level"}), frozenset({"id"})}
    assert users.uniques == expected
    columns = users.columns
    assert columns["id"].generated
    assert columns["id"].fills_itself
    assert (columns["email"].type, columns["email"].length, columns["email"].nullable) == (
        "character varying",
        320,
        False,
    )
    assert columns["role"].values == ("user", "admin")
    assert columns["role"].default == "'user'::user_role"
    assert columns["level"].values == ("low", "it's high")
    assert columns["age"].values == ()
    assert columns["team"].references
    assert columns["tags"].type == "text[]"
    inner = schema.table("users", "other")
    assert inner is not None
    assert inner.shown == "other.users"
    assert schema.table("nothing") is None
    await connection.execute("DROP SCHEMA other CASCADE")


async def test_heads_tell_never_ran_from_base_and_branches(connection: Connection) -> None:
    assert await database_heads(connection) is None
    await connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
    assert await database_heads(connection) == ()
    await connection.execute("INSERT INTO alembic_version VALUES ('b2'), ('a1')")
    assert await database_heads(connection) == ("a1", "b2")
    assert await database_heads(connection, "other_version") is None
