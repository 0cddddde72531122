"""Services and their settings: create, connect, configure, read back."""

from __future__ import annotations

import re
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import names, rules
from wizard.standin.state.instance_settings import checked, connected
from wizard.standin.state.refusals import Refused, name_taken
from wizard.standin.state.resources import (
    check_service_room,
    create_instances,
    create_service,
    delete_service,
    environments_touched,
    set_variable,
)
from wizard.standin.state.rows import (
    CustomDomain,
    Deployment,
    Document,
    Environment,
    Project,
    Service,
    ServiceDomain,
    ServiceInstance,
)

_LONGEST_NAME = 32


@query("service")
def service(context: Context, id: str) -> Service:
    """Return a service by id."""
    return context.require(Service, id)


@query("serviceInstance")
def service_instance(context: Context, serviceId: str, environmentId: str) -> ServiceInstance:
    """Return a service's instance in an environment."""
    return context.instance(serviceId, environmentId)


@query("serviceInstanceIsUpdatable")
def service_instance_is_updatable(context: Context, serviceId: str, environmentId: str) -> bool:
    """Tell whether there is a source a newer version could come from."""
    return is_updatable(context.instance(serviceId, environmentId), context)


@mutation("serviceCreate")
async def service_create(context: Context, input: Document) -> Service:
    """Create a service in every environment that is no fork; with a source it deploys at once from its root."""
    project = context.require(Project, input["projectId"])
    if input.get("environmentId"):
        context.require(Environment, input["environmentId"])
    check_service_room(context.railway, project)
    created = create_service(context.railway, project, _checked_name(input.get("name") or names.words()))
    created = context.railway.store.change(created, icon=input.get("icon"))
    touched = environments_touched(context.railway, project.id, input.get("environmentId"))
    where = [one for one in touched if context.viewer.sees(project, one.id)]
    for instance in create_instances(context.railway, created, where):
        for key, value in (input.get("variables") or {}).items():
            set_variable(context.railway, (instance.environment_id, created.id), key, str(value))
        if input.get("source"):
            await _connect(context, instance, {**input["source"], "branch": input.get("branch")})
    return created


@mutation("serviceUpdate")
def service_update(context: Context, id: str, input: Document) -> Service:
    """Rename a service or change its icon."""
    row = context.require(Service, id)
    changes = {key: input[key] for key in ("name", "icon") if input.get(key) is not None}
    if "name" in changes and changes["name"] != row.name:
        _checked_name(changes["name"])
        if context.railway.tables.first(Service, project_id=row.project_id, name=changes["name"]):
            raise name_taken(changes["name"])
    return context.railway.store.change(row, **changes)


@mutation("serviceDelete")
async def service_delete(context: Context, id: str, environmentId: str | None = None) -> bool:
    """Delete a service: in a fork alone, or everywhere."""
    row = context.require(Service, id)
    where = context.railway.tables.where(Environment, project_id=row.project_id)
    if environmentId:
        asked = context.require(Environment, environmentId)
        where = [asked] if asked.is_ephemeral else where
    project = context.require(Project, row.project_id)
    await delete_service(context.railway, row, [one for one in where if context.viewer.sees(project, one.id)])
    return True


@mutation("serviceConnect")
async def service_connect(context: Context, id: str, input: Document) -> Service:
    """Attach a repository or an image in every environment that is no fork, and deploy it."""
    row = context.require(Service, id)
    for environment in environments_touched(context.railway, row.project_id, None):
        instance = context.railway.tables.first(ServiceInstance, service_id=row.id, environment_id=environment.id)
        if instance:
            await _connect(context, instance, input)
    return row


@mutation("serviceDisconnect")
def service_disconnect(context: Context, id: str) -> Service:
    """Detach the source; what runs keeps running."""
    row = context.require(Service, id)
    for instance in context.railway.tables.where(ServiceInstance, service_id=row.id):
        context.railway.store.change(instance, repo=None, branch=None, image=None, auto_deploy=False)
    return row


@mutation("serviceInstanceUpdate")
async def service_instance_update(
    context: Context, serviceId: str, input: Document, environmentId: str | None = None
) -> bool:
    """Write the settings given, deploy nothing; true without effect where the instance does not exist."""
    row = context.require(Service, serviceId)
    changes = checked({_column(key): value for key, value in input.items()}, context.railway.cloud.settings.limits)
    if environmentId:
        context.require(Environment, environmentId)
        where = [environmentId]
    else:
        where = [one.id for one in environments_touched(context.railway, row.project_id, None)]
    for environment_id in where:
        instance = context.railway.tables.first(ServiceInstance, service_id=row.id, environment_id=environment_id)
        if instance:
            context.railway.deployments.check_idle(instance)
            context.railway.store.change(instance, **changes, **await _source(context, instance, input))
    return True


@query("serviceInstanceAutoDeployStatus")
def auto_deploy_status(context: Context, projectId: str, environmentId: str, serviceId: str) -> Document:
    """Tell whether a push deploys, and why not."""
    context.require(Project, projectId)
    instance = context.instance(serviceId, environmentId)
    reason = _no_pushes(context, instance)
    return {"enabled": instance.auto_deploy and reason is None, "canEnable": reason is None, "reason": reason}


@mutation("serviceInstanceAutoDeployUpdate")
def auto_deploy_update(context: Context, input: Document) -> Document:
    """Switch push-to-deploy on or off."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    reason = _no_pushes(context, instance) if input["enabled"] else None
    if reason:
        raise Refused(reason)
    context.railway.store.change(instance, auto_deploy=input["enabled"])
    return {"enabled": input["enabled"]}


def _no_pushes(context: Context, instance: ServiceInstance) -> str | None:
    """Return why no push can reach an instance, None when one can."""
    known = context.railway.cloud.repositories.get(instance.repo) if instance.repo else None
    if known is None:
        return "Service is not connected to a repository"
    return None if known.app_installed else "The GitHub App is not installed on this repository"


@field("Service", "project")
def service_project(row: Service, context: Context) -> Project:
    """Return the service's project."""
    return context.require(Project, row.project_id)


@field("Service", "serviceInstances")
def service_instances(row: Service, context: Context, **page: Any) -> Document:
    """Return the service's instances in the environments the credential sees."""
    project = context.require(Project, row.project_id)
    rows = context.tables.where(ServiceInstance, service_id=row.id)
    return connection([one for one in rows if context.viewer.sees(project, one.environment_id)], **page)


@field("Service", "deployments")
def service_deployments(row: Service, context: Context, **page: Any) -> Document:
    """Return the service's deployments, newest first."""
    project = context.require(Project, row.project_id)
    rows = context.tables.where(Deployment, service_id=row.id)
    return connection([one for one in reversed(rows) if context.viewer.sees(project, one.environment_id)], **page)


@field("ServiceInstance", "service")
def instance_service(row: ServiceInstance, context: Context) -> Service:
    """Return the instance's service."""
    return context.require(Service, row.service_id)


@field("ServiceInstance", "serviceName")
def service_name(row: ServiceInstance, context: Context) -> str:
    """Return the instance's service's name."""
    return context.require(Service, row.service_id).name


@field("ServiceInstance", "builder")
def builder(row: ServiceInstance, _context: Context) -> str:
    """Return the builder; a configuration may name Dockerfile, for which this field has no word."""
    return "RAILPACK" if row.builder == "DOCKERFILE" else row.builder


@field("ServiceInstance", "source")
def source(row: ServiceInstance, _context: Context) -> Document | None:
    """Return the connected repository or image."""
    return {"repo": row.repo, "image": row.image} if row.repo or row.image else None


@field("ServiceInstance", "isUpdatable")
def is_updatable(row: ServiceInstance, _context: Context) -> bool:
    """Tell whether there is a source a newer version could come from."""
    return bool(row.repo or row.image)


@field("ServiceInstance", "latestDeployment")
def latest_deployment(row: ServiceInstance, context: Context) -> Deployment | None:
    """Return the newest deployment, whatever became of it."""
    return rules.newest(context.tables, row.service_id, row.environment_id)


@field("ServiceInstance", "activeDeployments")
def active_deployments(row: ServiceInstance, context: Context) -> list[Deployment]:
    """Return the deployments that really serve."""
    return rules.active(context.tables, row.service_id, row.environment_id)


@field("ServiceInstance", "domains")
def instance_domains(row: ServiceInstance, context: Context) -> Document:
    """Return the instance's public domains."""
    here = {"service_id": row.service_id, "environment_id": row.environment_id}
    return {
        "serviceDomains": context.tables.where(ServiceDomain, **here),
        "customDomains": context.tables.where(CustomDomain, **here),
    }


async def _connect(context: Context, instance: ServiceInstance, given: Document) -> None:
    changes = await connected(context.railway.cloud.repositories, given)
    await context.railway.deployments.deploy_source(context.railway.store.change(instance, **changes))


async def _source(context: Context, instance: ServiceInstance, input_: Document) -> Document:
    """Return what another source changes; the same one keeps its branch and its trigger."""
    given = input_.get("source") or {}
    if "source" not in input_ or (
        given and given.get("repo") == instance.repo and given.get("image") == instance.image
    ):
        return {}
    return await connected(context.railway.cloud.repositories, given)


def _column(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: f"_{match[1].lower()}", name)


def _checked_name(name: str) -> str:
    if not 0 < len(name) <= _LONGEST_NAME:
        raise Refused(f"Service name must be at most {_LONGEST_NAME} characters")
    return name
