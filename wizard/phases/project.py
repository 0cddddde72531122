"""The project phase: project, environment, databases, services, settings, domains and volumes, all read back equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from wizard.errors import FailedError
from wizard.events import Change, Effect, Note, TargetNamed
from wizard.messages import message
from wizard.phases.creation import claim, create_once
from wizard.phases.run import Run
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Step, Waiting, step_id
from wizard.phases.wanted import (
    custom_domain_changes,
    domain_change,
    resource_changes,
    settings,
    settings_changes,
    settings_to_write,
    volume_changes,
)
from wizard.phases.world import SETTLE_SECONDS
from wizard.platform.handles import Group, Handle, Receipt
from wizard.platform.states import GroupState, ServiceSettings, ServiceState

GROUP, CONFIRM = "project", "read-back"
_LOOK_EVERY = 4.0


def identity(key: str) -> str:
    """Return the project's mark: it travels in the description, so any machine can recognise the project."""
    return f"railwizard:{key}"


def steps(run: Run) -> list[Step]:
    """Plan the steps: the group first, every resource beside the others, then one reading of it all."""
    after_group = frozenset({step_id(Phase.PROJECT, GROUP)})
    databases = [
        Step(
            phase=Phase.PROJECT,
            resource=name,
            requires=after_group,
            act=partial(_ensure_database, run, name),
            usual_s=run.platform.capabilities.usual_database_s,
        )
        for name in run.plan.databases
    ]
    services = [
        Step(phase=Phase.PROJECT, resource=name, requires=after_group, act=partial(_ensure_service, run, name))
        for name in run.plan.services
    ]
    resources = databases + services
    return [
        Step(phase=Phase.PROJECT, resource=GROUP, act=partial(_ensure_group, run)),
        *resources,
        Step(
            phase=Phase.PROJECT,
            resource=CONFIRM,
            requires=frozenset(step.id for step in resources),
            act=partial(_read_back, run),
        ),
    ]


def changes(run: Run, state: GroupState | None) -> dict[str, tuple[Change, ...]]:
    """Return what this phase would change below the group, by resource; for the plan and for the steps alike."""
    found = state.services if state else {}
    planned: dict[str, tuple[Change, ...]] = {}
    for name in run.plan.databases:
        planned[name] = (
            () if name in found else (Change(name, "database", "", run.plan.databases[name].engine, Effect.NONE),)
        )
    for name, spec in run.plan.services.items():
        have = found.get(name)
        wanted = settings(run.plan, run.repository, name)
        planned[name] = resource_changes(name, spec, have) + settings_changes(
            name, wanted, have.settings if have else ServiceSettings()
        )
    return planned


async def _ensure_group(run: Run, waiting: Waiting) -> Outcome:
    planned = group_changes(run)
    if not planned:
        return UNCHANGED
    run.planned(Phase.PROJECT, GROUP, planned)
    waiting(message("phases.creating", resource=run.plan.project.name))
    found = run.world.project
    handle = found.handle if found else await _create_project(run)
    if found and identity(run.plan.project.key) not in found.description:
        await run.platform.groups.describe(handle, _with_mark(found.description, run.plan.project.key))
    run.world.group = run.world.group or await _located(run, handle)
    name_target(run, run.world.group)
    run.applied(Phase.PROJECT, GROUP, planned)
    return DONE


def group_changes(run: Run) -> tuple[Change, ...]:
    """Return what the group lacks: the project, our mark on it, the environment."""
    project, found = run.plan.project, run.world.project
    if found is None:
        return (Change(GROUP, "project", "", project.name, Effect.NONE),)
    adopted = identity(project.key) not in found.description
    return (
        *((Change(GROUP, "mark", "", identity(project.key), Effect.NONE),) if adopted else ()),
        *((Change(GROUP, "environment", "", project.environment, Effect.NONE),) if run.world.group is None else ()),
    )


def _with_mark(description: str, key: str) -> str:
    return f"{description}\n{identity(key)}".strip()


async def _create_project(run: Run) -> Handle:
    workspace, project = run.world.workspace, run.plan.project
    if workspace is None:
        raise FailedError("phases.no-workspace")
    groups, mark = run.platform.groups, identity(project.key)

    async def find() -> Handle | None:
        now, _ = await run.platform.credentials.workspace(workspace.id)
        return next((p.handle for p in now.projects if mark in p.description and not p.deleted), None)

    first: list[Handle] = []

    async def create() -> Receipt:
        receipt = await groups.create(workspace.id, project.name, project.environment, mark)
        first.extend([receipt.environment] if receipt.environment else [])
        return receipt

    handle = await create_once(run, f"project {project.name}", "projectCreate", create, find)
    if first:
        run.world.begin(Group(handle, first[0]), mark)
    return handle


async def _located(run: Run, project: Handle) -> Group:
    """Find the environment of a project that is known, or make it."""
    name = run.plan.project.environment
    if group := await _existing(run, project, name):
        return group

    async def find() -> Handle | None:
        found = await run.platform.groups.locate(project.id, name)
        return found.environment if found else None

    environment = await create_once(
        run,
        f"environment {name}",
        "environmentCreate",
        lambda: run.platform.groups.create_environment(project, name),
        find,
    )
    return Group(project, environment)


async def _existing(run: Run, project: Handle, name: str) -> Group | None:
    """Look once in a project that was there; one whose creation was just looked up shows its environment late."""
    patience = 0.0 if run.world.project else SETTLE_SECONDS
    deadline = run.clock.monotonic() + patience
    while (group := await run.platform.groups.locate(project.id, name)) is None:
        if run.clock.monotonic() >= deadline:
            return None
        await run.clock.sleep(_LOOK_EVERY)
    return group


def name_target(run: Run, group: Group) -> None:
    """Tell every listener which project and environment this run works in."""
    workspace = run.world.workspace.name if run.world.workspace else ""
    project, environment = group.project, group.environment
    run.emit(TargetNamed(workspace, project.name, environment.name, project.id, environment.id))


async def _ensure_database(run: Run, name: str, waiting: Waiting) -> Outcome:
    state = await run.world.state()
    planned = changes(run, state)[name]
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


async def _ensure_service(run: Run, name: str, waiting: Waiting) -> Outcome:
    state = await run.world.state()
    planned = changes(run, state)[name]
    if not planned:
        return UNCHANGED
    run.planned(Phase.PROJECT, name, planned)
    waiting(message("phases.creating", resource=name))
    have = state.services.get(name)
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
        await run.platform.services.configure(run.world.located, handle, values)
        run.world.wrote()


async def _create_domain(run: Run, name: str, handle: Handle, have: ServiceState | None) -> None:
    spec, group = run.plan.services[name], run.world.located
    if not domain_change(name, spec, have):
        return

    async def find() -> Handle | None:
        service = await run.service(name)
        generated = (domain.handle for domain in service.domains if not domain.custom) if service else iter(())
        return next(generated, None)

    await create_once(
        run,
        f"domain {name}",
        "serviceDomainCreate",
        lambda: run.platform.services.create_domain(group, handle, spec.port),
        find,
    )


async def _create_custom_domains(run: Run, name: str, handle: Handle, have: ServiceState | None) -> None:
    spec, group = run.plan.services[name], run.world.located
    for change in custom_domain_changes(name, spec, have):
        host = change.field.removeprefix("domain ")

        async def find(host: str = host) -> Handle | None:
            service = await run.service(name)
            own = (domain.handle for domain in service.domains if domain.host == host) if service else iter(())
            return next(own, None)

        await create_once(
            run,
            f"domain {name} {host}",
            "customDomainCreate",
            partial(run.platform.services.create_custom_domain, group, handle, host, spec.port),
            find,
        )


async def _create_volumes(run: Run, name: str, handle: Handle, have: ServiceState | None) -> None:
    spec = run.plan.services[name]
    missing = {change.field.removeprefix("volume ") for change in volume_changes(name, spec, have)}
    for volume in spec.volumes:
        if volume.path in missing:
            await _create_volume(run, name, handle, volume.path, volume.size_mb)


async def _create_volume(run: Run, name: str, handle: Handle, path: str, size_mb: int | None) -> None:
    async def find() -> Handle | None:
        service = await run.service(name)
        mounted = (volume.handle for volume in service.volumes if volume.path == path) if service else iter(())
        return next(mounted, None)

    await create_once(
        run,
        f"volume {name} {path}",
        "volumeCreate",
        lambda: run.platform.services.create_volume(run.world.located, handle, path, size_mb),
        find,
    )


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
    return tuple(_flat(changes(run, state).values()))


def _flat(groups: Iterable[tuple[Change, ...]]) -> Iterable[Change]:
    return (change for group in groups for change in group)
