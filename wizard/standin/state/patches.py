"""Config patches: staged, merged, committed, and the environment's configuration in the same shape.

A patch holds `services{<id>: {source, build, deploy, variables, networking, volumeMounts, isCreated, isDeleted}}`,
`sharedVariables` and `volumes`; a null deletes. What names an unknown service is dropped without a word.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from wizard.standin.state import names, rules
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import Refused
from wizard.standin.state.resources import (
    Scope,
    create_instances,
    create_service,
    delete_instance,
    delete_service,
    delete_variable,
    delete_volume_instance,
    set_variable,
)
from wizard.standin.state.rows import (
    Document,
    Environment,
    EnvironmentPatch,
    Project,
    Service,
    ServiceDomain,
    ServiceInstance,
    TcpProxy,
    Variable,
    VolumeInstance,
)
from wizard.standin.state.store import Tables

_ENCRYPTED = "*****"
_SOURCE = {"image": "image", "repo": "repo", "branch": "branch", "rootDirectory": "root_directory"}
_BUILD = {
    "builder": "builder",
    "buildCommand": "build_command",
    "dockerfilePath": "dockerfile_path",
    "watchPatterns": "watch_patterns",
}
_DEPLOY = {
    re.sub(r"_([a-z])", lambda match: match[1].upper(), column): column
    for column in rules.SETTINGS - set(_BUILD.values()) - set(_SOURCE.values())
}
_SECTIONS = {"source": _SOURCE, "build": _BUILD, "deploy": _DEPLOY}


def merge(base: Document, change: Document) -> Document:
    """Return the patch in which a later one wins, object by object."""
    merged = dict(base)
    for key, value in change.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = merge(merged[key], value) if both else value
    return merged


def change_count(patch: Document) -> int:
    """Return how many resources a staged patch touches."""
    return sum(len(patch.get(part) or {}) for part in ("services", "sharedVariables", "volumes"))


def staged(tables: Tables, environment_id: str) -> EnvironmentPatch | None:
    """Return the environment's staged patch, if somebody staged one."""
    return tables.first(EnvironmentPatch, environment_id=environment_id, status="STAGED")


def stage(railway: LocalRailway, environment: Environment, patch: Document, *, merged: bool) -> EnvironmentPatch:
    """Stage a patch: beside what is staged, or instead of all of it."""
    known = staged(railway.tables, environment.id)
    if known is None:
        row = EnvironmentPatch(**railway.cloud.stamp(), environment_id=environment.id, status="STAGED", patch=patch)
        return railway.store.put(row)
    return railway.store.change(known, patch=merge(known.patch, patch) if merged else patch)


def commit(
    railway: LocalRailway, environment: Environment, row: EnvironmentPatch, *, skip_deploys: bool
) -> EnvironmentPatch:
    """Begin to apply a patch; its row goes from APPLYING to COMMITTED."""
    applying = railway.store.put(row) if railway.tables.get(EnvironmentPatch, row.id) is None else row
    applying = railway.store.change(applying, status="APPLYING", message=row.message)
    railway.in_background(_apply_patch(railway, environment, applying, skip_deploys=skip_deploys))
    return applying


async def _apply_patch(
    railway: LocalRailway, environment: Environment, row: EnvironmentPatch, *, skip_deploys: bool
) -> None:
    await railway.cloud.clock.sleep(railway.cloud.settings.read_lag / 4)
    error: str | None = None
    try:
        await _apply(railway, environment, row.patch, skip_deploys=skip_deploys)
    except Refused as refusal:
        error = str(refusal)
    now = railway.cloud.clock.now()
    railway.store.change(row, status="COMMITTED", applied_at=now, last_applied_error=error)


async def _apply(railway: LocalRailway, environment: Environment, patch: Document, *, skip_deploys: bool) -> None:
    _apply_variables(railway, (environment.id, None), patch.get("sharedVariables") or {})
    for volume_id, section in (patch.get("volumes") or {}).items():
        await _apply_volume(railway, environment, volume_id, section)
    deploying: list[ServiceInstance] = []
    for service_id, section in (patch.get("services") or {}).items():
        instance = await _patched_instance(railway, environment, service_id, section or {})
        if instance and await _apply_service(railway, instance, section or {}):
            deploying.append(instance)
    if not skip_deploys:
        newest = [railway.tables.get(ServiceInstance, instance.id) or instance for instance in deploying]
        await railway.deployments.apply_batch(newest)


async def _patched_instance(
    railway: LocalRailway, environment: Environment, service_id: str, section: Document
) -> ServiceInstance | None:
    """Return the instance a section is about, made if the patch makes it; None when it is unknown or deleted."""
    service = railway.tables.get(Service, service_id)
    project = railway.tables.get(Project, environment.project_id)
    if service is None and section.get("isCreated") and project:
        service = create_service(railway, project, section.get("name") or names.words(), service_id)
    if service is None or service.project_id != environment.project_id:
        return None
    instance = railway.tables.first(ServiceInstance, service_id=service.id, environment_id=environment.id)
    if section.get("isDeleted"):
        if instance:
            await delete_instance(railway, instance)
        await delete_service(railway, service, [])
        return None
    return instance or create_instances(railway, service, [environment])[0]


async def _apply_service(railway: LocalRailway, instance: ServiceInstance, section: Document) -> bool:
    """Apply one service's part; True when it calls for a deployment."""
    settings: dict[str, Any] = {}
    for part, columns in _SECTIONS.items():
        values = section.get(part) or {}
        settings |= {columns[key]: value for key, value in values.items() if key in columns}
    if settings:
        railway.store.change(instance, **_typed(settings))
    _apply_variables(railway, (instance.environment_id, instance.service_id), section.get("variables") or {})
    for volume_id, mount in (section.get("volumeMounts") or {}).items():
        _apply_mount(railway, instance, volume_id, mount)
    await _apply_networking(railway, instance, section.get("networking") or {})
    return rules.patch_deploys(section)


def _typed(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with what an instance cannot hold as null set to its default."""
    command = settings.get("pre_deploy_command")
    if isinstance(command, str):
        settings["pre_deploy_command"] = [command]
    defaults = {"builder": "RAILPACK", "watch_patterns": [], "restart_policy_type": "ON_FAILURE"}
    return {key: defaults.get(key) if value is None else value for key, value in settings.items()}


def _apply_variables(railway: LocalRailway, scope: Scope, variables: Mapping[str, Document | None]) -> None:
    for name, spec in variables.items():
        if spec is None:
            delete_variable(railway, scope, name)
        elif spec.get("value") is not None:
            set_variable(railway, scope, name, str(spec["value"]), sealed=bool(spec.get("isSealed")))


def _apply_mount(railway: LocalRailway, instance: ServiceInstance, volume_id: str, mount: Document | None) -> None:
    row = railway.tables.first(VolumeInstance, volume_id=volume_id, environment_id=instance.environment_id)
    if row is None:
        return
    if mount is None:
        railway.store.change(row, service_id=None)
    else:
        path = mount.get("mountPath") or row.mount_path
        railway.store.change(row, service_id=instance.service_id, mount_path=path)


async def _apply_volume(
    railway: LocalRailway, environment: Environment, volume_id: str, section: Document | None
) -> None:
    row = railway.tables.first(VolumeInstance, volume_id=volume_id, environment_id=environment.id)
    if row is None:
        return
    if section is None or section.get("isDeleted"):
        await delete_volume_instance(railway, row)
        return
    wanted = {"size_mb": section.get("sizeMB"), "region": section.get("region")}
    if (wanted["size_mb"] or 0) > railway.cloud.settings.limits.volume_mb:
        raise Refused(f"Volume size exceeds the limit of {railway.cloud.settings.limits.volume_mb} MB of your plan")
    railway.store.change(row, **{key: value for key, value in wanted.items() if value is not None})


async def _apply_networking(railway: LocalRailway, instance: ServiceInstance, section: Document) -> None:
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    for port, proxy in (section.get("tcpProxies") or {}).items():
        row = railway.tables.first(TcpProxy, **here)
        if proxy is not None:
            await railway.networking.open_proxy(instance, int(port))
        elif row and row.application_port == int(port):
            await railway.networking.close_proxy(row)
    for name, domain in (section.get("serviceDomains") or {}).items():
        known = railway.tables.first(ServiceDomain, **here, domain=name)
        if known and domain is None:
            await railway.networking.remove_domain(known)
        elif known:
            label = known.domain.partition(".")[0]
            await railway.networking.update_domain(known, label, domain.get("port"))


def configuration(tables: Tables, environment: Environment, *, decrypted: bool) -> Document:
    """Return the environment's configuration in a patch's shape."""
    instances = tables.where(ServiceInstance, environment_id=environment.id)
    shared = _variables(tables, (environment.id, None), decrypted=decrypted)
    volumes = tables.where(VolumeInstance, environment_id=environment.id)
    return {
        "services": {one.service_id: _service_configuration(tables, one, decrypted=decrypted) for one in instances},
        "sharedVariables": shared,
        "volumes": {one.volume_id: {"sizeMB": one.size_mb, "region": one.region} for one in volumes},
    }


def etag(tables: Tables, environment: Environment) -> str:
    """Return a tag that changes with the configuration."""
    text = json.dumps(configuration(tables, environment, decrypted=True), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _service_configuration(tables: Tables, instance: ServiceInstance, *, decrypted: bool) -> Document:
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    sections = {
        part: {key: value for key, column in columns.items() if (value := getattr(instance, column)) not in (None, [])}
        for part, columns in _SECTIONS.items()
    }
    return {
        **sections,
        "variables": _variables(tables, (instance.environment_id, instance.service_id), decrypted=decrypted),
        "networking": {
            "serviceDomains": {row.domain: {"port": row.target_port} for row in tables.where(ServiceDomain, **here)},
            "tcpProxies": {str(row.application_port): {} for row in tables.where(TcpProxy, **here)},
        },
        "volumeMounts": {row.volume_id: {"mountPath": row.mount_path} for row in tables.where(VolumeInstance, **here)},
    }


def _variables(tables: Tables, scope: Scope, *, decrypted: bool) -> Document:
    rows = tables.where(Variable, environment_id=scope[0], service_id=scope[1])
    return {row.name: _variable(row, decrypted=decrypted) for row in rows}


def _variable(row: Variable, *, decrypted: bool) -> Document:
    if row.is_sealed:
        return {"isSealed": True}
    return {"value": row.value if decrypted else _ENCRYPTED}
