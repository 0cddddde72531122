"""The administrator's row: one transaction, idempotent, and nobody else's row is ever overwritten."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import psycopg
from psycopg import sql

from wizard.database.connect import Connection
from wizard.database.passwords import Scheme, hash_password, matches
from wizard.database.users import MarkValue, UsersTable
from wizard.errors import FailedError
from wizard.secrets import MASK, Secret

_SENSITIVE = ("pass", "pwd", "token", "secret", "key", "salt", "otp", "hash")
_HASHES_READ = 20


class Outcome(StrEnum):
    """What became of the administrator's row."""

    CREATED = "created"
    PRESENT = "present"
    """It was ours already: its password is the one we have."""
    PROMOTED = "promoted"
    """It was ours, and was no administrator until now."""
    FOREIGN = "foreign"
    """Somebody else's account has this login; nothing was written."""


@dataclass(frozen=True, slots=True)
class Account:
    """A row that is there.

    Attributes:
        shown: its columns for people, sensitive ones masked.
        hashed: the password's hash.
        login: as it is stored.
        admin: whether every admin mark is set.
    """

    shown: Mapping[str, str]
    hashed: Secret
    login: str
    admin: bool


async def find_account(connection: Connection, users: UsersTable, login: str) -> Account | None:
    """Find the row with this login, letter case ignored; None where there is none."""
    return await _select(connection, users, login, lock=False)


async def sample_hashes(connection: Connection, users: UsersTable) -> tuple[str, ...]:
    """Return some existing hashes: their prefix tells the scheme the application really uses."""
    query = sql.SQL("SELECT {password} FROM {table} WHERE {password} IS NOT NULL LIMIT {limit}").format(
        password=sql.Identifier(users.password.name), table=_table(users), limit=sql.Literal(_HASHES_READ)
    )
    return tuple(_text(row[0]) for row in await (await connection.execute(query)).fetchall())


async def ensure_admin(
    connection: Connection, users: UsersTable, values: Mapping[str, object], password: Secret, scheme: Scheme
) -> Outcome:
    """Make sure the administrator's row is there; raises FailedError where the database refuses the row.

    `values` are those of `AdminRow`, without the password.
    """
    login = str(values[users.login.name])
    try:
        async with connection.transaction():
            account = await _select(connection, users, login, lock=True)
            if account is None:
                await _insert(connection, users, values, await asyncio.to_thread(hash_password, scheme, password))
                return Outcome.CREATED
            if not await asyncio.to_thread(matches, account.hashed.reveal(), password):
                return Outcome.FOREIGN
            if account.admin:
                return Outcome.PRESENT
            await _promote(connection, users, values, account.login)
            return Outcome.PROMOTED
    except psycopg.errors.UniqueViolation as error:
        constraint = error.diag.constraint_name or "-"
        raise FailedError("database.admin-conflict", table=users.table.shown, constraint=constraint) from None
    except psycopg.Error as error:
        reason = error.diag.message_primary or type(error).__name__
        raise FailedError("database.admin-refused", table=users.table.shown, reason=reason) from None


async def _select(connection: Connection, users: UsersTable, login: str, *, lock: bool) -> Account | None:
    columns = tuple(users.table.columns)
    query = sql.SQL("SELECT {columns} FROM {table} WHERE lower({login}) = lower(%s) ORDER BY {login} = %s DESC").format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        table=_table(users),
        login=sql.Identifier(users.login.name),
    )
    cursor = await connection.execute(query + sql.SQL(" FOR UPDATE") if lock else query, (login, login))
    row = await cursor.fetchone()
    return _account(users, dict(zip(columns, row, strict=True))) if row else None


def _account(users: UsersTable, row: Mapping[str, object]) -> Account:
    return Account(
        shown={name: _shown(name, value) for name, value in row.items()},
        hashed=Secret(_text(row[users.password.name])),
        login=str(row[users.login.name]),
        admin=all(row[mark.column.name] == _typed(row[mark.column.name], mark.value) for mark in users.marks),
    )


def _typed(sample: object, value: MarkValue | None) -> object:
    """Compare a boolean with what a plan wrote as text."""
    return str(value).lower() in {"true", "t", "1", "yes"} if isinstance(sample, bool) else value


def _shown(name: str, value: object) -> str:
    return MASK if any(word in name.lower() for word in _SENSITIVE) else str(value)


def _text(value: object) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value or "")


async def _insert(connection: Connection, users: UsersTable, values: Mapping[str, object], hashed: Secret) -> None:
    stored: object = hashed.reveal().encode() if users.password.type == "bytea" else hashed.reveal()
    row = {**values, users.password.name: stored}
    query = sql.SQL("INSERT INTO {table} ({columns}) VALUES ({values})").format(
        table=_table(users),
        columns=sql.SQL(", ").join(map(sql.Identifier, row)),
        values=sql.SQL(", ").join(sql.Placeholder() for _ in row),
    )
    await connection.execute(query, tuple(row.values()))


async def _promote(connection: Connection, users: UsersTable, values: Mapping[str, object], login: str) -> None:
    names = [mark.column.name for mark in users.marks]
    if users.active:
        names.append(users.active.name)
    if not names:
        return
    query = sql.SQL("UPDATE {table} SET {changes} WHERE {login} = %s").format(
        table=_table(users),
        changes=sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in names),
        login=sql.Identifier(users.login.name),
    )
    await connection.execute(query, (*(values[name] for name in names), login))


def _table(users: UsersTable) -> sql.Composable:
    return sql.Identifier(users.table.schema, users.table.name)
