"""Triggers of deployment on push: one for each instance that is connected and has it on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field
from wizard.standin.state.rows import Document, Environment, Project, Service, ServiceInstance


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


def _triggers(project_id: str, instances: Iterable[ServiceInstance]) -> list[Document]:
    return [
        {
            "id": f"trigger-{one.id}",
            "projectId": project_id,
            "environmentId": one.environment_id,
            "serviceId": one.service_id,
            "provider": "github",
            "repository": one.repo,
            "branch": one.branch,
            "checkSuites": False,
            "validCheckSuites": 0,
        }
        for one in instances
        if one.repo and one.branch and one.auto_deploy
    ]
