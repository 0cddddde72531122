"""Environments: list, create empty or as a copy, delete, and what is in them."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import patches, rules
from wizard.standin.state.configuration import configuration, etag
from wizard.standin.state.duplicates import duplicate, stage_duplicate
from wizard.standin.state.refusals import PROBLEM, Refused, not_authorized
from wizard.standin.state.resources import delete_environment
from wizard.standin.state.rows import (
    Deployment,
    Document,
    Environment,
    Project,
    ServiceInstance,
    Variable,
    VolumeInstance,
)


@query("environments")
def environments(context: Context, projectId: str, isEphemeral: bool | None = None, **page: Any) -> Document:  # noqa: FBT001
    """List a project's environments."""
    project = context.require(Project, projectId)
    rows = [
        row for row in context.tables.where(Environment, project_id=project.id) if context.viewer.sees(project, row.id)
    ]
    return connection([row for row in rows if isEphemeral in {None, row.is_ephemeral}], **page)


@query("environment")
def environment(context: Context, id: str, projectId: str | None = None) -> Environment:  # noqa: ARG001
    """Return an environment by id."""
    return context.require(Environment, id)


@mutation("environmentCreate")
async def environment_create(context: Context, input: Document) -> Environment:
    """Create an environment; with a source it duplicates services, variables and volumes, and deploys them."""
    project = context.require(Project, input["projectId"])
    source = context.require(Environment, input["sourceEnvironmentId"]) if input.get("sourceEnvironmentId") else None
    if source and source.project_id != project.id:
        raise not_authorized()
    _check_name(input["name"])
    context.cooldowns.enter("environment")
    created = Environment(
        **context.railway.cloud.stamp(),
        project_id=project.id,
        name=input["name"],
        is_ephemeral=bool(input.get("ephemeral")),
        source_environment_id=source.id if source else None,
    )
    context.railway.store.put(created)
    if source and input.get("stageInitialChanges"):
        stage_duplicate(context.railway, source, created)
    elif source:
        work = duplicate(context.railway, source, created, deploys=not input.get("skipInitialDeploys"))
        if input.get("applyChangesInBackground"):
            context.railway.in_background(work)
        else:
            await work
    return created


@mutation("environmentRename")
def environment_rename(context: Context, id: str, input: Document) -> Environment:
    """Rename an environment; names may repeat."""
    row = context.require(Environment, id)
    _check_name(input["name"])
    return context.railway.store.change(row, name=input["name"])


@mutation("environmentDelete")
async def environment_delete(context: Context, id: str) -> bool:
    """Delete an environment and all that runs in it."""
    await delete_environment(context.railway, context.require(Environment, id))
    return True


@mutation("environmentUnskipService")
async def environment_unskip_service(context: Context, environmentId: str, serviceId: str) -> bool:
    """Deploy a service that was never deployed here, with what it refers to as far as that was not either."""
    instance = context.instance(serviceId, environmentId)
    tables = context.railway.tables
    skipped = [
        one
        for one in rules.with_referred(tables, instance)
        if rules.newest(tables, one.service_id, environmentId) is None
    ]
    await context.railway.deployments.apply_batch(skipped)
    return True


@field("Environment", "canAccess")
def can_access(_row: Environment, _context: Context) -> bool:
    """Tell that whoever sees it may use it."""
    return True


@field("Environment", "config")
def config(row: Environment, context: Context, decryptVariables: bool | None = None) -> Document:  # noqa: FBT001
    """Return the configuration in the shape of a patch."""
    return configuration(context.tables, row, decrypted=bool(decryptVariables))


@field("Environment", "configEtag")
def config_etag(row: Environment, context: Context) -> str:
    """Return a tag that changes with the configuration."""
    return etag(context.tables, row)


@field("Environment", "unmergedChangesCount")
def unmerged_changes_count(row: Environment, context: Context) -> int:
    """Count the resources somebody staged a change of."""
    found = patches.staged(context.tables, row.id)
    return patches.change_count(found.patch) if found else 0


@field("Environment", "serviceInstances")
def environment_instances(row: Environment, context: Context, **page: Any) -> Document:
    """Return the services' instances here."""
    return connection(context.tables.where(ServiceInstance, environment_id=row.id), **page)


@field("Environment", "volumeInstances")
def environment_volumes(row: Environment, context: Context, **page: Any) -> Document:
    """Return the volumes' instances here."""
    return connection(context.listed(context.tables.where(VolumeInstance, environment_id=row.id)), **page)


@field("Environment", "variables")
def environment_variables(row: Environment, context: Context, **page: Any) -> Document:
    """Return what is known of the variables here; never a value."""
    return connection(context.tables.where(Variable, environment_id=row.id), **page)


@field("Environment", "deployments")
def environment_deployments(row: Environment, context: Context, **page: Any) -> Document:
    """Return the deployments here, newest first."""
    return connection(reversed(context.tables.where(Deployment, environment_id=row.id)), **page)


@field("Environment", "sourceEnvironment")
def source_environment(row: Environment, context: Context) -> Environment | None:
    """Return the environment this one was copied from."""
    return context.get(Environment, row.source_environment_id)


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refused(PROBLEM)
