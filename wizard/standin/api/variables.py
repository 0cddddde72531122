"""Variables: rendered or as written, one call for many, a deployment unless the caller skips it."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import rules
from wizard.standin.state.refusals import PROBLEM, Refused
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
def variables_for_deployment(
    context: Context, projectId: str, environmentId: str, serviceId: str
) -> dict[str, str | None]:
    """Return what a local run of the service would be given; a sealed one is named and has no value."""
    _scope(context, {"projectId": projectId, "environmentId": environmentId, "serviceId": serviceId})
    renderer = _renderer(context, environmentId)
    sealed = {name: None for name, row in renderer.raw(serviceId).items() if row.is_sealed}
    return {**renderer.rendered(serviceId), **sealed}


@mutation("variableCollectionUpsert")
async def variable_collection_upsert(context: Context, input: Document) -> bool:
    """Write many variables at once; `replace` deletes the others."""
    scope = _scope(context, input)
    _check_idle(context, scope, skip=bool(input.get("skipDeploys")))
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
    _check_idle(context, scope, skip=bool(input.get("skipDeploys")))
    set_variable(context.railway, scope, input["name"], input["value"])
    await _deploy(context, scope, skip=bool(input.get("skipDeploys")))
    return True


@mutation("variableDelete")
async def variable_delete(context: Context, input: Document) -> bool:
    """Delete one variable; always deploys."""
    scope = _scope(context, input)
    _check_idle(context, scope, skip=False)
    delete_variable(context.railway, scope, input["name"])
    await _deploy(context, scope, skip=False)
    return True


@mutation("sharedVariableConfigure")
async def shared_variable_configure(context: Context, input: Document) -> Variable:
    """Give services a reference to a shared variable under its name, take it from others, and deploy both."""
    environment_id, _ = _scope(context, input)
    name = input["name"]
    shared = context.railway.tables.first(Variable, environment_id=environment_id, service_id=None, name=name)
    if shared is None:
        raise Refused(PROBLEM)
    for service_id in input["enabledServiceIds"]:
        context.instance(service_id, environment_id)
        set_variable(context.railway, (environment_id, service_id), name, "${{shared." + name + "}}")
        await _deploy(context, (environment_id, service_id), skip=False)
    for service_id in input["disabledServiceIds"]:
        context.instance(service_id, environment_id)
        delete_variable(context.railway, (environment_id, service_id), name)
        await _deploy(context, (environment_id, service_id), skip=False)
    return shared


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


def _concerned(context: Context, scope: Scope) -> list[ServiceInstance]:
    """Return the instances a variable concerns: its service's, or those that refer to a shared one."""
    environment_id, service_id = scope
    if service_id is None:
        return rules.users_of_shared(context.railway.tables, environment_id)
    return context.railway.tables.where(ServiceInstance, environment_id=environment_id, service_id=service_id)


def _check_idle(context: Context, scope: Scope, *, skip: bool) -> None:
    """Raise Refused before anything is written where a deployment would follow and may not."""
    for instance in [] if skip else _concerned(context, scope):
        context.railway.deployments.check_idle(instance)


async def _deploy(context: Context, scope: Scope, *, skip: bool) -> None:
    for instance in [] if skip else _concerned(context, scope):
        await context.railway.deployments.apply_change(instance)
