"""Which of the plan's databases a service uses, by what its variables refer to."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.checks.surface import ServiceSurface, Surface
from wizard.database.admin import Account, find_account
from wizard.database.hints import guard_mark, user_hints
from wizard.database.schema import read_schema
from wizard.database.users import find_users_table
from wizard.plan.model import Plan
from wizard.plan.references import SHARED, parse
from wizard.plan.variables import VariableValue
from wizard.platform.values import OutputRef, Reference


def databases_of(plan: Plan, service: str, engine: str) -> tuple[str, ...]:
    """Return the databases of that engine which a service's variables name, in the order they are written."""
    return tuple(dict.fromkeys(name for name, _ in uses_of(plan, service, engine)))


def uses_of(plan: Plan, service: str, engine: str) -> Iterator[tuple[str, str]]:
    """Yield (database, variable) of everything a service is given of databases of that engine."""
    for variable, value in plan.services[service].variables.items():
        for output in _outputs(plan, value):
            spec = plan.databases.get(output.resource)
            if spec is not None and spec.engine == engine:
                yield output.resource, variable


def _outputs(plan: Plan, value: VariableValue | None) -> Iterator[OutputRef]:
    parsed = parse(value) if isinstance(value, str) else None
    for output in parsed.outputs if isinstance(parsed, Reference) else ():
        if output.resource == SHARED:
            yield from _outputs(plan, plan.shared.get(output.output))
        else:
            yield output


async def stored_account(surface: Surface, service: ServiceSurface, *logins: str) -> tuple[str, Account | None]:
    """Look for an account's row in the PostgreSQL the plan gives the service; returns (database.table, row).

    Raises FailedError where the table of accounts is not evident, and LookupError where there is no way in.
    """
    name = next(iter(databases_of(surface.plan, service.name, "postgres")), None)
    if surface.databases is None or name is None:
        raise LookupError(service.name)
    facts = service.api
    guard = facts.auth.guard if facts and facts.auth else None
    declared = facts.users if facts else None
    hints = user_hints(surface.plan.admin, declared, mark=guard_mark(guard, declared))
    connection = await surface.databases.postgres(name)
    async with connection:
        with surface.clock.busy():
            users = find_users_table(await read_schema(connection), hints)
            found = [await find_account(connection, users, login) for login in dict.fromkeys(logins)]
    return f"{name}.{users.table.shown}", next((account for account in found if account), None)
