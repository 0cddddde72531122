"""Who am I, which workspace, what may I do: identity, plan, credit, permissions, platform status, regions."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.credentials import Kind
from wizard.standin.api.permissions import needs_two_factor
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state.refusals import not_authorized
from wizard.standin.state.rows import (
    Deployment,
    Document,
    Project,
    Workspace,
)

USER = {
    "id": "00000000-0000-4000-8000-000000000001",
    "name": "Local Operator",
    "email": "operator@railway.localhost",
    "username": "operator",
    "registrationStatus": "ONBOARDED",
    "isVerified": True,
    "agreedFairUse": True,
}
"""The one person of the stand-in."""
_REGIONS = (
    ("us-west2", "sfo", "US West (California)", "US", "California"),
    ("us-east4-eqdc4a", "iad", "US East (Virginia)", "US", "Virginia"),
    ("europe-west4-drams3a", "ams", "EU West (Amsterdam)", "NL", "Amsterdam"),
    ("asia-southeast1-eqsg3a", "sin", "Southeast Asia (Singapore)", "SG", "Singapore"),
)
_BILLING_DAYS = 30


@query("me")
def me(context: Context) -> Document:
    """Return the account; only an account token has one."""
    return {**USER, "createdAt": context.railway.workspace.created_at, "lastLogin": context.railway.cloud.clock.now()}


@field("User", "workspaces")
def user_workspaces(_user: Document, context: Context) -> list[Workspace]:
    """Return the workspaces the account is a member of."""
    return [context.railway.workspace]


@field("User", "apiTokenRateLimit")
@field("Workspace", "apiTokenRateLimit")
def rate_limit(_owner: object, context: Context) -> Document:
    """Return what the asking token has left."""
    left = context.budget.left(context.viewer.key)
    return {"remainingPoints": left.remaining, "resetsAt": left.resets_at.isoformat()}


@query("workspace")
def workspace(context: Context, workspaceId: str) -> Workspace:
    """Return a workspace by id."""
    found = context.get(Workspace, workspaceId)
    if found is None:
        raise not_authorized()
    return found


@field("Workspace", "projects")
def workspace_projects(row: Workspace, context: Context, **page: Any) -> Document:
    """Return the workspace's projects, those scheduled for deletion too."""
    return connection(context.tables.where(Project, workspace_id=row.id), **page)


@field("Workspace", "has2FAEnforcement")
def has_two_factor_enforcement(_workspace: Workspace, context: Context) -> bool:
    """Tell whether the workspace demands a second factor."""
    return context.railway.cloud.settings.standing.two_factor


@field("Workspace", "redactedDueTo2FAPending")
def redacted(_workspace: Workspace, context: Context) -> bool:
    """Tell whether the asking person has yet to set one up; a workspace's own token needs none."""
    return needs_two_factor(context)


@field("Workspace", "usersWithout2FA")
def users_without_two_factor(_workspace: Workspace, context: Context) -> list[str]:
    """Name the members who have yet to set one up."""
    return [str(USER["email"])] if context.railway.cloud.settings.standing.two_factor else []


@query("twoFactorInfo")
def two_factor_info(context: Context) -> Document:
    """Tell whether the person has a second factor."""
    has = not context.railway.cloud.settings.standing.two_factor
    return {"isVerified": has, "hasRecoveryCodes": has}


@mutation("twoFactorInfoValidate")
def two_factor_validate(context: Context, input: Document) -> bool:
    """Check a code as an authenticator shows it."""
    return bool(input["token"] == context.railway.cloud.settings.standing.two_factor_code)


@field("Workspace", "projectCount")
def project_count(row: Workspace, context: Context, includeDeleted: bool | None = None) -> int:  # noqa: FBT001
    """Count the workspace's projects."""
    rows = context.tables.where(Project, workspace_id=row.id)
    return sum(1 for project in rows if includeDeleted or project.deleted_at is None)


@query("regions")
def regions(_context: Context, projectId: str | None = None) -> list[Document]:  # noqa: ARG001
    """Return the regions of Railway's documentation."""
    return [
        {"region": region, "id": airport, "name": name, "country": country, "location": location}
        for region, airport, name, country, location in _REGIONS
    ]


@field("Deployment", "creator")
def creator(_deployment: Deployment, context: Context) -> Document | None:
    """Return who deployed; a project token is nobody."""
    return None if context.viewer.kind is Kind.PROJECT else {key: USER[key] for key in ("id", "name", "email")}
