"""The migrate phase: the database's head is the code's head, and its columns are what the models say.

The platform runs the migration before a new image serves (`pre_deploy`); this phase proves what it did. After a
deployment of this run it looks into the database; without one it opens nothing and reads the proof in the log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from wizard.database.alembic_version import database_heads
from wizard.database.compare import Difference, compare
from wizard.database.schema import read_schema
from wizard.errors import FailedError
from wizard.events import Note, Status
from wizard.messages import message
from wizard.phases.facts import postgres_of
from wizard.phases.run import Run
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Step, Waiting, step_id
from wizard.platform.states import ServiceState

_LOG_LINES = 500
_CURRENT = re.compile(r"^(?P<revision>[^\s()]+) \(head\)(?: \(mergepoint\))?$")
"""What `alembic current` prints of a database that stands at a head."""


def steps(run: Run) -> list[Step]:
    """Plan one step for the service that owns the schema."""
    migration = run.plan.migration
    if migration is None or migration.mode == "none":
        return []
    service = migration.service
    return [
        Step(
            phase=Phase.MIGRATE,
            resource=service,
            requires=frozenset({step_id(Phase.DEPLOY, service)}),
            act=partial(_prove, run, service),
        )
    ]


async def _prove(run: Run, service: str, waiting: Waiting) -> Outcome:
    if run.looks_closely(service):
        waiting(message("phases.reading-schema"))
        return await _by_database(run, service)
    waiting(message("phases.reading-log"))
    return await _by_log(run, service)


async def _by_database(run: Run, service: str) -> Outcome:
    database = postgres_of(run.plan, service)
    if database is None:
        run.leave_unchecked("migration", message("phases.no-postgres", service=service))
        return Outcome(Status.UNKNOWN, message("phases.no-postgres", service=service))
    async with run.database.session(database) as connection:
        heads, schema = await database_heads(connection), await read_schema(connection)
    await _check_heads(run, service, heads)
    facts = await run.facts.api(service)
    _check_columns(run, compare(facts.tables, schema) if facts else ())
    return DONE


async def _check_heads(run: Run, service: str, heads: tuple[str, ...] | None) -> None:
    project = await run.facts.alembic(service)
    if run.plan.migration is None or run.plan.migration.mode != "alembic" or project is None:
        return
    if heads is None or set(heads) != set(project.heads):
        raise FailedError(
            "phases.heads-differ", service=service, code=_listed(project.heads), database=_listed(heads or ())
        )
    run.heads = heads


def _check_columns(run: Run, differences: tuple[Difference, ...]) -> None:
    for difference in differences:
        run.emit(Note(difference.text))
    breaking = [difference for difference in differences if difference.breaks]
    if breaking:
        raise FailedError("phases.schema-differs", count=len(breaking), where=breaking[0].where)


async def _by_log(run: Run, service: str) -> Outcome:
    """Prove the head without opening the database: the active deployment printed where it stands."""
    project, state = await run.facts.alembic(service), await run.service(service)
    if project is None or run.plan.migration is None or run.plan.migration.mode != "alembic":
        why = message("phases.schema-unseen", service=service)
        run.leave_unchecked("migration", why)
        return Outcome(Status.UNKNOWN, why)
    seen = await _heads_in_log(run, state) if state else ()
    if seen and set(seen) == set(project.heads):
        run.heads = seen
        return UNCHANGED
    release = run.journal.last_release()
    last = message("phases.head-last", head=_listed(release.heads), at=release.at[:10]) if release else None
    why = last or message("phases.head-unseen", service=service)
    run.leave_unchecked("migration", why)
    return Outcome(Status.UNKNOWN, why)


async def _heads_in_log(run: Run, service: ServiceState) -> tuple[str, ...]:
    if service.active is None:
        return ()
    lines = await run.platform.deployments.logs(service.active.handle, "deploy", _LOG_LINES)
    matches = (_CURRENT.match(line.text.strip()) for line in lines)
    return tuple(dict.fromkeys(match["revision"] for match in matches if match))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "-"
