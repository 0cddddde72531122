"""The other environments of the project: where services are the project's, what is done to one is done there too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.phases.run import Run
from wizard.platform.handles import Group, Handle


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What making the plan's missing services meets.

    Attributes:
        environments: names of the others, in which they would be made as well.
        taken: services that one of them has already, by its name: they cannot be made a second time.
    """

    environments: tuple[str, ...] = ()
    taken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def others(run: Run) -> tuple[Handle, ...]:
    """Return the project's environments but the run's own; none where services know one environment only."""
    project, group = run.world.project, run.world.group
    if project is None or not run.platform.capabilities.services_span_environments:
        return ()
    return tuple(one for one in project.environments if group is None or one.id != group.environment.id)


async def look_elsewhere(run: Run) -> Elsewhere:
    """Look into the others, where something has to be made at all; one reading each, until one has it already."""
    environments = others(run)
    have = (await run.world.state()).services if run.world.group else {}
    missing = {*run.plan.databases, *run.plan.services} - have.keys()
    if not (environments and missing and run.world.project):
        return Elsewhere()
    names = tuple(one.name for one in environments)
    for one in environments:
        seen = (await run.platform.groups.observe(Group(run.world.project.handle, one))).value
        if taken := missing & seen.services.keys():
            return Elsewhere(names, {one.name: tuple(sorted(taken))})
    return Elsewhere(names)


async def deployed_elsewhere(run: Run, services: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Return which services, given by id, were deployed in other environments: names by environment."""
    found: dict[str, tuple[str, ...]] = {}
    for one in others(run):
        seen = (await run.platform.groups.observe(Group(run.world.located.project, one))).value.services
        if there := [name for name, state in seen.items() if state.handle.id in services and state.latest]:
            found[one.name] = tuple(sorted(there))
    return found
