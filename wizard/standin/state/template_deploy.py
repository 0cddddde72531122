"""A template's deployment: a workflow that makes services, volumes, variables and deployments, in that order."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from wizard.standin.state import names, patches
from wizard.standin.state.configuration import SECTIONS
from wizard.standin.state.generators import resolved
from wizard.standin.state.instance_settings import checked, connected
from wizard.standin.state.patch_networking import apply_networking
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import Refused
from wizard.standin.state.resources import (
    check_service_room,
    check_volume_room,
    create_instances,
    create_service,
    create_volume,
    own_port,
    set_variable,
)
from wizard.standin.state.rows import Document, Environment, Project, Service, ServiceInstance, Volume, Workflow


@dataclass(frozen=True, slots=True)
class _Made:
    """One service of a template on its way."""

    service: Service
    instance: ServiceInstance
    config: Document


async def run_workflow(
    railway: LocalRailway, workflow: Workflow, project: Project, environment: Environment, config: Document
) -> None:
    """Deploy a template's configuration step by step; the workflow is Running until all of it is there."""
    await _pause(railway)
    try:
        await _deploy(railway, project, environment, list((config.get("services") or {}).values()))
    except Refused as refusal:
        railway.store.change(workflow, status="Error", error=str(refusal))
    else:
        await _pause(railway)
        railway.store.change(workflow, status="Complete")


async def stage_only(
    railway: LocalRailway, workflow: Workflow, project: Project, environment: Environment, config: Document
) -> None:
    """Stage what deploying the template would create, beside what is staged, and deploy nothing."""
    await _pause(railway)
    services = {str(uuid.uuid4()): one for one in (config.get("services") or {}).values()}
    patch: Document = {"services": {}, "volumes": {}}
    for service_id, one in services.items():
        mounts = {str(uuid.uuid4()): mount for mount in (one.get("volumeMounts") or {}).values()}
        name = _free_name(railway, project, one.get("name") or names.words())
        patch["services"][service_id] = {**one, "name": name, "isCreated": True, "volumeMounts": mounts}
        patch["volumes"] |= {volume_id: {"isCreated": True} for volume_id in mounts}
    patches.stage(railway, environment, patch, merged=True)
    railway.store.change(workflow, status="Complete")


async def _deploy(railway: LocalRailway, project: Project, environment: Environment, configs: list[Document]) -> None:
    check_service_room(railway, project, len(configs))
    check_volume_room(railway, project, sum(len(one.get("volumeMounts") or {}) for one in configs))
    made = [await _create(railway, project, environment, config) for config in configs]
    await _pause(railway)
    for one in made:
        _create_volumes(railway, one, environment)
    await _pause(railway)
    for one in made:
        _create_variables(railway, one)
        await apply_networking(railway, one.instance, one.config.get("networking") or {})
    await _pause(railway)
    await railway.deployments.apply_batch([_newest(railway, one.instance) for one in made])


async def _create(railway: LocalRailway, project: Project, environment: Environment, config: Document) -> _Made:
    service = create_service(railway, project, _free_name(railway, project, config.get("name") or names.words()))
    service = railway.store.change(service, icon=config.get("icon"))
    instance = create_instances(railway, service, [environment])[0]
    columns: Document = {}
    for part, known in SECTIONS.items():
        given = config.get(part) or {}
        columns |= {known[key]: value for key, value in given.items() if key in known and value is not None}
    source = await connected(railway.cloud.repositories, config.get("source") or {})
    settings = checked(columns, railway.cloud.settings.limits)
    return _Made(service, railway.store.change(instance, **settings, **source), config)


def _create_volumes(railway: LocalRailway, one: _Made, environment: Environment) -> None:
    for mount in (one.config.get("volumeMounts") or {}).values():
        name = f"{one.service.name.lower()}-volume-{names.suffix()}"
        volume = Volume(**railway.cloud.stamp(), project_id=one.service.project_id, name=name)
        create_volume(railway, volume, [(environment, one.service.id)], mount["mountPath"])


def _create_variables(railway: LocalRailway, one: _Made) -> None:
    for name, spec in (one.config.get("variables") or {}).items():
        given = spec.get("value") if spec.get("value") is not None else spec.get("defaultValue")
        if given is not None:
            value = own_port(railway, one.instance.image, name, resolved(str(given)))
            set_variable(railway, (one.instance.environment_id, one.service.id), name, value)


def _free_name(railway: LocalRailway, project: Project, wanted: str) -> str:
    taken = {row.name for row in railway.tables.where(Service, project_id=project.id)}
    return f"{wanted}-{names.suffix()}" if wanted in taken else wanted


def _newest(railway: LocalRailway, instance: ServiceInstance) -> ServiceInstance:
    return railway.tables.get(ServiceInstance, instance.id) or instance


async def _pause(railway: LocalRailway) -> None:
    """Let each part show up a moment after the one before, as on the platform: a quarter of the read lag."""
    await railway.cloud.clock.sleep(railway.cloud.settings.read_lag / 4)
