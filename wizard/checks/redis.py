"""The Redis of the plan is the one the application uses: its commands arrive there.

A health detail is the application's own word; the server's count of commands is not. Between two readings of it the
application is asked for what it does anyway, its health and a login; whatever the count grows beyond what reading
itself costs came from the plan's services.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.check import Check, Outcome, Stage, failed, passed, unchecked
from wizard.checks.placement import uses_of
from wizard.checks.surface import ServiceSurface, Surface
from wizard.database.redis import RedisConnection
from wizard.messages import message


def redis_checks(surface: Surface) -> Iterator[Check]:
    """One check a service and Redis whose variable the code reads."""
    for service in surface.apis:
        for database in redis_used(surface, service):
            title = message("checks.redis", service=service.name, database=database)
            check = partial(_check, service=service, database=database)
            yield Check(id=f"redis.{service.name}.{database}", title=title, run=check, stage=Stage.SIGNED_IN)


def redis_used(surface: Surface, service: ServiceSurface) -> list[str]:
    """Return the databases whose variable the service's code reads, sorted."""
    reads = service.api.reads if service.api else None
    uses = uses_of(surface.plan, service.name, "redis")
    return sorted({name for name, variable in uses if reads is None or variable in reads})


async def _check(surface: Surface, *, service: ServiceSurface, database: str) -> Outcome:
    if surface.databases is None:
        return unchecked("checks.no-access")
    async with await surface.databases.redis(database) as connection:
        before = await _processed(connection)
        reading = await _processed(connection) - before
        await _exercise(surface, service)
        came = await _processed(connection) - before - 2 * reading
        others = await _others(connection)
    if came > 0:
        return passed("checks.redis-ok", database=database, count=came, clients=others)
    if others:
        return passed("checks.redis-connected", database=database, clients=others)
    return failed("failures.redis-unused", database=database, service=service.name)


async def _processed(connection: RedisConnection) -> int:
    return int((await connection.section("stats"))["total_commands_processed"])


async def _exercise(surface: Surface, service: ServiceSurface) -> None:
    """Make the application do what it does for everybody: answer for its health, log somebody in, tell who asks."""
    health = surface.plan.services[service.name].health
    if health is not None:
        await surface.get(service.url + health.path)
    accounts = Accounts(surface, service)
    session = await accounts.session("user") or await accounts.session("admin")
    auth = service.api.auth if service.api else None
    if session and auth and auth.me:
        await surface.get(service.url + auth.me.path, session.headers)


async def _others(connection: RedisConnection) -> int:
    """Count connections that are neither ours nor the server's own."""
    own = await connection.command("CLIENT", "ID")
    listed = str(await connection.command("CLIENT", "LIST", "TYPE", "normal")).splitlines()
    return sum(1 for line in listed if line.strip() and f"id={own} " not in f"{line} ")
