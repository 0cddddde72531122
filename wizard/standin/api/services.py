"""Services and their settings: create, connect, configure, read back."""

from __future__ import annotations

import re
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import names, rules
from wizard.standin.state.refusals import (
    CONFIG_AS_CODE,
    PLAN_LIMIT,
    PRE_DEPLOY_COMMAND,
    PROBLEM,
    Refused,
    name_taken,
)
from wizard.standin.state.resources import (
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
_DEFAULTS: Document = {
    "builder": "RAILPACK",
    "restart_policy_type": "ON_FAILURE",
    "restart_policy_max_retries": 10,
    "watch_patterns": [],
}
"""What an explicit null writes where an instance cannot hold one."""


@query("service")
def service(context: Context, id: str) -> Service:
    """Return a service by id."""
    return context.require(Service, id)


@query("serviceInstance")
def service_instance(context: Context, serviceId: str, environmentId: str) -> ServiceInstance:
    """Return a service's instance in an environment."""
    return context.instance(serviceId, environmentId)


@query("serviceInstanceLimits")
def service_instance_limits(context: Context, serviceId: str, environmentId: str) -> Document:
    """Return the container's caps: those of the plan."""
    context.instance(serviceId, environmentId)
    limits = context.railway.cloud.settings.limits
    return {"containers": {"cpu": limits.vcpus, "memoryBytes": int(limits.memory_gb * 1_000_000_000)}}


@mutation("serviceCreate")
async def service_create(context: Context, input: Document) -> Service:
    """Create a service in every environment that is no fork; with a source it deploys at once from its root."""
    project = context.require(Project, input["projectId"])
    if input.get("environmentId"):
        context.require(Environment, input["environmentId"])
    _check_room(context, project)
    created = create_service(context.railway, project, _checked_name(input.get("name") or names.words()))
    created = context.railway.store.change(created, icon=input.get("icon"))
    where = environments_touched(context.railway, project.id, input.get("environmentId"))
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
    await delete_service(context.railway, row, where)
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
def service_instance_update(
    context: Context, serviceId: str, input: Document, environmentId: str | None = None
) -> bool:
    """Write the settings given, deploy nothing; true without effect where the instance does not exist."""
    row = context.require(Service, serviceId)
    changes = _settings(context, input)
    if environmentId:
        context.require(Environment, environmentId)
        where = [environmentId]
    else:
        where = [one.id for one in environments_touched(context.railway, row.project_id, None)]
    for environment_id in where:
        instance = context.railway.tables.first(ServiceInstance, service_id=row.id, environment_id=environment_id)
        if instance:
            context.railway.store.change(instance, **changes)
    return True


@query("serviceInstanceAutoDeployStatus")
def auto_deploy_status(context: Context, projectId: str, environmentId: str, serviceId: str) -> Document:
    """Tell whether a push deploys, and why not."""
    context.require(Project, projectId)
    instance = context.instance(serviceId, environmentId)
    known = context.railway.cloud.repositories.get(instance.repo) if instance.repo else None
    if known is None:
        return {"enabled": False, "canEnable": False, "reason": "Service is not connected to a repository"}
    if not known.app_installed:
        return {"enabled": False, "canEnable": False, "reason": "The GitHub App is not installed on this repository"}
    return {"enabled": instance.auto_deploy, "canEnable": True, "reason": None}


@mutation("serviceInstanceAutoDeployUpdate")
def auto_deploy_update(context: Context, input: Document) -> Document:
    """Switch push-to-deploy on or off."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    if not instance.repo:
        raise Refused(PROBLEM)
    context.railway.store.change(instance, auto_deploy=input["enabled"])
    return {"enabled": input["enabled"]}


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
    repo, image = given.get("repo"), given.get("image")
    known = context.railway.cloud.repositories.get(repo) if repo else None
    if repo and known is None:
        raise Refused("Repository not found or not accessible")
    branch = given.get("branch") or (await context.railway.cloud.repositories.default_branch(repo) if repo else None)
    pushed = bool(known and known.app_installed)
    changes = {"repo": repo, "branch": branch, "image": image, "auto_deploy": pushed}
    await context.railway.deployments.deploy_source(context.railway.store.change(instance, **changes))


def _settings(context: Context, input_: Document) -> Document:
    if input_.get("railwayConfigFile"):
        raise Refused(CONFIG_AS_CODE)
    if len(input_.get("preDeployCommand") or []) > 1:
        raise Refused(PRE_DEPLOY_COMMAND)
    if (input_.get("numReplicas") or 0) > context.railway.cloud.settings.limits.replicas:
        raise Refused(PLAN_LIMIT)
    columns = {_column(key): value for key, value in input_.items()}
    changes = {key: value for key, value in columns.items() if key in rules.SETTINGS}
    if "source" in columns:
        changes |= {key: (columns["source"] or {}).get(key) for key in ("repo", "image")}
    return {key: _DEFAULTS.get(key) if value is None else value for key, value in changes.items()}


def _column(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: f"_{match[1].lower()}", name)


def _checked_name(name: str) -> str:
    if not 0 < len(name) <= _LONGEST_NAME:
        raise Refused(f"Service name must be at most {_LONGEST_NAME} characters")
    return name


def _check_room(context: Context, project: Project) -> None:
    limit = context.railway.cloud.settings.limits.services_per_project
    if limit is not None and len(context.railway.tables.where(Service, project_id=project.id)) >= limit:
        raise Refused(PLAN_LIMIT)
