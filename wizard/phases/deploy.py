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
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Step, Waiting, step_id
from wizard.phases.world import SETTLE_SECONDS
from wizard.plan.model import RepoSource
from wizard.plan.order import requirements
from wizard.platform.handles import Answer, Handle
from wizard.platform.states import DeploymentState, GroupState, ServiceState

_LOOK_EVERY, _LOOKS, _ADOPT_EVERY = 4.0, 15, 2.0
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
    why = await reasons(run, name)
    service = await run.service(name)
    if service is None:
        raise FailedError("phases.no-service", service=name)
    if not why:
        return UNCHANGED
    waiting(why[0])
    handle = await under_way(run, name)
    if handle:
        waiting(message("phases.joining", service=name))
    else:
        handle = await _start(run, name, service, waiting)
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

    state = await run.world.until(lambda seen: serves(seen.services[name].active))
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


async def _start(run: Run, name: str, service: ServiceState, waiting: Waiting) -> Handle:
    source = run.plan.project.source
    if isinstance(source, RepoSource):
        return await _start_commit(run, name, service, source, waiting)
    return await _upload(run, name, service, waiting)


async def _start_commit(run: Run, name: str, service: ServiceState, source: RepoSource, waiting: Waiting) -> Handle:
    group, commit = run.world.located, run.repository.commit
    connected = service.source is not None and (service.source.repo, service.source.branch) == (
        source.repo,
        source.branch,
    )
    before = service.latest.handle.id if service.latest else ""
    if not connected:
        waiting(message("phases.connecting", service=name, repo=source.repo))
        _announce_hold(run, service)
        await run.platform.deployments.connect(group, service.handle, source.repo, source.branch)
        run.world.wrote()
    if not connected or (service.auto_deploy and service.handle.id in run.journal.held_pushes()):
        await run.platform.services.set_auto_deploy(group, service.handle, enabled=False)
    if not connected and (adopted := await _adopted(run, service.handle, before, commit)):
        return adopted
    receipt = await run.platform.deployments.deploy(group, service.handle, commit)
    if receipt.handle and receipt.answer is Answer.ACCEPTED:
        return receipt.handle
    return await _require_started(run, name, service.handle, before, commit)


def _announce_hold(run: Run, service: ServiceState) -> None:
    """Pushes wait until the service was verified, unless somebody had switched them off for good."""
    access = run.world.repository
    if service.auto_deploy is not False and (access is None or access.granted):
        run.journal.hold_pushes(service.handle)


async def _adopted(run: Run, service: Handle, before: str, commit: str | None) -> Handle | None:
    """Return the deployment that connecting started, if it is of our commit: asking would deploy it twice."""
    deadline = run.clock.monotonic() + SETTLE_SECONDS / 2
    while True:
        newest = await run.platform.deployments.recent(run.world.located, service, 1)
        if newest and newest[0].handle.id != before:
            return newest[0].handle if newest[0].commit == commit else None
        if run.clock.monotonic() >= deadline:
            return None
        await run.clock.sleep(_ADOPT_EVERY)


async def _upload(run: Run, name: str, service: ServiceState, waiting: Waiting) -> Handle:
    entries = await asyncio.to_thread(run.repository.upload_entries, name)
    revision = await asyncio.to_thread(run.repository.revision, name)
    if revision is None or not entries:
        raise FailedError("phases.nothing-to-upload", service=name, root=run.plan.services[name].root)
    waiting(message("phases.uploading", service=name, files=len(entries)))
    before = service.latest.handle.id if service.latest else ""
    receipt = await run.platform.deployments.upload(run.world.located, service.handle, entries, revision.message)
    if receipt.handle and receipt.answer is Answer.ACCEPTED:
        return receipt.handle
    return await _require_started(run, name, service.handle, before, revision.message)


async def _require_started(run: Run, name: str, service: Handle, before: str, wanted: str | None) -> Handle:
    """The answer was lost: what was asked for may have started; asking again would deploy twice."""
    for _ in range(_LOOKS):
        if found := await _started_since(run, service, before, wanted):
            return found
        await run.clock.sleep(_LOOK_EVERY)
    raise FailedError("phases.deployment-lost", service=name)


async def _started_since(run: Run, service: Handle, before: str, wanted: str | None) -> Handle | None:
    """Return a newer deployment than `before` that carries the wanted commit or message."""
    newest = await run.platform.deployments.recent(run.world.located, service, 1)
    if not newest or newest[0].handle.id == before:
        return None
    carries = wanted is None or wanted in (newest[0].commit, newest[0].message)
    return newest[0].handle if carries else None
