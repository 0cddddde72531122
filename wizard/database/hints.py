"""What code and plan say about the table of accounts, in the words `wizard.database.users` reads."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.database.users import MarkValue, UserHints
from wizard.plan.model import Admin
from wizard.source.guards import AdminGuard
from wizard.source.models import Column, UsersTable

_TRUE, _FALSE = {"true", "True", "1"}, {"false", "False", "0"}


def user_hints(
    admin: Admin | None,
    users: UsersTable | None,
    mark: tuple[str, MarkValue] | None = None,
    answers: Mapping[str, str] | None = None,
) -> UserHints:
    """Join the plan, the models and the application's own admin guard; the plan wins.

    `mark` is what `guard_mark` returns; `answers` are those to `AdminRow.questions`, by column.
    """
    columns = users.table.columns if users else ()
    given = {**(admin.columns if admin else {}), **(answers or {})}
    return UserHints(
        table=(admin.table if admin else None) or (users.table.name if users else None),
        login=users.login.name if users else None,
        password=users.password.name if users else None,
        admin_column=mark[0] if mark else None,
        admin_value=mark[1] if mark else None,
        defaults={column.name: _literal(column) for column in columns if column.default is not None},
        values=given,
    )


def guard_mark(guard: AdminGuard | None, users: UsersTable | None) -> tuple[str, MarkValue] | None:
    """Return the column the guard reads and the value that passes: the most evident one where several do."""
    if guard is None:
        return None
    columns = users.table.columns if users else ()
    column = next((one.name for one in columns if guard.attribute in (one.attribute, one.name)), guard.attribute)
    stored = [*guard.members, *guard.values] if _stores_members(guard, users, column) else list(guard.values)
    chosen = next((value for value in stored if "admin" in str(value).lower()), stored[0] if stored else None)
    return (column, chosen) if chosen is not None else None


def _stores_members(guard: AdminGuard, users: UsersTable | None, column: str) -> bool:
    """SQLAlchemy stores the names of a Python enum's members unless it is told otherwise."""
    declared = users.table.column(column) if users else None
    return declared is not None and any(member in declared.enum_values for member in guard.members)


def _literal(column: Column) -> object:
    """Return a Python default as the column stores it; an enum's member name is what SQLAlchemy stores."""
    text = column.default or ""
    if column.type in ("bool", "Boolean", "Boolean()", "sa.Boolean") and text in _TRUE | _FALSE:
        return text in _TRUE
    return text
