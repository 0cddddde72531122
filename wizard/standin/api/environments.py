"""Environments: list, create empty or as a copy, delete, and what is in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import patches
from wizard.standin.state.fleet import PRIVATE_PORTS
from wizard.standin.state.resources import delete_environment, set_variable
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
    context.cooldowns.enter("environment")
    created = Environment(
        **context.railway.cloud.stamp(),
        project_id=project.id,
        name=input["name"],
        is_ephemeral=bool(input.get("ephemeral")),
        source_environment_id=source.id if source else None,
    )
    context.railway.store.put(created)
    if source:
        await _duplicate(context, source, created, deploys=not input.get("skipInitialDeploys"))
    return created


@mutation("environmentDelete")
async def environment_delete(context: Context, id: str) -> bool:
    """Delete an environment and all that runs in it."""
    await delete_environment(context.railway, context.require(Environment, id))
    return True


async def _duplicate(context: Context, source: Environment, copy: Environment, *, deploys: bool) -> None:
    store, tables, machine = context.railway.store, context.railway.tables, context.railway.cloud.machine
    for variable in tables.where(Variable, environment_id=source.id):
        scope = (copy.id, variable.service_id)
        own_port = variable.name in PRIVATE_PORTS.values()
        value = str(machine.private_port(int(variable.value))) if own_port else variable.value
        set_variable(context.railway, scope, variable.name, value, sealed=variable.is_sealed)
    for mount in tables.where(VolumeInstance, environment_id=source.id):
        store.put(replace(mount, **context.railway.cloud.stamp(), environment_id=copy.id))
    copies = [
        store.put(replace(instance, **context.railway.cloud.stamp(), environment_id=copy.id))
        for instance in tables.where(ServiceInstance, environment_id=source.id)
    ]
    if deploys:
        await context.railway.deployments.apply_batch(copies)


@field("Environment", "canAccess")
def can_access(_row: Environment, _context: Context) -> bool:
    """Tell that whoever sees it may use it."""
    return True


@field("Environment", "config")
def config(row: Environment, context: Context, decryptVariables: bool | None = None) -> Document:  # noqa: FBT001
    """Return the configuration in the shape of a patch."""
    return patches.configuration(context.tables, row, decrypted=bool(decryptVariables))


@field("Environment", "configEtag")
def config_etag(row: Environment, context: Context) -> str:
    """Return a tag that changes with the configuration."""
    return patches.etag(context.tables, row)


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
    return connection(context.tables.where(VolumeInstance, environment_id=row.id), **page)


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
