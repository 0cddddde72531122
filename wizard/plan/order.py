"""What must be deployed before what: database outputs and `after` make edges, addresses of services make none."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.plan.model import Plan
from wizard.plan.references import SHARED, uses
from wizard.platform.values import OutputRef

Requirements = Mapping[str, tuple[str, ...]]
"""Every resource's name to the names it needs before it, in the plan's order."""


class CycleError(ValueError):
    """Resources that wait for each other; its argument is the way round, first name repeated at the end."""

    def __init__(self, cycle: tuple[str, ...]) -> None:
        super().__init__(cycle)
        self.cycle = cycle

    def __str__(self) -> str:
        return " -> ".join(self.cycle)


def requirements(plan: Plan) -> Requirements:
    """Return what every database and service needs before it; databases need nothing."""
    shared = _shared_databases(plan)
    needed: dict[str, dict[str, None]] = {name: {} for name in (*plan.databases, *plan.services)}
    for use in uses(plan):
        if use.path[0] == "services":
            needed[str(use.path[1])].update(dict.fromkeys(_databases(plan, use.output, shared)))
    for name, service in plan.services.items():
        needed[name].update(dict.fromkeys(service.after))
    return {name: tuple(names) for name, names in needed.items()}


def waves(needed: Requirements) -> tuple[tuple[str, ...], ...]:
    """Return groups that can go at the same time, one after the other; raises CycleError."""
    followers: dict[str, list[str]] = {name: [] for name in needed}
    waiting = {name: {other for other in before if other in needed} for name, before in needed.items()}
    for name, before in waiting.items():
        for other in before:
            followers[other].append(name)
    groups: list[tuple[str, ...]] = []
    ready = [name for name, before in waiting.items() if not before]
    while ready:
        groups.append(tuple(ready))
        ready = _released(ready, followers, waiting)
    if any(waiting.values()):
        raise CycleError(_cycle({name: needed[name] for name, before in waiting.items() if before}))
    position = {name: number for number, name in enumerate(needed)}
    return tuple(tuple(sorted(group, key=position.__getitem__)) for group in groups)


def service_order(plan: Plan) -> tuple[str, ...]:
    """Return the services in the order they are deployed; raises CycleError."""
    return tuple(name for group in waves(requirements(plan)) for name in group if name in plan.services)


def dependents(needed: Requirements, name: str) -> frozenset[str]:
    """Return everything that waits for a resource, directly or not: what its failure stops."""
    found: set[str] = set()
    fresh = {name}
    while fresh:
        fresh = {other for other, before in needed.items() if fresh & set(before)} - found - {name}
        found |= fresh
    return frozenset(found)


def check_order(plan: Plan) -> None:
    """Raise CycleError where shared variables, or resources, wait for each other."""
    waves(_shared_requirements(plan))
    waves(requirements(plan))


def _databases(plan: Plan, output: OutputRef, shared: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if output.resource == SHARED:
        return shared.get(output.output, ())
    return (output.resource,) if output.resource in plan.databases else ()


def _shared_databases(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Return the databases each shared variable refers to, through other shared ones too."""
    direct: dict[str, set[str]] = {name: set() for name in plan.shared}
    for use in uses(plan):
        if use.path[0] == SHARED and use.output.resource in plan.databases:
            direct[str(use.path[1])].add(use.output.resource)
    needed = _shared_requirements(plan)
    for name in (name for group in waves(needed) for name in group):
        for other in needed[name]:
            direct[name.removeprefix(f"{SHARED}.")] |= direct.get(other.removeprefix(f"{SHARED}."), set())
    return {name: tuple(sorted(found)) for name, found in direct.items()}


def _shared_requirements(plan: Plan) -> Requirements:
    needed: dict[str, tuple[str, ...]] = {f"{SHARED}.{name}": () for name in plan.shared}
    for use in uses(plan):
        if use.path[0] == SHARED and use.output.resource == SHARED:
            name = f"{SHARED}.{use.path[1]}"
            needed[name] = (*needed[name], f"{SHARED}.{use.output.output}")
    return needed


def _released(done: list[str], followers: Mapping[str, list[str]], waiting: Mapping[str, set[str]]) -> list[str]:
    """Strike what is done off what waits for it, and return what waits for nothing any more."""
    released: list[str] = []
    for name in done:
        for follower in followers[name]:
            waiting[follower].discard(name)
            if not waiting[follower]:
                released.append(follower)
    return released


def _cycle(left: Requirements) -> tuple[str, ...]:
    """Return a way round among resources that all wait for one another."""
    name = next(iter(left))
    seen: dict[str, None] = {}
    while name not in seen:
        seen[name] = None
        name = next(other for other in left[name] if other in left)
    way = list(seen)
    return (*way[way.index(name) :], name)
