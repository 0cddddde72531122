"""Projects: list, create, change, delete at once or in 48 hours; project tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.identity import USER
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state.refusals import Refused, not_authorized
from wizard.standin.state.resources import create_project, delete_project
from wizard.standin.state.rows import (
    Deployment,
    Document,
    Environment,
    Project,
    Service,
    Volume,
    Workspace,
)

_GRACE = timedelta(hours=48)
_LONGEST_NAME = 64
_CHANGEABLE = {
    "name": "name",
    "description": "description",
    "isPublic": "is_public",
    "prDeploys": "pr_deploys",
    "botPrEnvironments": "bot_pr_environments",
    "focusedPrEnvironments": "focused_pr_environments",
    "baseEnvironmentId": "base_environment_id",
}
_ORDERS = {
    "CREATED_AT_DESC": (lambda row: row.created_at, True),
    "UPDATED_AT_DESC": (lambda row: row.updated_at, True),
    "NAME_ASC": (lambda row: row.name, False),
}


@query("project")
def project(context: Context, id: str) -> Project:
    """Return a project by id."""
    return context.require(Project, id)


@query("projects")
def projects(context: Context, **arguments: Any) -> Document:
    """List projects, newest first; one scheduled for deletion is listed with its `deletedAt` unless refused."""
    rows = context.tables.all(Project)
    if arguments.get("includeDeleted") is False:
        rows = [row for row in rows if row.deleted_at is None]
    if arguments.get("workspaceId"):
        rows = [row for row in rows if row.workspace_id == arguments["workspaceId"]]
    key, backwards = _ORDERS[arguments.get("orderBy") or "CREATED_AT_DESC"]
    return connection(sorted(rows, key=key, reverse=backwards), **arguments)


@mutation("projectCreate")
def project_create(context: Context, input: Document) -> Project:
    """Create a project and its default environment; names may repeat."""
    if input.get("workspaceId") and context.get(Workspace, input["workspaceId"]) is None:
        raise not_authorized()
    _check_name(input.get("name"))
    context.cooldowns.enter("project")
    created = create_project(context.railway, input.get("name"), input.get("defaultEnvironmentName"))
    return context.railway.store.change(created, **_columns(input))


@mutation("projectUpdate")
def project_update(context: Context, id: str, input: Document) -> Project:
    """Change a project's name, description and flags."""
    row = context.require(Project, id)
    _check_name(input.get("name"))
    return context.railway.store.change(row, **_columns(input))


@mutation("projectScheduleDelete")
def project_schedule_delete(context: Context, id: str) -> bool:
    """Schedule a project's deletion: it stays listed with `deletedAt` for 48 hours."""
    row = context.require(Project, id)
    if row.deleted_at is None:
        context.railway.store.change(row, deleted_at=context.railway.cloud.clock.now() + _GRACE)
    return True


@mutation("projectScheduleDeleteCancel")
def project_schedule_delete_cancel(context: Context, id: str) -> bool:
    """Undo a scheduled deletion."""
    context.railway.store.change(context.require(Project, id), deleted_at=None)
    return True


@mutation("projectScheduleDeleteForce")
@mutation("projectDelete")
async def project_delete(context: Context, id: str) -> bool:
    """Delete a project now."""
    await delete_project(context.railway, context.require(Project, id))
    return True


@field("Project", "environments")
def project_environments(row: Project, context: Context, isEphemeral: bool | None = None, **page: Any) -> Document:  # noqa: FBT001
    """Return the project's environments."""
    rows = context.tables.where(Environment, project_id=row.id)
    rows = [one for one in rows if context.viewer.sees(row, one.id)]
    return connection([one for one in rows if isEphemeral in {None, one.is_ephemeral}], **page)


@field("Project", "services")
def project_services(row: Project, context: Context, **page: Any) -> Document:
    """Return the project's services."""
    return connection(context.tables.where(Service, project_id=row.id), **page)


@field("Project", "volumes")
def project_volumes(row: Project, context: Context, **page: Any) -> Document:
    """Return the project's volumes."""
    return connection(context.listed(context.tables.where(Volume, project_id=row.id)), **page)


@field("Project", "deployments")
def project_deployments(row: Project, context: Context, **page: Any) -> Document:
    """Return the project's deployments, newest first."""
    rows = context.tables.where(Deployment, project_id=row.id)
    return connection([one for one in reversed(rows) if context.viewer.sees(row, one.environment_id)], **page)


@field("Project", "baseEnvironment")
def base_environment(row: Project, context: Context) -> Environment | None:
    """Return the default environment."""
    return context.get(Environment, row.base_environment_id)


@field("Project", "primaryEnvironmentId")
def primary_environment_id(row: Project, _context: Context) -> str | None:
    """Return the default environment's id."""
    return row.base_environment_id


@field("Project", "workspace")
def project_workspace(row: Project, context: Context) -> Workspace | None:
    """Return the workspace that pays for the project."""
    return context.get(Workspace, row.workspace_id)


@field("Project", "subscriptionType")
def subscription_type(_row: Project, context: Context) -> str:
    """Return the plan in the words of this field."""
    return context.railway.cloud.settings.plan.value


@query("projectMembers")
def project_members(context: Context, projectId: str) -> list[Document]:
    """Return who belongs to a project: the one account."""
    return members(context.require(Project, projectId), context)


@field("Project", "members")
def members(_row: Project, _context: Context) -> list[Document]:
    """Return the one account, which owns everything."""
    return [{**{key: USER[key] for key in ("id", "name", "email")}, "role": "ADMIN"}]


def _columns(input_: Document) -> Document:
    given = {column: input_[key] for key, column in _CHANGEABLE.items() if key in input_}
    return {column: value for column, value in given.items() if value is not None or column == "description"}


def _check_name(name: str | None) -> None:
    if name is not None and not 0 < len(name.strip()) <= _LONGEST_NAME:
        raise Refused("Invalid project name")
