"""Volumes: a folder each, attached to at most one service of an environment. Their backups: `backups`."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import names, volumes
from wizard.standin.state.records import DeletedVolume
from wizard.standin.state.refusals import ONE_VOLUME, PROBLEM, VOLUME_INSTANCE_NOT_FOUND, Refused
from wizard.standin.state.resources import check_volume_room, create_volume
from wizard.standin.state.rows import Document, Environment, Project, Service, Volume, VolumeInstance
from wizard.standin.state.usage import folder_mb


@query("volumeInstance")
def volume_instance(context: Context, id: str) -> VolumeInstance:
    """Return a volume's instance by id, a deleted one until it is gone for good."""
    leaving = (one for row in context.tables.all(DeletedVolume) for one in row.instances if one.id == id)
    return context.require(VolumeInstance, id, beside=next(leaving, None))


@mutation("volumeCreate")
def volume_create(context: Context, input: Document) -> Volume:
    """Create a volume: everywhere without an environment, nowhere with a null one."""
    project = context.require(Project, input["projectId"])
    check_volume_room(context.railway, project)
    service_id = _ready_service(context, input.get("serviceId"))
    _check_path(input["mountPath"])
    where = _where(context, project, input)
    for environment in where:
        _refuse_second(context, service_id, environment.id)
    context.cooldowns.enter("volume")
    volume = Volume(**context.railway.cloud.stamp(), project_id=project.id, name=f"volume-{names.suffix()}")
    made = create_volume(context.railway, volume, [(one, service_id) for one in where], input["mountPath"])
    for mount in context.railway.tables.where(VolumeInstance, volume_id=volume.id):
        context.railway.store.change(mount, region=input.get("region"))
    return made


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
        raise Refused(VOLUME_INSTANCE_NOT_FOUND)
    _check_path(input.get("mountPath") or rows[0].mount_path)
    service_id = context.require(Service, input["serviceId"]).id if input.get("serviceId") else None
    for row in rows:
        if service_id != row.service_id:
            _refuse_second(context, service_id, row.environment_id)
        values = {"mount_path": input.get("mountPath") or row.mount_path, "state": input.get("state") or row.state}
        context.railway.store.change(row, service_id=service_id, **values)
    return True


@mutation("volumeDelete")
def volume_delete(context: Context, volumeId: str) -> bool:
    """Delete a volume; for 48 hours the link in a mail brings it back."""
    volumes.delete(context.railway, context.require(Volume, volumeId))
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
    """Return the instance's volume, a deleted one too."""
    deleted = volumes.deleted(context.tables, row.volume_id)
    return context.require(Volume, row.volume_id, beside=deleted.volume if deleted else None)


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
    return await folder_mb(context.railway.cloud, row.id)


def _where(context: Context, project: Project, input_: Document) -> list[Environment]:
    if "environmentId" not in input_:
        return context.railway.tables.where(Environment, project_id=project.id)
    return [context.require(Environment, input_["environmentId"])] if input_["environmentId"] else []


def _ready_service(context: Context, service_id: str | None) -> str | None:
    """Return the service's id; one made a moment ago confuses the platform."""
    if not service_id:
        return None
    service = context.require(Service, service_id)
    if not context.settled(service):
        raise Refused(PROBLEM)
    return service.id


def _check_path(mount_path: str) -> None:
    if not mount_path.startswith("/") or mount_path == "/":
        raise Refused("Invalid mount path")


def _refuse_second(context: Context, service_id: str | None, environment_id: str) -> None:
    here = {"service_id": service_id, "environment_id": environment_id}
    if service_id and context.railway.tables.first(VolumeInstance, **here):
        raise Refused(ONE_VOLUME)
