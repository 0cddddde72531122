"""The end of an environment: a project we made is scheduled for deletion, otherwise only what we created goes."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.errors import FailedError, RefusedError
from wizard.phases.elsewhere import deployed_elsewhere
from wizard.phases.run import Run
from wizard.phases.world import SETTLE_SECONDS
from wizard.platform.handles import Handle, Kind
from wizard.platform.states import GroupState

_LOOK_EVERY = 2.0


@dataclass(frozen=True, slots=True)
class TeardownPlan:
    """What would go.

    Attributes:
        project: its name must be typed to confirm.
        whole: the project was made by this wizard: it is scheduled for deletion, which can be undone for 48 hours.
        resources: what was made in a project of somebody else's, by recorded id.
    """

    project: Handle
    whole: bool
    resources: tuple[Handle, ...]


def plan_teardown(run: Run) -> TeardownPlan:
    """Return what would go; raises FailedError without a project, RefusedError where nothing is ours."""
    project = run.world.located.project
    made = run.journal.resources()
    whole = any(handle.kind is Kind.PROJECT and handle.id == project.id for handle in made)
    removable = tuple(handle for handle in made if handle.kind in {Kind.SERVICE, Kind.DATABASE, Kind.VOLUME})
    if not whole and not removable:
        raise RefusedError("operations.nothing-ours", project=project.name)
    return TeardownPlan(project, whole, () if whole else removable)


def check_confirmation(plan: TeardownPlan, typed: str) -> None:
    """Refuse unless the project's name was typed."""
    if typed != plan.project.name:
        raise RefusedError("operations.not-confirmed", project=plan.project.name)


async def refuse_shared(run: Run, plan: TeardownPlan) -> None:
    """Refuse where another environment runs what would go: the platform deletes a service in all of them."""
    shared = await deployed_elsewhere(run, frozenset(handle.id for handle in plan.resources))
    if shared:
        told = "; ".join(f"{name}: {', '.join(services)}" for name, services in shared.items())
        raise RefusedError("operations.shared", environments=told)


async def tear_down(run: Run, plan: TeardownPlan) -> None:
    """Do it; a resource that is gone already counts as done. The caller holds the environment's lock.

    Raises RefusedError where a run on another machine is at work.
    """
    if plan.whole:
        await run.lease.check()
        await run.platform.groups.schedule_delete(plan.project)
        await _until(run, plan.project, gone=True)
        return
    await run.lease.hold()
    try:
        await _remove(run, plan)
    finally:
        await run.lease.release()


async def _remove(run: Run, plan: TeardownPlan) -> None:
    present = {service.handle.id for service in (await run.world.state()).services.values()}
    for handle in plan.resources:
        if handle.kind is Kind.VOLUME:
            await run.platform.services.delete_volume(run.world.located, handle)
        elif handle.id in present:
            await run.platform.services.delete(run.world.located, handle)
        run.world.wrote()
    gone = {handle.id for handle in plan.resources}
    if await run.world.until(lambda seen: gone.isdisjoint(_ids(seen))) is None:
        raise FailedError("operations.not-seen", project=plan.project.name)
    for handle in plan.resources:
        run.journal.forget(handle)


def _ids(state: GroupState) -> set[str]:
    services = state.services.values()
    return {one.handle.id for one in services} | {volume.handle.id for one in services for volume in one.volumes}


async def undo(run: Run, project: Handle) -> None:
    """Cancel a scheduled deletion within the platform's grace period."""
    await run.platform.groups.cancel_delete(project)
    await _until(run, project, gone=False)


async def _until(run: Run, project: Handle, *, gone: bool) -> None:
    """Read until the platform shows it: what was written counts only when it was seen."""
    workspace = run.world.workspace
    deadline = run.clock.monotonic() + SETTLE_SECONDS
    while workspace is not None:
        seen, _ = await run.platform.credentials.workspace(workspace.id)
        alive = any(one.handle.id == project.id and not one.deleted for one in seen.projects)
        if alive is not gone:
            return
        if run.clock.monotonic() >= deadline:
            raise FailedError("operations.not-seen", project=project.name)
        await run.clock.sleep(_LOOK_EVERY)
