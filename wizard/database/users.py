"""Which table holds the accounts, which of its columns mean what, and what a new administrator's row needs.

The code's own words (`UserHints`, from the models, the admin guard and the plan) come first; where they are silent the
schema is read by the names the field uses. What neither tells is asked, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wizard.database.schema import Column, Schema, Table
from wizard.errors import FailedError

_TABLES = ("users", "user", "app_users", "app_user", "accounts", "account", "members", "member", "auth_user")
_EMAILS = ("email", "email_address", "user_email", "mail", "e_mail")
_USERNAMES = ("username", "user_name", "login", "login_id", "login_name", "userid", "user_id")
_FLAGS = ("is_admin", "is_superuser", "superuser", "admin", "is_administrator", "is_staff")
_ROLES = ("role", "user_role", "role_name", "user_type", "account_type")
_ACTIVE = ("is_active", "active", "enabled", "is_enabled")
_PASSWORD_WORDS = ("passw", "pwd", "pw_hash", "hashed_pw")
_NOT_A_PASSWORD = ("reset", "change", "expire", "token", "salt", "updated", "hint", "history", "_at", "temp", "is_")
_TEXTS = ("text", "character varying", "character", "citext", "bytea")
_BOOLEAN = "boolean"

MarkValue = str | bool
"""What an admin column holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserHints:
    """What the code or the plan says; None and empty where they are silent.

    Attributes:
        login: the column a person logs in with.
        admin_column: what the admin guard reads, and `admin_value` what it must be.
        defaults: values the application fills in itself, by column: the database does not know them.
        values: what the plan sets, by column.
    """

    table: str | None = None
    login: str | None = None
    password: str | None = None
    admin_column: str | None = None
    admin_value: MarkValue | None = None
    active: str | None = None
    defaults: Mapping[str, object] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AdminMark:
    """A column that makes a row an administrator's; `value` is None where nobody says which value does."""

    column: Column
    value: MarkValue | None


@dataclass(frozen=True, slots=True)
class UsersTable:
    """The table of accounts, read.

    Attributes:
        login: what a person types: the e-mail where there is one.
        marks: what makes an administrator; empty where every account is equal.
        active: a boolean that must be true for an account to log in.
    """

    table: Table
    login: Column
    password: Column
    email: Column | None = None
    username: Column | None = None
    marks: tuple[AdminMark, ...] = ()
    active: Column | None = None


def find_users_table(schema: Schema, hints: UserHints) -> UsersTable:
    """Recognise the accounts; raises FailedError where no table has a login and a password, or several might."""
    if hints.table:
        name, _, inner = hints.table.rpartition(".")
        table = schema.table(inner, name or None)
        if table is None:
            raise FailedError("database.no-such-table", table=hints.table)
        return _read(table, hints)
    fitting = [table for table in schema.tables if _login(table, hints) and _password(table, hints)]
    usual = [table for table in fitting if table.name in _TABLES]
    candidates = usual or fitting
    if len(candidates) != 1:
        names = ", ".join(table.shown for table in candidates or schema.tables)
        raise FailedError("database.users-table-unclear", tables=names or "-", count=len(candidates))
    return _read(candidates[0], hints)


def _read(table: Table, hints: UserHints) -> UsersTable:
    login, password = _login(table, hints), _password(table, hints)
    if login is None or password is None:
        raise FailedError("database.users-columns-unclear", table=table.shown, columns=", ".join(table.columns))
    return UsersTable(
        table=table,
        login=login,
        password=password,
        email=next(_texts_named(table, _EMAILS), None),
        username=next(_texts_named(table, _USERNAMES), None),
        marks=_marks(table, hints),
        active=_active(table, hints),
    )


def _first(table: Table, names: tuple[str, ...]) -> Column | None:
    return next((table.columns[name] for name in names if name in table.columns), None)


def _login(table: Table, hints: UserHints) -> Column | None:
    if hints.login and hints.login in table.columns:
        return table.columns[hints.login]
    return next(_texts_named(table, (*_EMAILS, *_USERNAMES)), None)


def _texts_named(table: Table, names: tuple[str, ...]) -> Iterator[Column]:
    """Yield text columns of these names: a number called `user_id` points at something else."""
    named = (table.columns[name] for name in names if name in table.columns)
    yield from (column for column in named if column.type in _TEXTS and not column.references)


def _password(table: Table, hints: UserHints) -> Column | None:
    if hints.password and hints.password in table.columns:
        return table.columns[hints.password]
    return next((column for column in table.columns.values() if _is_password(column)), None)


def _is_password(column: Column) -> bool:
    name = column.name.lower()
    meant = any(word in name for word in _PASSWORD_WORDS) and not any(word in name for word in _NOT_A_PASSWORD)
    return meant and column.type in _TEXTS


def _marks(table: Table, hints: UserHints) -> tuple[AdminMark, ...]:
    if hints.admin_column and hints.admin_column in table.columns:
        column = table.columns[hints.admin_column]
        return (AdminMark(column, _mark_value(column, hints)),)
    flags = [table.columns[name] for name in _FLAGS if name in table.columns]
    marks = [AdminMark(column, True) for column in flags if column.type == _BOOLEAN]
    role = _first(table, _ROLES)
    return (*marks, *((AdminMark(role, _mark_value(role, hints)),) if role and not role.references else ()))


def _mark_value(column: Column, hints: UserHints) -> MarkValue | None:
    if column.name in hints.values:
        return hints.values[column.name]
    if column.name == hints.admin_column and hints.admin_value is not None:
        return _stored(column, hints.admin_value)
    if column.type == _BOOLEAN:
        return True
    return _only_admin(column)


def _stored(column: Column, said: MarkValue) -> MarkValue:
    """Return the value as the database spells it: an enum may store a member's name where code says its value."""
    exact = next((value for value in column.values if value == said), None)
    folded = next((value for value in column.values if value.lower() == str(said).lower()), None)
    return exact or folded or said


def _only_admin(column: Column) -> str | None:
    meant = [value for value in column.values if value.lower() in {"admin", "administrator"}]
    return meant[0] if len(meant) == 1 else None


def _active(table: Table, hints: UserHints) -> Column | None:
    if hints.active and hints.active in table.columns:
        return table.columns[hints.active]
    found = _first(table, _ACTIVE)
    return found if found and found.type == _BOOLEAN else None
