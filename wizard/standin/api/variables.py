"""Variables: rendered or as written, one call for many, a deployment unless the caller skips it."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state.rendering import Renderer, references
from wizard.standin.state.resources import Scope, delete_variable, set_variable
from wizard.standin.state.rows import Document, Environment, Project, Service, ServiceInstance, Variable


@query("variables")
def variables(
    context: Context,
    projectId: str,
    environmentId: str,
    serviceId: str | None = None,
    unrendered: bool | None = None,  # noqa: FBT001
) -> dict[str, str]:
    """Return a service's variables, or the shared ones without a service; sealed ones are absent."""
    environment_id, service_id = _scope(
        context, {"projectId": projectId, "environmentId": environmentId, "serviceId": serviceId}
    )
    renderer = _renderer(context, environment_id)
    return renderer.unrendered(service_id) if unrendered else renderer.rendered(service_id)


@query("variablesForServiceDeployment")
def variables_for_deployment(context: Context, projectId: str, environmentId: str, serviceId: str) -> dict[str, str]:
    """Return what a local run of the service would be given."""
    _scope(context, {"projectId": projectId, "environmentId": environmentId, "serviceId": serviceId})
    return _renderer(context, environmentId).rendered(serviceId)


@mutation("variableCollectionUpsert")
async def variable_collection_upsert(context: Context, input: Document) -> bool:
    """Write many variables at once; `replace` deletes the others."""
    scope = _scope(context, input)
    given: dict[str, Any] = input["variables"]
    if input.get("replace"):
        for name in set(_renderer(context, scope[0]).raw(scope[1])) - set(given):
            delete_variable(context.railway, scope, name)
    for name, value in given.items():
        set_variable(context.railway, scope, name, "" if value is None else str(value))
    await _deploy(context, scope, skip=bool(input.get("skipDeploys")))
    return True


@mutation("variableUpsert")
async def variable_upsert(context: Context, input: Document) -> bool:
    """Write one variable."""
    scope = _scope(context, input)
    set_variable(context.railway, scope, input["name"], input["value"])
    await _deploy(context, scope, skip=bool(input.get("skipDeploys")))
    return True


@mutation("variableDelete")
async def variable_delete(context: Context, input: Document) -> bool:
    """Delete one variable; always deploys."""
    scope = _scope(context, input)
    delete_variable(context.railway, scope, input["name"])
    await _deploy(context, scope, skip=False)
    return True


@field("Variable", "references")
def variable_references(row: Variable, _context: Context) -> list[str]:
    """Name what the value refers to."""
    return references(row.value)


@field("Variable", "service")
def variable_service(row: Variable, context: Context) -> Service:
    """Return the variable's service."""
    return context.require(Service, row.service_id)


@field("Variable", "environment")
def variable_environment(row: Variable, context: Context) -> Environment:
    """Return the variable's environment."""
    return context.require(Environment, row.environment_id)


def _renderer(context: Context, environment_id: str) -> Renderer:
    return Renderer(context.tables, environment_id, context.railway.cloud.machine.private_host)


def _scope(context: Context, given: Document) -> Scope:
    context.require(Project, given["projectId"])
    environment = context.require(Environment, given["environmentId"])
    if given.get("serviceId"):
        context.instance(given["serviceId"], environment.id)
    return environment.id, given.get("serviceId")


async def _deploy(context: Context, scope: Scope, *, skip: bool) -> None:
    """Deploy the service; a shared variable concerns the services that refer to it."""
    if skip:
        return
    environment_id, service_id = scope
    for instance in context.railway.tables.where(ServiceInstance, environment_id=environment_id):
        if service_id == instance.service_id or (service_id is None and _uses_shared(context, instance)):
            await context.railway.deployments.apply_change(instance)


def _uses_shared(context: Context, instance: ServiceInstance) -> bool:
    rows = context.railway.tables.where(
        Variable, environment_id=instance.environment_id, service_id=instance.service_id
    )
    return any(name.startswith("shared.") for row in rows for name in references(row.value))
