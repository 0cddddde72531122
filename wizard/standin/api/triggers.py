"""Triggers of deployment on push: one for each instance that is connected and has it on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state.instance_settings import connected
from wizard.standin.state.refusals import PROBLEM, Refused, not_authorized
from wizard.standin.state.rows import Document, Environment, Project, Service, ServiceInstance

_PREFIX = "trigger-"


@query("deploymentTriggers")
def deployment_triggers(context: Context, projectId: str, environmentId: str, serviceId: str, **page: Any) -> Document:
    """Return the triggers of a service in an environment: one, or none."""
    project = context.require(Project, projectId)
    return connection(_triggers(project.id, [context.instance(serviceId, environmentId)]), **page)


@mutation("deploymentTriggerCreate")
async def deployment_trigger_create(context: Context, input: Document) -> Document:
    """Connect an instance to a branch and deploy its pushes; starts nothing now. An instance has at most one."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    if instance.repo and instance.auto_deploy:
        raise Refused(PROBLEM)
    given = {"repo": input["repository"], "branch": input["branch"]}
    changes = {**await connected(context.railway.cloud.repositories, given), "auto_deploy": True}
    if input.get("rootDirectory") is not None:
        changes["root_directory"] = input["rootDirectory"]
    changed = context.railway.store.change(instance, **changes, check_suites=bool(input.get("checkSuites")))
    return _triggers(input["projectId"], [changed])[0]


@mutation("deploymentTriggerUpdate")
async def deployment_trigger_update(context: Context, id: str, input: Document) -> Document:
    """Change the branch or the repository; one that carries a root directory cannot be processed."""
    instance = _instance(context, id)
    if input.get("rootDirectory") is not None:
        raise Refused(PROBLEM)
    given = {"repo": input.get("repository") or instance.repo, "branch": input.get("branch") or instance.branch}
    changes = {**await connected(context.railway.cloud.repositories, given), "auto_deploy": True}
    if input.get("checkSuites") is not None:
        changes["check_suites"] = input["checkSuites"]
    changed = context.railway.store.change(instance, **changes)
    service = context.require(Service, changed.service_id)
    return _triggers(service.project_id, [changed])[0]


@mutation("deploymentTriggerDelete")
def deployment_trigger_delete(context: Context, id: str) -> bool:
    """Let pushes deploy no more; the source stays connected."""
    context.railway.store.change(_instance(context, id), auto_deploy=False, check_suites=False)
    return True


@mutation("serviceInstanceDeploy")
async def service_instance_deploy(
    context: Context,
    serviceId: str,
    environmentId: str,
    commitSha: str | None = None,
    latestCommit: bool | None = None,  # noqa: FBT001
) -> bool:
    """Deploy a commit, the head of the branch, or what the latest deployment had."""
    instance = context.instance(serviceId, environmentId)
    if latestCommit and not commitSha and instance.repo:
        await context.railway.deployments.deploy_head(instance)
    else:
        await context.railway.deployments.deploy_commit(instance, commitSha)
    return True


@mutation("environmentTriggersDeploy")
async def environment_triggers_deploy(context: Context, input: Document) -> bool:
    """Deploy the head of the service's branch, as its trigger would."""
    context.require(Project, input["projectId"])
    await context.railway.deployments.deploy_head(context.instance(input["serviceId"], input["environmentId"]))
    return True


@field("Environment", "deploymentTriggers")
def environment_triggers(row: Environment, context: Context, **page: Any) -> Document:
    """Return the triggers of an environment."""
    return connection(_triggers(row.project_id, context.tables.where(ServiceInstance, environment_id=row.id)), **page)


@field("Project", "deploymentTriggers")
def project_triggers(row: Project, context: Context, **page: Any) -> Document:
    """Return the triggers of a project in the environments the credential sees."""
    services = context.tables.where(Service, project_id=row.id)
    found = [one for service in services for one in _of_service(context, row, service)]
    return connection(found, **page)


@field("Service", "repoTriggers")
def service_triggers(row: Service, context: Context, **page: Any) -> Document:
    """Return the triggers of a service in the environments the credential sees."""
    project = context.require(Project, row.project_id)
    return connection(_of_service(context, project, row), **page)


def _of_service(context: Context, project: Project, service: Service) -> list[Document]:
    instances = context.tables.where(ServiceInstance, service_id=service.id)
    return _triggers(project.id, [one for one in instances if context.viewer.sees(project, one.environment_id)])


def _instance(context: Context, trigger_id: str) -> ServiceInstance:
    """Return the instance behind a trigger's id; one without a trigger is as unknown as another's."""
    instance = context.require(ServiceInstance, trigger_id.removeprefix(_PREFIX))
    if not (instance.repo and instance.auto_deploy):
        raise not_authorized()
    return instance


def _triggers(project_id: str, instances: Iterable[ServiceInstance]) -> list[Document]:
    return [
        {
            "id": f"{_PREFIX}{one.id}",
            "projectId": project_id,
            "environmentId": one.environment_id,
            "serviceId": one.service_id,
            "provider": "github",
            "repository": one.repo,
            "branch": one.branch,
            "checkSuites": one.check_suites,
            "validCheckSuites": 0,
        }
        for one in instances
        if one.repo and one.branch and one.auto_deploy
    ]
