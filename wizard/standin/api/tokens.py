"""Tokens made through the API: for CI of one environment, for a workspace, for the account."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.credentials import digest, display
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state.records import ApiToken
from wizard.standin.state.refusals import PROBLEM, PROJECT_TOKEN_NOT_FOUND, Refused, not_authorized
from wizard.standin.state.rows import Document, Environment, Project, ProjectToken, Workspace


@query("apiToken")
def api_token(context: Context) -> Document:
    """Name the workspaces a token sees; a project token sees none this way."""
    return {"workspaces": [context.railway.workspace]}


@query("apiTokens")
def api_tokens(context: Context, **page: Any) -> Document:
    """List the account's tokens, their secrets never again."""
    return connection(context.tables.all(ApiToken), **page)


@mutation("apiTokenCreate")
def api_token_create(context: Context, input: Document) -> str:
    """Make a Bearer token: a workspace's where it names one, else the account's; the answer alone shows it."""
    workspace_id = input.get("workspaceId")
    if workspace_id and context.get(Workspace, workspace_id) is None:
        raise not_authorized()
    token = str(uuid.uuid4())
    told = {"name": input["name"], "digest": digest(token), "display_token": display(token)}
    context.railway.store.put(ApiToken(**context.railway.cloud.stamp(), **told, workspace_id=workspace_id))
    return token


@mutation("apiTokenDelete")
def api_token_delete(context: Context, id: str) -> bool:
    """Revoke a Bearer token."""
    row = context.get(ApiToken, id)
    if row is None:
        raise not_authorized()
    context.railway.store.remove([row])
    return True


@query("projectToken")
def project_token(context: Context) -> ProjectToken:
    """Return the project token that asks."""
    found = context.railway.tables.first(ProjectToken, digest=context.viewer.key)
    if found is None:
        raise Refused(PROJECT_TOKEN_NOT_FOUND)
    return found


@query("projectTokens")
def project_tokens(context: Context, projectId: str, **page: Any) -> Document:
    """List a project's tokens, their secrets never again."""
    row = context.require(Project, projectId)
    return connection(context.tables.where(ProjectToken, project_id=row.id), **page)


@mutation("projectTokenCreate")
def project_token_create(context: Context, input: Document) -> str:
    """Make a token for one environment; this answer is the only one that shows it."""
    row = context.require(Project, input["projectId"])
    environment = context.require(Environment, input["environmentId"])
    if environment.project_id != row.id:
        raise Refused(PROBLEM)
    token = secrets.token_hex(16)
    stored = ProjectToken(
        **context.railway.cloud.stamp(),
        project_id=row.id,
        environment_id=environment.id,
        name=input["name"],
        digest=digest(token),
        display_token=display(token),
    )
    context.railway.store.put(stored)
    return token


@mutation("projectTokenDelete")
def project_token_delete(context: Context, id: str) -> bool:
    """Revoke a project token; whoever holds it is unknown from now on."""
    context.railway.store.remove([context.require(ProjectToken, id)])
    return True


@field("ProjectToken", "project")
def token_project(row: ProjectToken, context: Context) -> Project:
    """Return the token's project."""
    return context.require(Project, row.project_id)


@field("ProjectToken", "environment")
def token_environment(row: ProjectToken, context: Context) -> Environment:
    """Return the token's environment."""
    return context.require(Environment, row.environment_id)
