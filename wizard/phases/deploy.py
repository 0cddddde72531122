"""The deploy phase: every service in order, only where something changed, until it is the one that serves."""

from __future__ import annotations

import asyncio
from functools import partial

from wizard.errors import FailedError, PlatformError
from wizard.events import Change, Effect, ServiceStatus
from wizard.messages import message
from wizard.phases.following import follow
from wizard.phases.run import Run
from wizard.phases.staleness import reasons, under_way
from wizard.phases.starting import settle_pending, start
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Step, Waiting, step_id
from wizard.plan.order import requirements
from wizard.platform.handles import Handle
from wizard.platform.states import DeploymentState, GroupState

_ANSWER_SECONDS, _ASK_EVERY = 60, 1.0
_EDGE_ALONE = frozenset({502, 503, 504})
"""What an edge says when nothing behind it answers."""


def steps(run: Run) -> list[Step]:
    """Plan the steps: databases as soon as they exist, services behind their databases and what they come after."""
    order = requirements(run.plan)
    databases = [
        Step(
            phase=Phase.DEPLOY,
            resource=name,
            requires=frozenset({step_id(Phase.PROJECT, name)}),
            act=partial(_await_database, run, name),
            usual_s=run.platform.capabilities.usual_database_s,
        )
        for name in run.plan.databases
    ]
    services = [
        Step(
            phase=Phase.DEPLOY,
            resource=name,
            requires=frozenset(
                {step_id(Phase.VARIABLES, name), *(step_id(Phase.DEPLOY, other) for other in order[name])}
            ),
            act=partial(_deploy_service, run, name),
            usual_s=run.platform.capabilities.usual_deployment_s,
        )
        for name in run.plan.services
    ]
    return databases + services


async def changes(run: Run, name: str, state: GroupState | None, *, touched: bool) -> tuple[Change, ...]:
    """Return the deployment that would be made of a service: it is stale, or an earlier phase touches it."""
    why = touched or state is None or bool(await reasons(run, name))
    active = state.services[name].active if state and name in state.services else None
    before = (active.commit or active.message or "") if active else ""
    revision = await asyncio.to_thread(run.repository.revision, name)
    return (Change(name, "deployment", before, revision.short if revision else "", Effect.REDEPLOY),) if why else ()


async def _await_database(run: Run, name: str, waiting: Waiting) -> Outcome:
    waiting(message("phases.waiting-for-database", database=name))
    state = await run.world.until(lambda seen: name in seen.services and seen.services[name].latest is not None)
    latest = state.services[name].latest if state else None
    if latest is None:
        raise FailedError("phases.database-not-deployed", database=name)
    if latest.status.good:
        return DONE if name in run.written else UNCHANGED
    await follow(run, name, latest.handle, waiting)
    run.world.wrote()
    return DONE


async def _deploy_service(run: Run, name: str, waiting: Waiting) -> Outcome:
    service = await run.service(name)
    if service is None:
        raise FailedError("phases.no-service", service=name)
    await settle_pending(run, name, service)
    why = await reasons(run, name)
    service = await run.service(name) or service
    if not why:
        return UNCHANGED
    waiting(why[0])
    handle = await under_way(run, name)
    if handle:
        waiting(message("phases.joining", service=name))
    else:
        handle = await start(run, name, service, waiting)
    await follow(run, name, handle, waiting)
    run.deployed.add(name)
    run.world.wrote()
    await _confirm_active(run, name, handle)
    await _await_answer(run, name, waiting)
    return Outcome(DONE.status, why[0])


async def _confirm_active(run: Run, name: str, deployment: Handle) -> None:
    """A good status is not enough: the deployment of this run must be the one that serves."""

    def serves(active: DeploymentState | None) -> bool:
        return active is not None and active.handle.id == deployment.id

    state = await run.world.until(lambda seen: name in seen.services and serves(seen.services[name].active))
    if state is None:
        raise FailedError("phases.not-active", service=name, deployment=deployment.id)
    domains = state.services[name].domains
    url = domains[0].host if domains else ""
    active = state.services[name].active
    if active:
        run.emit(ServiceStatus(name, active.status.value, active.raw, active.handle.id, active.commit or "", url))


async def _await_answer(run: Run, name: str, waiting: Waiting) -> None:
    """Without a health check a platform calls a service live as soon as its process runs: ask until it answers."""
    spec, url = run.plan.services[name], run.urls().get(name)
    if spec.health or not spec.serves or url is None:
        return
    waiting(message("phases.waiting-for-answer", url=url))
    deadline = run.clock.monotonic() + _ANSWER_SECONDS
    while await _is_away(run, url):
        if run.clock.monotonic() >= deadline:
            raise FailedError("phases.no-answer", service=name, url=url, seconds=_ANSWER_SECONDS)
        await run.clock.sleep(_ASK_EVERY)


async def _is_away(run: Run, url: str) -> bool:
    try:
        return (await run.http.request("GET", url)).status in _EDGE_ALONE
    except PlatformError:
        return True
