"""What our own runs made a moment ago: a reading that lags does not show it, and it would be made again.

The journal knows its id and when it was made. Where the first reading shows everything this costs nothing; what still
does not show after `SETTLE_SECONDS` is gone and is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wizard.phases.run import Run
from wizard.phases.world import SETTLE_SECONDS
from wizard.platform.handles import Kind
from wizard.platform.states import GroupState, WorkspaceState

_LOOK_EVERY = 4.0
_LISTED = frozenset({Kind.PROJECT, Kind.ENVIRONMENT})
_HELD = frozenset({Kind.SERVICE, Kind.DATABASE, Kind.VOLUME, Kind.DOMAIN})


async def read_workspace(run: Run, workspace_id: str) -> WorkspaceState:
    """Read the workspace and return it once it lists the project and the environment that were made a moment ago."""
    made, until = _made(run, _LISTED)
    while True:
        workspace, run.world.health = await run.platform.credentials.workspace(workspace_id)
        run.world.workspace = workspace
        if made <= _listed(workspace) or run.clock.monotonic() >= until:
            return workspace
        await run.clock.sleep(_LOOK_EVERY)


async def read_environment(run: Run) -> None:
    """Read the environment until it shows everything in it that was made a moment ago."""
    made, until = _made(run, _HELD)
    await run.world.state()
    if made:
        await run.world.until(lambda seen: made <= set(_ids(seen)), patience=until - run.clock.monotonic())


def _made(run: Run, kinds: frozenset[Kind]) -> tuple[frozenset[str], float]:
    """Return the ids of what may not show yet, and until when on the run's clock that can be."""
    now = run.clock.now()
    young = run.journal.made_since(now - timedelta(seconds=SETTLE_SECONDS))
    found = {handle.id: at for handle, at in young if handle.kind in kinds}
    last = max(found.values(), default=now)
    left = (last - now).total_seconds() + SETTLE_SECONDS
    return frozenset(found), run.clock.monotonic() + left


def _listed(workspace: WorkspaceState) -> set[str]:
    """Return what a list of projects shows; one that is being deleted shows all the same."""
    environments = {one.id for project in workspace.projects for one in project.environments}
    return environments | {project.handle.id for project in workspace.projects}


def _ids(state: GroupState) -> Iterator[str]:
    for service in state.services.values():
        yield service.handle.id
        yield from (volume.handle.id for volume in service.volumes)
        yield from (domain.handle.id for domain in service.domains)
