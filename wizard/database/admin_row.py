"""The row of a new administrator: what is known, what fills itself, what a person must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from wizard.database.schema import Column
from wizard.database.users import UserHints, UsersTable
from wizard.messages import message
from wizard.questions import Choice, Option, Question, Text

_YES = ("active", "verified", "confirmed", "enabled", "approved", "activated")
_NO = ("deleted", "banned", "blocked", "disabled", "locked", "suspended", "archived", "must_change")
_NAMES = ("name", "full_name", "fullname", "display_name", "first_name", "last_name", "nickname")
_CREATED = ("date", "timestamp without time zone", "timestamp with time zone")


@dataclass(frozen=True, slots=True)
class AdminRow:
    """Values by column, the password's left out, and the columns nobody could fill."""

    values: Mapping[str, object]
    missing: tuple[Column, ...]

    def questions(self) -> tuple[Question, ...]:
        """Return what to ask, one question a missing column; answers go to `UserHints.values`."""
        return tuple(_question(column) for column in self.missing)


def plan_row(users: UsersTable, hints: UserHints, *, email: str, username: str | None, now: datetime) -> AdminRow:
    """Fill an administrator's row from the plan, the code's defaults and what columns evidently mean."""
    known = _known(users, email, username or email.partition("@")[0])
    for mark in users.marks:
        known[mark.column.name] = mark.value
    if users.active:
        known[users.active.name] = True
    known |= hints.values
    values, missing = {}, []
    for name, column in users.table.columns.items():
        if name == users.password.name:
            continue
        value = known.get(name)
        if value is None and not column.fills_itself:
            value = hints.defaults.get(name, _evident(column, email, now))
        if value is not None:
            values[name] = value
        elif not column.fills_itself or _is_open_mark(users, column):
            missing.append(column)
    return AdminRow(values, tuple(missing))


def _known(users: UsersTable, email: str, username: str) -> dict[str, object]:
    known: dict[str, object] = {}
    if users.username:
        known[users.username.name] = username
    known[users.login.name] = username if users.login == users.username else email
    if users.email:
        known[users.email.name] = email
    return known


def _is_open_mark(users: UsersTable, column: Column) -> bool:
    return any(mark.column == column and mark.value is None for mark in users.marks)


def _evident(column: Column, email: str, now: datetime) -> object:
    """Return what a column that must be filled evidently takes; None where that would be a guess."""
    if column.references:
        return None
    if column.type == "boolean":
        return _evident_flag(column.name)
    if column.type in _CREATED:
        return now
    if column.type == "uuid":
        return uuid4()
    if column.type.endswith("[]"):
        return []
    return email.partition("@")[0] if column.name in _NAMES and not column.values else None


def _evident_flag(name: str) -> bool | None:
    if any(word in name for word in _NO):
        return False
    return True if any(word in name for word in _YES) else None


def _question(column: Column) -> Question:
    prompt = message("database.ask-column", column=column.name, type=column.type)
    help_ = message("database.ask-column-help", column=column.name)
    options = ("true", "false") if column.type == "boolean" else column.values
    id_ = question_id(column.name)
    if options:
        labels = tuple(Option(value, message("database.plain", text=value)) for value in options)
        return Choice(id=id_, prompt=prompt, help=help_, options=labels)
    return Text(id=id_, prompt=prompt, help=help_)


def question_id(column: str) -> str:
    """Return the id of the question about a column."""
    return f"admin.column.{column}"
