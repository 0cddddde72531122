"""Volumes: a folder each, attached to at most one service of an environment."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import names
from wizard.standin.state.refusals import PLAN_LIMIT, Refused
from wizard.standin.state.resources import create_volume, delete_volume_instance
from wizard.standin.state.rows import Document, Environment, Project, Service, Volume, VolumeInstance
from wizard.standin.state.usage import folder_mb


@query("volumeInstance")
def volume_instance(context: Context, id: str) -> VolumeInstance:
    """Return a volume's instance by id."""
    return context.require(VolumeInstance, id)


@mutation("volumeCreate")
def volume_create(context: Context, input: Document) -> Volume:
    """Create a volume: everywhere without an environment, nowhere with a null one."""
    project = context.require(Project, input["projectId"])
    _check_room(context, project)
    service_id = context.require(Service, input["serviceId"]).id if input.get("serviceId") else None
    where = _where(context, project, input)
    for environment in where:
        _refuse_second(context, service_id, environment.id)
    context.cooldowns.enter("volume")
    volume = Volume(**context.railway.cloud.stamp(), project_id=project.id, name=f"volume-{names.suffix()}")
    return create_volume(context.railway, volume, [(one, service_id) for one in where], input["mountPath"])


@mutation("volumeUpdate")
def volume_update(context: Context, volumeId: str, input: Document) -> Volume:
    """Rename a volume."""
    row = context.require(Volume, volumeId)
    return context.railway.store.change(row, name=input.get("name") or row.name)


@mutation("volumeInstanceUpdate")
def volume_instance_update(context: Context, volumeId: str, input: Document, environmentId: str | None = None) -> bool:
    """Change the mount path and the service; a service that is not named is detached."""
    context.require(Volume, volumeId)
    rows = context.railway.tables.where(VolumeInstance, volume_id=volumeId)
    if environmentId:
        rows = [row for row in rows if row.environment_id == environmentId]
    if not rows:
        raise Refused("VolumeInstance not found")
    service_id = context.require(Service, input["serviceId"]).id if input.get("serviceId") else None
    for row in rows:
        if service_id != row.service_id:
            _refuse_second(context, service_id, row.environment_id)
        context.railway.store.change(row, service_id=service_id, mount_path=input.get("mountPath") or row.mount_path)
    return True


@mutation("volumeDelete")
async def volume_delete(context: Context, volumeId: str) -> bool:
    """Delete a volume and its folders."""
    row = context.require(Volume, volumeId)
    for mount in context.railway.tables.where(VolumeInstance, volume_id=row.id):
        await delete_volume_instance(context.railway, mount)
    context.railway.store.remove([row])
    return True


@field("Volume", "project")
def volume_project(row: Volume, context: Context) -> Project:
    """Return the volume's project."""
    return context.require(Project, row.project_id)


@field("Volume", "volumeInstances")
def volume_instances(row: Volume, context: Context, **page: Any) -> Document:
    """Return the volume's instances."""
    return connection(context.tables.where(VolumeInstance, volume_id=row.id), **page)


@field("VolumeInstance", "volume")
def instance_volume(row: VolumeInstance, context: Context) -> Volume:
    """Return the instance's volume."""
    return context.require(Volume, row.volume_id)


@field("VolumeInstance", "environment")
def instance_environment(row: VolumeInstance, context: Context) -> Environment:
    """Return the instance's environment."""
    return context.require(Environment, row.environment_id)


@field("VolumeInstance", "service")
def instance_service(row: VolumeInstance, context: Context) -> Service:
    """Return the service it is attached to."""
    return context.require(Service, row.service_id)


@field("VolumeInstance", "currentSizeMB")
async def current_size(row: VolumeInstance, context: Context) -> float:
    """Return how much lies in the folder."""
    return await folder_mb(context.railway, row.id)


def _where(context: Context, project: Project, input_: Document) -> list[Environment]:
    if "environmentId" not in input_:
        return context.railway.tables.where(Environment, project_id=project.id)
    return [context.require(Environment, input_["environmentId"])] if input_["environmentId"] else []


def _check_room(context: Context, project: Project) -> None:
    existing = context.railway.tables.where(Volume, project_id=project.id)
    if len(existing) >= context.railway.cloud.settings.limits.volumes_per_project:
        raise Refused(PLAN_LIMIT)


def _refuse_second(context: Context, service_id: str | None, environment_id: str) -> None:
    here = {"service_id": service_id, "environment_id": environment_id}
    if service_id and context.railway.tables.first(VolumeInstance, **here):
        raise Refused("A service can have only one volume")
