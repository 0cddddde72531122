"""The plan in the platform's terms, and the pure comparison of what is wanted with what was observed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from wizard.events import Change, Effect
from wizard.phases.repository import Repository
from wizard.plan.model import Plan, ServiceSpec, VolumeSpec
from wizard.platform.states import GroupState, ServiceSettings, ServiceState

_DEFAULTS = {"health_timeout": 300, "dockerfile": "Dockerfile"}
"""What a platform takes where nothing is written."""
_DECISIVE = ("dockerfile", "build_command", "start_command", "pre_deploy", "health_path", "cron")
_REBUILDS = frozenset({"root", "dockerfile", "build_command"})


def settings(plan: Plan, repository: Repository, name: str) -> ServiceSettings:
    """Return the settings a service of the plan should have; None leaves the platform's default."""
    spec = plan.services[name]
    return ServiceSettings(
        root=repository.platform_path(spec.root),
        dockerfile=spec.dockerfile,
        build_command=spec.build_command,
        start_command=spec.start_command,
        pre_deploy=spec.pre_deploy,
        health_path=spec.health.path if spec.health else None,
        health_timeout=spec.health.timeout if spec.health else None,
        watch=repository.watch(name),
        restart=spec.restart,
        restart_retries=spec.restart_retries,
        replicas=spec.replicas,
        region=plan.project.region,
        cron=spec.cron,
        sleep=spec.sleep,
        memory_gb=spec.memory,
        draining=spec.draining,
        overlap=spec.overlap,
    )


def settings_changes(name: str, wanted: ServiceSettings, have: ServiceSettings) -> tuple[Change, ...]:
    """Return the settings to write: those the plan names and the platform has otherwise."""
    return tuple(
        Change(name, field, _shown(before), _shown(after), Effect.REBUILD if field in _REBUILDS else Effect.REDEPLOY)
        for field, before, after in _differences(wanted, have)
    )


def unplanned(wanted: ServiceSettings, have: ServiceSettings) -> tuple[str, ...]:
    """Return the settings that decide what runs and that only the platform has: a key taken out of the plan stays."""
    return tuple(
        field
        for field in _DECISIVE
        if getattr(wanted, field) is None and getattr(have, field) not in (None, "", _DEFAULTS.get(field))
    )


def settings_to_write(wanted: ServiceSettings, have: ServiceSettings) -> dict[str, object]:
    """Return the same settings as values for the port."""
    return {field: after for field, _, after in _differences(wanted, have)}


def _differences(wanted: ServiceSettings, have: ServiceSettings) -> Iterator[tuple[str, object, object]]:
    for field in fields(ServiceSettings):
        before, after = getattr(have, field.name), getattr(wanted, field.name)
        named = after is not None and after != ()
        if named and _comparable(field.name, before) != _comparable(field.name, after):
            yield field.name, before, after


def _comparable(field: str, value: object) -> object:
    """The platform's default counts as written, and a leading slash of a folder means nothing."""
    if field == "root":
        return str(value or "").strip("/")
    return _DEFAULTS.get(field) if value is None else value


def _shown(value: object) -> str:
    if value is None or value in ((), ""):
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def resource_changes(name: str, spec: ServiceSpec, have: ServiceState | None) -> tuple[Change, ...]:
    """Return what a service lacks: itself, its public host, its volumes."""
    created = () if have else (Change(name, "service", "", name, Effect.NONE),)
    return (
        created
        + domain_change(name, spec, have)
        + custom_domain_changes(name, spec, have)
        + volume_changes(name, spec, have)
    )


def domain_change(name: str, spec: ServiceSpec, have: ServiceState | None) -> tuple[Change, ...]:
    """Return the generated host a public service lacks."""
    has_domain = have is not None and any(not domain.custom for domain in have.domains)
    if not spec.serves or has_domain:
        return ()
    return (Change(name, "domain", "", f":{spec.port}", Effect.NONE),)


def custom_domain_changes(name: str, spec: ServiceSpec, have: ServiceState | None) -> tuple[Change, ...]:
    """Return the operator's own hosts a service lacks."""
    known = {domain.host.lower() for domain in have.domains} if have else set()
    missing = (host for host in spec.domains if host.lower() not in known)
    return tuple(Change(name, f"domain {host}", "", f":{spec.port}", Effect.NONE) for host in missing)


def volume_changes(name: str, spec: ServiceSpec, have: ServiceState | None) -> tuple[Change, ...]:
    """Return the volumes a service lacks, by mount path."""
    mounted = {volume.path for volume in have.volumes} if have else set()
    missing = (volume for volume in spec.volumes if volume.path not in mounted)
    return tuple(Change(name, f"volume {volume.path}", "", _size(volume), Effect.REDEPLOY) for volume in missing)


def _size(volume: VolumeSpec) -> str:
    return f"{volume.size_mb} MB" if volume.size_mb else volume.path


def changes(plan: Plan, repository: Repository, state: GroupState | None) -> dict[str, tuple[Change, ...]]:
    """Return what lacks below the group, by resource; for the plan and for the steps alike."""
    found = state.services if state else {}
    planned: dict[str, tuple[Change, ...]] = {}
    for name in plan.databases:
        planned[name] = (
            () if name in found else (Change(name, "database", "", plan.databases[name].engine, Effect.NONE),)
        )
    for name, spec in plan.services.items():
        have = found.get(name)
        wanted = settings(plan, repository, name)
        planned[name] = resource_changes(name, spec, have) + settings_changes(
            name, wanted, have.settings if have else ServiceSettings()
        )
    return planned
