"""Starts a deployment once: announced before it is asked for, looked up where nobody saw the answer."""

from __future__ import annotations

import asyncio
from functools import partial

from wizard.errors import FailedError
from wizard.messages import message
from wizard.phases.creation import REFUSALS, TIMES, Create, Find, look, mark_of, patience, send
from wizard.phases.run import Run
from wizard.phases.step import Waiting
from wizard.phases.world import SETTLE_SECONDS
from wizard.plan.model import RepoSource
from wizard.platform.handles import Answer, Handle
from wizard.platform.states import DeploymentState, GroupState, ServiceState

_ADOPT_EVERY = 2.0
_NEWEST = 5


async def settle_pending(run: Run, name: str, service: ServiceState) -> None:
    """Wait for what an earlier run asked for: it shows up, or it never will; if it is still wanted is judged then."""
    own = mark_of(run, _named(name))
    if intent := run.journal.pending(own):
        find = partial(_started, run, service.handle, intent.before or "", None)
        found = await look(run, find, patience(run, intent.at))
        run.journal.settle(own, found.id if found else None)
    elif (begun := run.journal.last_start(own)) and begun.before == _newest(service):
        await run.world.until(
            lambda seen: name in seen.services and _newest(seen.services[name]) != begun.before,
            patience=patience(run, begun.at),
        )


async def start(run: Run, name: str, service: ServiceState, waiting: Waiting) -> Handle:
    """Start the deployment that the plan wants of a service and return it."""
    source = run.plan.project.source
    if isinstance(source, RepoSource):
        return await _start_commit(run, name, service, source, waiting)
    return await _upload(run, name, service, waiting)


async def switch_pushes(run: Run, service: Handle, *, enabled: bool) -> None:
    """Switch deployment on push."""
    write = partial(run.platform.services.set_auto_deploy, run.world.located, service, enabled=enabled)

    def holds(seen: GroupState) -> bool:
        return service.name in seen.services and seen.services[service.name].auto_deploy is enabled

    await send(run, service.name, write, holds)


async def _start_commit(run: Run, name: str, service: ServiceState, source: RepoSource, waiting: Waiting) -> Handle:
    commit, started = run.repository.commit, None
    if not _is_connected(service, source):
        waiting(message("phases.connecting", service=name, repo=source.repo))
        _announce_hold(run, service)
        started = await _connect(run, name, service, source, commit)
    elif service.auto_deploy and service.handle.id in run.journal.held_pushes():
        await switch_pushes(run, service.handle, enabled=False)
    if started:
        return started
    deploy = partial(run.platform.deployments.deploy, run.world.located, service.handle, commit)
    return await _start_once(run, service, "serviceInstanceDeployV2", deploy, commit)


def _is_connected(service: ServiceState | None, source: RepoSource) -> bool:
    """Tell whether the service builds that branch of that repository: it may have been connected to another."""
    seen = service.source if service else None
    return seen is not None and (seen.repo, seen.branch) == (source.repo, source.branch)


def _announce_hold(run: Run, service: ServiceState) -> None:
    """Pushes wait until the service was verified, unless somebody had switched them off for good."""
    access = run.world.repository
    if service.auto_deploy is not False and (access is None or access.granted):
        run.journal.hold_pushes(service.handle)


async def _connect(run: Run, name: str, service: ServiceState, source: RepoSource, commit: str | None) -> Handle | None:
    """Connect the repository and return the deployment that this started, if it is of our commit."""
    own, before = mark_of(run, _named(name)), _newest(service)
    await run.lease.hold()
    with run.journal.intent(own, "serviceConnect", before):
        try:
            write = partial(
                run.platform.deployments.connect, run.world.located, service.handle, source.repo, source.branch
            )
            await send(run, name, write, lambda seen: _is_connected(seen.services.get(name), source))
            await switch_pushes(run, service.handle, enabled=False)
            started = await _adopted(run, service.handle, before, commit)
        except REFUSALS:
            run.journal.settle(own, None)
            raise
    run.journal.settle(own, started.id if started else None)
    return started


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
    upload = partial(run.platform.deployments.upload, run.world.located, service.handle, entries, revision.message)
    return await _start_once(run, service, "upload", upload, revision.message)


async def _start_once(run: Run, service: ServiceState, mutation: str, ask: Create, wanted: str | None) -> Handle:
    """Ask for a deployment, at most twice: one whose answer was lost is looked for by what it carries."""
    name, before = service.handle.name, _newest(service)
    own = mark_of(run, _named(name))
    await run.lease.hold()
    with run.journal.intent(own, mutation, before):
        try:
            handle = await _asked(run, ask, partial(_started, run, service.handle, before, wanted))
        except REFUSALS:
            run.journal.settle(own, None)
            raise
    run.journal.settle(own, handle.id if handle else None)
    if handle is None:
        raise FailedError("phases.deployment-lost", service=name)
    return handle


async def _asked(run: Run, ask: Create, find: Find) -> Handle | None:
    for _ in range(TIMES):
        receipt = await ask()
        if receipt.handle and receipt.answer is Answer.ACCEPTED:
            return receipt.handle
        if found := await look(run, find):
            return found
    return None


async def _started(run: Run, service: Handle, before: str, wanted: str | None) -> Handle | None:
    """Return a newer deployment than `before`, one that carries the wanted commit or message where one is wanted."""
    for one in await run.platform.deployments.recent(run.world.located, service, _NEWEST):
        if one.handle.id == before:
            break
        if _carries(one, wanted):
            return one.handle
    return None


def _carries(deployment: DeploymentState, wanted: str | None) -> bool:
    return wanted is None or wanted in (deployment.commit, deployment.message)


def _named(service: str) -> str:
    return f"deployment {service}"


def _newest(service: ServiceState) -> str:
    return service.latest.handle.id if service.latest else ""
