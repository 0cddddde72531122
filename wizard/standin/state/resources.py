"""Projects, environments, services and volumes: how they come to be and how they go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wizard.standin.state import names, rules
from wizard.standin.state.fleet import PRIVATE_PORTS
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import PLAN_LIMIT, Refused, name_taken
from wizard.standin.state.rows import (
    Deployment,
    DeploymentEvent,
    Environment,
    EnvironmentPatch,
    Project,
    ProjectToken,
    Service,
    ServiceInstance,
    Variable,
    Volume,
    VolumeInstance,
)
from wizard.standin.state.volumes import discard

DEFAULT_ENVIRONMENT = "production"
Scope = tuple[str, str | None]
"""Whose variables: environment and service, None for the shared ones."""


def create_project(railway: LocalRailway, name: str | None, environment_name: str | None) -> Project:
    """Create a project with its default environment; names are not unique."""
    project = Project(**railway.cloud.stamp(), workspace_id=railway.workspace.id, name=name or names.words())
    environment = Environment(
        **railway.cloud.stamp(), project_id=project.id, name=environment_name or DEFAULT_ENVIRONMENT
    )
    railway.store.put(environment)
    return railway.store.put(replace(project, base_environment_id=environment.id))


async def delete_project(railway: LocalRailway, project: Project) -> None:
    """Delete a project with everything in it, now."""
    for environment in railway.tables.where(Environment, project_id=project.id):
        await delete_environment(railway, environment)
    services = railway.tables.where(Service, project_id=project.id)
    volumes = railway.tables.where(Volume, project_id=project.id)
    tokens = railway.tables.where(ProjectToken, project_id=project.id)
    railway.store.remove([*services, *volumes, *tokens, project])


async def delete_due_projects(railway: LocalRailway) -> None:
    """Delete the projects whose scheduled deletion is due."""
    now = railway.cloud.clock.now()
    for project in railway.tables.all(Project):
        if project.deleted_at and project.deleted_at <= now:
            await delete_project(railway, project)


async def delete_environment(railway: LocalRailway, environment: Environment) -> None:
    """Delete an environment with its instances, volumes' folders, variables, deployments and patches."""
    for instance in railway.tables.where(ServiceInstance, environment_id=environment.id):
        await delete_instance(railway, instance)
    for mount in railway.tables.where(VolumeInstance, environment_id=environment.id):
        await delete_volume_instance(railway, mount)
    shared = railway.tables.where(Variable, environment_id=environment.id)
    patches = railway.tables.where(EnvironmentPatch, environment_id=environment.id)
    railway.store.remove([*shared, *patches, environment])


def check_service_room(railway: LocalRailway, project: Project, more: int = 1) -> None:
    """Raise Refused where the plan has no room for so many services more in the project."""
    limit = railway.cloud.settings.limits.services_per_project
    if limit is not None and len(railway.tables.where(Service, project_id=project.id)) + more > limit:
        raise Refused(PLAN_LIMIT)


def check_volume_room(railway: LocalRailway, project: Project, more: int = 1) -> None:
    """Raise Refused where the plan has no room for so many volumes more in the project."""
    existing = len(railway.tables.where(Volume, project_id=project.id))
    if more and existing + more > railway.cloud.settings.limits.volumes_per_project:
        raise Refused(PLAN_LIMIT)


def create_service(railway: LocalRailway, project: Project, name: str, id_: str | None = None) -> Service:
    """Create a service without any instance; refuses a name its project has."""
    if railway.tables.first(Service, project_id=project.id, name=name):
        raise name_taken(name)
    return railway.store.put(Service(**railway.cloud.stamp(id_), project_id=project.id, name=name))


def create_instances(
    railway: LocalRailway, service: Service, environments: Iterable[Environment]
) -> list[ServiceInstance]:
    """Create the service's instance in each of these environments."""
    return [
        railway.store.put(
            ServiceInstance(**railway.cloud.stamp(), service_id=service.id, environment_id=environment.id)
        )
        for environment in environments
    ]


def environments_touched(railway: LocalRailway, project_id: str, environment_id: str | None) -> list[Environment]:
    """Return where a service operation takes effect: a fork alone, else all environments that are no forks."""
    asked = railway.tables.get(Environment, environment_id)
    if asked and asked.is_ephemeral:
        return [asked]
    return railway.tables.where(Environment, project_id=project_id, is_ephemeral=False)


async def delete_instance(railway: LocalRailway, instance: ServiceInstance) -> None:
    """Delete a service's instance in one environment; its volume stays, detached."""
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    await railway.deployments.remove_all(**here)
    await railway.networking.remove_all(**here)
    for mount in railway.tables.where(VolumeInstance, **here):
        railway.store.change(mount, service_id=None)
    deployments = railway.tables.where(Deployment, **here)
    ids = {row.id for row in deployments}
    events = [row for row in railway.tables.all(DeploymentEvent) if row.deployment_id in ids]
    variables = railway.tables.where(Variable, **here)
    railway.store.remove([*variables, *events, *deployments, instance])


async def delete_service(railway: LocalRailway, service: Service, environments: Iterable[Environment]) -> None:
    """Delete a service in these environments, and itself when no instance is left."""
    for environment in environments:
        for instance in railway.tables.where(ServiceInstance, service_id=service.id, environment_id=environment.id):
            await delete_instance(railway, instance)
    if not railway.tables.where(ServiceInstance, service_id=service.id):
        railway.store.remove([service])


def create_volume(
    railway: LocalRailway, volume: Volume, mounts: Iterable[tuple[Environment, str | None]], mount_path: str
) -> Volume:
    """Store a volume and its instance in each (environment, service)."""
    railway.store.put(volume)
    for environment, service_id in mounts:
        railway.store.put(
            VolumeInstance(
                **railway.cloud.stamp(),
                volume_id=volume.id,
                environment_id=environment.id,
                service_id=service_id,
                mount_path=mount_path,
                size_mb=railway.cloud.settings.limits.volume_mb,
            )
        )
    return volume


async def delete_volume_instance(railway: LocalRailway, mount: VolumeInstance) -> None:
    """Delete a volume's folder in one environment, and the volume when it has no other."""
    await discard(railway, mount)
    volume = railway.tables.get(Volume, mount.volume_id)
    if volume and not railway.tables.where(VolumeInstance, volume_id=volume.id):
        railway.store.remove([volume])


def set_variable(railway: LocalRailway, scope: Scope, name: str, value: str, *, sealed: bool = False) -> None:
    """Write one variable; what is sealed stays sealed."""
    environment_id, service_id = scope
    known = railway.tables.first(Variable, environment_id=environment_id, service_id=service_id, name=name)
    if known:
        railway.store.change(known, value=value, is_sealed=known.is_sealed or sealed)
        return
    stamp = railway.cloud.stamp()
    row = Variable(
        **stamp, environment_id=environment_id, service_id=service_id, name=name, value=value, is_sealed=sealed
    )
    railway.store.put(row)


def own_port(railway: LocalRailway, image: str | None, name: str, value: str) -> str:
    """Return the port this machine has for a datastore where its variable names one; every other value as it is."""
    engine = rules.datastore_engine(image or "")
    is_port = engine is not None and name == PRIVATE_PORTS[engine] and value.isdecimal()
    return str(railway.cloud.machine.private_port(int(value))) if is_port else value


def delete_variable(railway: LocalRailway, scope: Scope, name: str) -> None:
    """Forget one variable; nothing happens where there is none."""
    environment_id, service_id = scope
    rows = railway.tables.where(Variable, environment_id=environment_id, service_id=service_id, name=name)
    railway.store.remove(rows)
