"""Deployments: list, read, start, control."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import rules
from wizard.standin.state.fleet import engine_of
from wizard.standin.state.rows import (
    Deployment,
    DeploymentEvent,
    Document,
    Environment,
    Project,
    Service,
    ServiceDomain,
    Variable,
)
from wizard.standin.state.sockets import listening


@query("deployment")
def deployment(context: Context, id: str) -> Deployment:
    """Return a deployment by id."""
    return context.require(Deployment, id)


@query("deployments")
def deployments(context: Context, input: Document, **page: Any) -> Document:
    """List deployments, newest first, by project, environment, service and status."""
    if input.get("projectId"):
        context.require(Project, input["projectId"])
    equal = {"projectId": "project_id", "environmentId": "environment_id", "serviceId": "service_id"}
    wanted = {column: input[key] for key, column in equal.items() if input.get(key)}
    status = input.get("status") or {}
    rows = [row for row in context.tables.where(Deployment, **wanted) if _has_status(row, status)]
    return connection([row for row in reversed(rows) if _visible(context, row)], **page)


@query("deploymentEvents")
def deployment_events(context: Context, id: str, **page: Any) -> Document:
    """Return a deployment's steps, oldest first."""
    row = context.require(Deployment, id)
    return connection(context.tables.where(DeploymentEvent, deployment_id=row.id), **page)


@query("deploymentSnapshot")
def deployment_snapshot(context: Context, deploymentId: str) -> Document | None:
    """Return the variables a deployment was built and started with, no sealed ones; None before its snapshot."""
    row = context.require(Deployment, deploymentId)
    if row.snapshot_id is None:
        return None
    known = {"createdAt": row.created_at, "updatedAt": row.created_at}
    own = context.tables.where(Variable, service_id=row.service_id, environment_id=row.environment_id)
    sealed = {variable.name for variable in own if variable.is_sealed}
    shown = {name: value for name, value in row.variables.items() if name not in sealed}
    return {"id": row.snapshot_id, "variables": shown, **known}


@mutation("serviceInstanceDeployV2")
async def service_instance_deploy(
    context: Context, serviceId: str, environmentId: str, commitSha: str | None = None
) -> str:
    """Deploy a commit, or what the latest deployment had; returns the deployment's id."""
    instance = context.instance(serviceId, environmentId)
    return (await context.railway.deployments.deploy_commit(instance, commitSha)).id


@mutation("serviceInstanceRedeploy")
async def service_instance_redeploy(context: Context, serviceId: str, environmentId: str) -> bool:
    """Run the live deployment's image again."""
    await context.railway.deployments.redeploy_active(context.instance(serviceId, environmentId))
    return True


@mutation("deploymentRedeploy")
async def deployment_redeploy(
    context: Context,
    id: str,
    usePreviousImageTag: bool | None = None,  # noqa: FBT001
) -> Deployment:
    """Deploy a deployment's code again, with or without a build."""
    row = context.require(Deployment, id)
    return await context.railway.deployments.redeploy(row, same_image=bool(usePreviousImageTag))


@mutation("deploymentRestart")
async def deployment_restart(context: Context, id: str) -> bool:
    """Start the same process again."""
    await context.railway.deployments.restart(context.require(Deployment, id))
    return True


@mutation("deploymentRollback")
async def deployment_rollback(context: Context, id: str) -> bool:
    """Bring back a deployment's image and variables."""
    await context.railway.deployments.roll_back(context.require(Deployment, id))
    return True


@mutation("deploymentCancel")
async def deployment_cancel(context: Context, id: str) -> bool:
    """Abort a deployment that is not decided yet."""
    await context.railway.deployments.cancel(context.require(Deployment, id))
    return True


@mutation("deploymentStop")
async def deployment_stop(context: Context, id: str) -> bool:
    """Stop a deployment's process and keep its record."""
    await context.railway.deployments.stop(context.require(Deployment, id))
    return True


@mutation("deploymentRemove")
async def deployment_remove(context: Context, id: str) -> bool:
    """Take a deployment down."""
    await context.railway.deployments.remove(context.require(Deployment, id))
    return True


@mutation("deploymentApprove")
def deployment_approve(context: Context, id: str) -> bool:
    """Begin a deployment that waits for approval."""
    context.railway.deployments.approve(context.require(Deployment, id))
    return True


@field("Deployment", "service")
def deployment_service(row: Deployment, context: Context) -> Service:
    """Return the deployment's service."""
    return context.require(Service, row.service_id)


@field("Deployment", "environment")
def deployment_environment(row: Deployment, context: Context) -> Environment:
    """Return the deployment's environment."""
    return context.require(Environment, row.environment_id)


@field("Deployment", "canRedeploy")
def can_redeploy(row: Deployment, _context: Context) -> bool:
    """Tell whether it has a snapshot and is decided."""
    return rules.may_redeploy(row)


@field("Deployment", "canRollback")
def can_roll_back(row: Deployment, context: Context) -> bool:
    """Tell whether its image is kept."""
    return context.railway.deployments.may_roll_back(row)


@field("Deployment", "instances")
def instances(row: Deployment, _context: Context) -> list[Document]:
    """Return the replicas, once they were created."""
    return [{"id": one["id"], "status": one["status"]} for one in row.instances]


@field("Deployment", "staticUrl")
@field("Deployment", "url")
def url(row: Deployment, context: Context) -> str | None:
    """Return the instance's first public domain."""
    here = {"service_id": row.service_id, "environment_id": row.environment_id}
    domain = context.tables.first(ServiceDomain, **here)
    return domain.domain if domain else None


@field("Deployment", "suggestAddServiceDomain")
def suggest_domain(row: Deployment, context: Context) -> bool:
    """Tell whether a serving application has no public domain."""
    return row.status in rules.SERVING and engine_of(row) is None and url(row, context) is None


@field("Deployment", "sockets")
def sockets(row: Deployment, context: Context) -> list[Document]:
    """Return the ports its processes really listen on."""
    moment = int(context.railway.cloud.clock.now().timestamp())
    return [
        {"port": one.port, "ipv6": one.ipv6, "processName": one.process_name, "updatedAt": moment}
        for one in listening(context.railway.fleet.pids(row.id))
    ]


def _has_status(row: Deployment, status: Document) -> bool:
    chosen, excluded = status.get("in"), status.get("notIn")
    return (chosen is None or row.status in chosen) and (excluded is None or row.status not in excluded)


def _visible(context: Context, row: Deployment) -> bool:
    project = context.get(Project, row.project_id)
    return project is not None and context.viewer.sees(project, row.environment_id)
