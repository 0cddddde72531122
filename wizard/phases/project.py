"""The project phase: project, environment, databases, services, settings, domains and volumes, all read back equal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.errors import FailedError
from wizard.events import Change, Note
from wizard.messages import message
from wizard.phases.creation import claim
from wizard.phases.group import GROUP, ensure_group
from wizard.phases.resources import ensure_database, ensure_service
from wizard.phases.run import Run
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Step, Waiting, step_id
from wizard.phases.wanted import changes
from wizard.platform.handles import Handle
from wizard.platform.states import GroupState

CONFIRM = "read-back"


def steps(run: Run) -> list[Step]:
    """Plan the steps: the group first, every resource beside the others, then one reading of it all."""
    after_group = frozenset({step_id(Phase.PROJECT, GROUP)})
    databases = [
        Step(
            phase=Phase.PROJECT,
            resource=name,
            requires=after_group,
            act=partial(ensure_database, run, name),
            usual_s=run.platform.capabilities.usual_database_s,
        )
        for name in run.plan.databases
    ]
    services = [
        Step(phase=Phase.PROJECT, resource=name, requires=after_group, act=partial(ensure_service, run, name))
        for name in run.plan.services
    ]
    resources = databases + services
    return [
        Step(phase=Phase.PROJECT, resource=GROUP, act=partial(ensure_group, run)),
        *resources,
        Step(
            phase=Phase.PROJECT,
            resource=CONFIRM,
            requires=frozenset(step.id for step in resources),
            act=partial(_read_back, run),
        ),
    ]


async def _read_back(run: Run, waiting: Waiting) -> Outcome:
    """Read until everything this phase wants is there: what a mutation wrote counts only when it was seen."""
    if not run.written:
        _conclude(run, await run.world.state())
        return UNCHANGED
    waiting(message("phases.reading-back"))
    state = await run.world.until(lambda seen: not _missing(run, seen))
    if state is None:
        left = _missing(run, await run.world.state())
        raise FailedError("phases.not-read-back", changes="; ".join(f"{c.resource} {c.field}" for c in left))
    _conclude(run, state)
    return DONE


def _conclude(run: Run, state: GroupState) -> None:
    claim(run, dict(_named(run, state)))
    _tell_records(run, state)


def _named(run: Run, state: GroupState) -> Iterator[tuple[str, Handle]]:
    """Yield what is there by the names it was created under."""
    yield f"project {run.plan.project.name}", state.group.project
    yield f"environment {run.plan.project.environment}", state.group.environment
    for name, service in state.services.items():
        yield f"{'database' if name in run.plan.databases else 'service'} {name}", service.handle
        for volume in service.volumes:
            yield f"volume {name} {volume.path}", volume.handle
        for domain in service.domains:
            yield f"domain {name} {domain.host}" if domain.custom else f"domain {name}", domain.handle


def _tell_records(run: Run, state: GroupState) -> None:
    """Say which DNS records somebody still has to make: until then a custom domain does not serve."""
    for name in run.plan.services:
        for domain in state.services[name].domains if name in state.services else ():
            for record in domain.records:
                text = message(
                    "phases.dns-record", domain=domain.host, type=record.type, host=record.host, value=record.value
                )
                run.emit(Note(text))


def _missing(run: Run, state: GroupState) -> tuple[Change, ...]:
    wanted = changes(run.plan, run.repository, state)
    return tuple(change for resource in wanted.values() for change in resource)
