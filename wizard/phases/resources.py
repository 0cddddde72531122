"""Databases and services of the plan, each made once: settings, public hosts and volumes with the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import partial

from wizard.events import Change, Effect
from wizard.messages import message
from wizard.phases.creation import Find, create_once, mark_of, send
from wizard.phases.run import Run
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Waiting
from wizard.phases.wanted import (
    changes,
    custom_domain_changes,
    domain_change,
    settings,
    settings_to_write,
    volume_changes,
)
from wizard.plan.model import VolumeSpec
from wizard.platform.handles import Handle
from wizard.platform.states import GroupState, ServiceSettings, ServiceState, VolumeState

Pick = Callable[[ServiceState], Iterable[Handle]]
"""Picks handles out of a service as it was seen."""


async def ensure_database(run: Run, name: str, waiting: Waiting) -> Outcome:
    """Make sure the database exists under its plan name; returns before it answers."""
    state = await run.world.state()
    planned = changes(run.plan, run.repository, state)[name]
    if not planned:
        return UNCHANGED
    run.planned(Phase.PROJECT, name, planned)
    waiting(message("phases.creating", resource=name))
    spec, group = run.plan.databases[name], run.world.located
    await create_once(
        run,
        f"database {name}",
        "templateDeployV2",
        lambda: run.platform.datastores.create(group, name, spec.engine, spec.version),
        partial(_find_service, run, name),
    )
    run.applied(Phase.PROJECT, name, planned)
    return DONE


async def _find_service(run: Run, name: str) -> Handle | None:
    found = (await run.world.state()).services.get(name)
    return found.handle if found else None


async def ensure_service(run: Run, name: str, waiting: Waiting) -> Outcome:
    """Make sure of the service with everything that belongs to it; nothing is deployed."""
    state = await run.world.state()
    have = state.services.get(name)
    planned = (*changes(run.plan, run.repository, state)[name], *_half_made(run, name, have))
    if not planned:
        return UNCHANGED
    run.planned(Phase.PROJECT, name, planned)
    waiting(message("phases.creating", resource=name))
    handle = have.handle if have else await _create_service(run, name)
    await _configure(run, name, handle, have)
    await _create_domain(run, name, handle, have)
    await _create_custom_domains(run, name, handle, have)
    await _create_volumes(run, name, handle, have)
    run.applied(Phase.PROJECT, name, planned)
    return DONE


async def _create_service(run: Run, name: str) -> Handle:
    return await create_once(
        run,
        f"service {name}",
        "serviceCreate",
        lambda: run.platform.services.create(run.world.located, name),
        partial(_find_service, run, name),
    )


async def _configure(run: Run, name: str, handle: Handle, have: ServiceState | None) -> None:
    wanted = settings(run.plan, run.repository, name)
    if values := settings_to_write(wanted, have.settings if have else ServiceSettings()):
        write = partial(run.platform.services.configure, run.world.located, handle, values)
        await send(run, name, write, lambda seen: not _unwritten(run, name, seen))


def _unwritten(run: Run, name: str, state: GroupState) -> dict[str, object]:
    have = state.services.get(name)
    return settings_to_write(settings(run.plan, run.repository, name), have.settings if have else ServiceSettings())


async def _create_domain(run: Run, name: str, handle: Handle, have: ServiceState | None) -> None:
    spec, group = run.plan.services[name], run.world.located
    if not domain_change(name, spec, have):
        return

    await create_once(
        run,
        f"domain {name}",
        "serviceDomainCreate",
        lambda: run.platform.services.create_domain(group, handle, spec.port),
        _seen(run, name, lambda seen: (domain.handle for domain in seen.domains if not domain.custom)),
    )


async def _create_custom_domains(run: Run, name: str, handle: Handle, have: ServiceState | None) -> None:
    spec, group = run.plan.services[name], run.world.located
    for change in custom_domain_changes(name, spec, have):
        host = change.field.removeprefix("domain ")
        await create_once(
            run,
            f"domain {name} {host}",
            "customDomainCreate",
            partial(run.platform.services.create_custom_domain, group, handle, host, spec.port),
            _seen(run, name, partial(_hosts, host)),
        )


async def _create_volumes(run: Run, name: str, handle: Handle, have: ServiceState | None) -> None:
    spec = run.plan.services[name]
    missing = {change.field.removeprefix("volume ") for change in volume_changes(name, spec, have)}
    for volume in spec.volumes:
        if volume.path in missing:
            await _create_volume(run, name, handle, volume)
    for volume, known in _unsized(run, name, have):
        await _resize(run, name, volume, known.handle)


async def _create_volume(run: Run, name: str, handle: Handle, volume: VolumeSpec) -> None:
    """Create it, then give it its size; that this is still to come is announced first."""
    with run.journal.intent(_size_mark(run, name, volume), "volumeSize") if volume.size_mb else nullcontext():
        made = await create_once(
            run,
            f"volume {name} {volume.path}",
            "volumeCreate",
            lambda: run.platform.services.create_volume(run.world.located, handle, volume.path),
            _seen(run, name, lambda seen: (one.handle for one in seen.volumes if one.path == volume.path)),
        )
    await _resize(run, name, volume, made)


async def _resize(run: Run, name: str, volume: VolumeSpec, handle: Handle) -> None:
    if volume.size_mb is None:
        return

    def holds(seen: GroupState) -> bool:
        volumes = seen.services[name].volumes if name in seen.services else ()
        return any(one.path == volume.path and one.size_mb == volume.size_mb for one in volumes)

    write = partial(run.platform.services.resize_volume, run.world.located, handle, volume.size_mb)
    await send(run, name, write, holds)
    run.journal.settle(_size_mark(run, name, volume), handle.id)


def _half_made(run: Run, name: str, have: ServiceState | None) -> tuple[Change, ...]:
    """Return what a dead run left undone of a service and no comparison shows."""
    return tuple(
        Change(name, f"volume {volume.path}", f"{known.size_mb} MB", f"{volume.size_mb} MB", Effect.NONE)
        for volume, known in _unsized(run, name, have)
    )


def _unsized(run: Run, name: str, have: ServiceState | None) -> Iterator[tuple[VolumeSpec, VolumeState]]:
    """Yield the volumes that are there and wait for the size that was announced with them."""
    there = {volume.path: volume for volume in have.volumes} if have else {}
    for volume in run.plan.services[name].volumes:
        if volume.path in there and run.journal.pending(_size_mark(run, name, volume)):
            yield volume, there[volume.path]


def _size_mark(run: Run, name: str, volume: VolumeSpec) -> str:
    return mark_of(run, f"size {name} {volume.path}")


def _hosts(host: str, seen: ServiceState) -> Iterable[Handle]:
    return (domain.handle for domain in seen.domains if domain.host == host)


def _seen(run: Run, name: str, pick: Pick) -> Find:
    """Return a look-up of something that belongs to a service."""

    async def find() -> Handle | None:
        service = await run.service(name)
        return next(iter(pick(service)), None) if service else None

    return find
