from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wizard.database.admin import Outcome, ensure_admin, find_account, sample_hashes
from wizard.database.admin_row import AdminRow, plan_row
from wizard.database.connect import Connection
from wizard.database.passwords import Scheme, matches
from wizard.database.schema import read_schema
from wizard.database.users import UserHints, UsersTable, find_users_table
from wizard.errors import FailedError
from wizard.questions import Choice, Text
from wizard.secrets import Secret

NOW = datetime(2026, 1, 2, tzinfo=UTC)
PASSWORD = Secret("sentinel-password-of-the-admin")
EMAIL = "ops@company.kr"

PLAIN = """
CREATE TABLE users (
    id serial PRIMARY KEY, email varchar(320) NOT NULL UNIQUE, password_hash varchar(255) NOT NULL,
    role varchar(20) NOT NULL DEFAULT 'member', created_at timestamptz NOT NULL DEFAULT now())
"""
STRICT = """
CREATE TYPE account_kind AS ENUM ('GUEST', 'ADMIN');
CREATE TABLE teams (id serial PRIMARY KEY);
CREATE TABLE app_user (
    uid uuid PRIMARY KEY, username text NOT NULL UNIQUE, email_address text NOT NULL UNIQUE,
    hashed_password bytea NOT NULL,
    kind account_kind NOT NULL, is_superuser boolean NOT NULL, is_active boolean NOT NULL, is_deleted boolean NOT NULL,
    joined timestamp NOT NULL, full_name text NOT NULL, tags text[] NOT NULL, credits integer NOT NULL,
    team integer NOT NULL REFERENCES teams, theme text NOT NULL, password_changed_at timestamptz, reset_token text)
"""
MARK = UserHints(admin_column="role", admin_value="admin")


async def users_in(connection: Connection, statements: str, hints: UserHints) -> UsersTable:
    await connection.execute(statements)
    return find_users_table(await read_schema(connection), hints)


def row_of(users: UsersTable, hints: UserHints) -> AdminRow:
    return plan_row(users, hints, email=EMAIL, username=None, now=NOW)


async def test_the_usual_table_is_recognised(connection: Connection) -> None:
    users = await users_in(connection, PLAIN, UserHints())
    assert (users.table.name, users.login.name, users.password.name) == ("users", "email", "password_hash")
    assert [(mark.column.name, mark.value) for mark in users.marks] == [("role", None)]
    row = row_of(users, UserHints())
    assert [column.name for column in row.missing] == ["role"]
    (question,) = row.questions()
    assert isinstance(question, Text)
    assert question.variable == "RAILWIZARD_ANSWER_ADMIN_COLUMN_ROLE"


async def test_a_strict_table_asks_only_what_nobody_can_know(connection: Connection) -> None:
    hints = UserHints(defaults={"theme": "dark"})
    users = await users_in(connection, STRICT, hints)
    assert users.login.name == "email_address"
    assert users.password.name == "hashed_password"
    assert users.active is not None
    row = row_of(users, hints)
    assert {column.name for column in row.missing} == {"kind", "credits", "team"}
    kind = next(question for question in row.questions() if question.id == "admin.column.kind")
    assert isinstance(kind, Choice)
    assert [option.value for option in kind.options] == ["GUEST", "ADMIN"]
    assert row.values["username"] == "ops"
    assert row.values["is_superuser"] is True
    assert row.values["is_deleted"] is False
    assert row.values["theme"] == "dark"


async def test_answers_complete_a_strict_row_that_the_database_takes(connection: Connection) -> None:
    users = await users_in(connection, STRICT, UserHints())
    await connection.execute("INSERT INTO teams DEFAULT VALUES")
    hints = UserHints(
        defaults={"theme": "dark"},
        admin_column="kind",
        admin_value="admin",
        values={"credits": "7", "team": "1", "is_superuser": "false"},
    )
    users = find_users_table(await read_schema(connection), hints)
    assert users.marks[0].value == "ADMIN"
    row = row_of(users, hints)
    assert row.missing == ()
    assert await ensure_admin(connection, users, row.values, PASSWORD, Scheme.ARGON2) is Outcome.CREATED
    account = await find_account(connection, users, EMAIL.upper())
    assert account is not None
    assert account.admin
    assert matches(account.hashed.reveal(), PASSWORD)
    assert (account.shown["credits"], account.shown["kind"]) == ("7", "ADMIN")
    assert "argon2" not in str(account)


@pytest.mark.parametrize("scheme", list(Scheme))
async def test_twice_is_once(connection: Connection, scheme: Scheme) -> None:
    users = await users_in(connection, PLAIN, MARK)
    row = row_of(users, MARK)
    assert await ensure_admin(connection, users, row.values, PASSWORD, scheme) is Outcome.CREATED
    assert await ensure_admin(connection, users, row.values, PASSWORD, scheme) is Outcome.PRESENT
    assert await (await connection.execute("SELECT count(*), min(role) FROM users")).fetchone() == (1, "admin")
    assert (await sample_hashes(connection, users))[0].startswith("$")


async def test_a_foreign_row_is_shown_and_left_alone(connection: Connection) -> None:
    users = await users_in(connection, PLAIN, MARK)
    await connection.execute("INSERT INTO users (email, password_hash) VALUES ('Ops@Company.kr', '$2b$somebody')")
    row = row_of(users, MARK)
    assert await ensure_admin(connection, users, row.values, PASSWORD, Scheme.BCRYPT) is Outcome.FOREIGN
    account = await find_account(connection, users, EMAIL)
    assert account is not None
    assert account.shown["email"] == "Ops@Company.kr"
    assert "somebody" not in str(account.shown)
    assert account.shown["role"] == "member"
    assert not account.admin


async def test_our_own_row_is_promoted(connection: Connection) -> None:
    users = await users_in(connection, PLAIN, MARK)
    row = row_of(users, MARK)
    await ensure_admin(connection, users, row.values, PASSWORD, Scheme.BCRYPT)
    await connection.execute("UPDATE users SET role = 'member'")
    assert await ensure_admin(connection, users, row.values, PASSWORD, Scheme.BCRYPT) is Outcome.PROMOTED
    assert await (await connection.execute("SELECT role FROM users")).fetchone() == ("admin",)


async def test_a_refused_row_leaves_nothing_and_says_why_without_values(connection: Connection) -> None:
    users = await users_in(connection, PLAIN.replace("DEFAULT 'member'", "CHECK (length(role) > 9)"), MARK)
    row = row_of(users, MARK)
    with pytest.raises(FailedError) as raised:
        await ensure_admin(connection, users, row.values, PASSWORD, Scheme.BCRYPT)
    assert raised.value.code == "database.admin-refused"
    assert "check constraint" in str(raised.value)
    assert "$2b$" not in str(raised.value)
    assert await (await connection.execute("SELECT count(*) FROM users")).fetchone() == (0,)


async def test_a_taken_username_is_a_conflict(connection: Connection) -> None:
    tables = PLAIN.replace("role varchar", "username text UNIQUE, role varchar")
    users = await users_in(connection, tables, MARK)
    await connection.execute("INSERT INTO users (email, username, password_hash) VALUES ('a@b.c', 'ops', 'x')")
    with pytest.raises(FailedError, match="admin-conflict"):
        await ensure_admin(connection, users, row_of(users, MARK).values, PASSWORD, Scheme.BCRYPT)


async def test_a_number_called_user_id_is_no_username(connection: Connection) -> None:
    tables = PLAIN.replace("role varchar", "user_id integer, role varchar")
    users = await users_in(connection, tables, MARK)
    assert users.username is None
    assert "user_id" not in row_of(users, MARK).values


async def test_several_or_no_tables_are_not_guessed_at(connection: Connection) -> None:
    with pytest.raises(FailedError, match="users-table-unclear"):
        await users_in(connection, "CREATE TABLE things (id int)", UserHints())
    twice = "CREATE TABLE users (email text, password text); CREATE TABLE members (email text, password text)"
    await connection.execute(twice)
    schema = await read_schema(connection)
    with pytest.raises(FailedError, match="users-table-unclear"):
        find_users_table(schema, UserHints())
    assert find_users_table(schema, UserHints(table="members")).table.name == "members"
    with pytest.raises(FailedError, match="no-such-table"):
        find_users_table(schema, UserHints(table="people"))
    with pytest.raises(FailedError, match="users-columns-unclear"):
        find_users_table(schema, UserHints(table="things"))
