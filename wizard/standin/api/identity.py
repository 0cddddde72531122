"""Who am I, which workspace, what may I do: identity, plan, credit, permissions, platform status, regions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.credentials import Kind
from wizard.standin.api.registry import field, query
from wizard.standin.settings import Plan
from wizard.standin.state.refusals import PLAN_LIMIT, not_authorized
from wizard.standin.state.rows import (
    Deployment,
    Document,
    Environment,
    Project,
    ProjectToken,
    Service,
    Volume,
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


@query("apiToken")
def api_token(context: Context) -> Document:
    """Name the workspaces a token sees; a project token sees none this way."""
    return {"workspaces": [context.railway.workspace]}


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


@field("Workspace", "plan")
def workspace_plan(_workspace: Workspace, context: Context) -> str:
    """Return the plan; a trial is the free plan with a trialing customer."""
    plan = context.railway.cloud.settings.plan
    return "FREE" if plan is Plan.TRIAL else plan.value.upper()


@field("Workspace", "subscriptionPlanLimit")
@field("Project", "subscriptionPlanLimit")
def plan_limit(_owner: object, context: Context) -> Document:
    """Return the plan's caps; Railway's document is opaque, these are the ones it is known to hold."""
    limits = context.railway.cloud.settings.limits
    return {
        "containers": {"cpu": limits.vcpus, "memoryBytes": int(limits.memory_gb * 1_000_000_000)},
        "volumes": {"maxSizeMB": limits.volume_mb, "maxPerProject": limits.volumes_per_project},
        "projects": {"maxServices": limits.services_per_project},
        "replicas": limits.replicas,
    }


@field("Workspace", "projects")
def workspace_projects(row: Workspace, context: Context, **page: Any) -> Document:
    """Return the workspace's projects, those scheduled for deletion too."""
    return connection(context.tables.where(Project, workspace_id=row.id), **page)


@field("Workspace", "projectCount")
def project_count(row: Workspace, context: Context, includeDeleted: bool | None = None) -> int:  # noqa: FBT001
    """Count the workspace's projects."""
    rows = context.tables.where(Project, workspace_id=row.id)
    return sum(1 for project in rows if includeDeleted or project.deleted_at is None)


@field("Workspace", "customer")
def customer(row: Workspace, context: Context) -> Document:
    """Return the billing side: trial, credit, period."""
    settings, now = context.railway.cloud.settings, context.railway.cloud.clock.now()
    trial = settings.plan is Plan.TRIAL
    included = {Plan.TRIAL: 5.0, Plan.FREE: 1.0, Plan.HOBBY: 5.0, Plan.PRO: 20.0}[settings.plan]
    return {
        "id": row.id,
        "isTrialing": trial,
        "trialDaysRemaining": _BILLING_DAYS if trial else 0,
        "hasExhaustedFreePlan": False,
        "creditBalance": included if trial else 0.0,
        "remainingUsageCreditBalance": included,
        "billingPeriod": {"start": row.created_at, "end": now + timedelta(days=_BILLING_DAYS)},
        "isUsageSubscriber": settings.plan in {Plan.HOBBY, Plan.PRO},
        "state": "ACTIVE",
        "workspace": row,
    }


@query("projectToken")
def project_token(context: Context) -> ProjectToken:
    """Return the project token that asks."""
    found = context.railway.tables.first(ProjectToken, digest=context.viewer.key)
    if found is None:
        raise not_authorized()
    return found


@field("ProjectToken", "project")
def token_project(row: ProjectToken, context: Context) -> Project:
    """Return the token's project."""
    return context.require(Project, row.project_id)


@field("ProjectToken", "environment")
def token_environment(row: ProjectToken, context: Context) -> Environment:
    """Return the token's environment."""
    return context.require(Environment, row.environment_id)


@query("resourceAccess")
def resource_access(context: Context, explicitResourceOwner: Document) -> Document:
    """Tell whether the workspace may create projects and deploy; null means yes."""
    if context.get(Workspace, explicitResourceOwner["id"]) is None:
        raise not_authorized()
    return {"project": {"disallowed": None}, "deployment": {"disallowed": None}}


@query("projectResourceAccess")
def project_resource_access(context: Context, projectId: str) -> Document:
    """Tell whether the plan has room for another service, database, environment or domain in the project."""
    project = context.require(Project, projectId)
    limits = context.railway.cloud.settings.limits
    services = len(context.tables.where(Service, project_id=project.id))
    volumes = len(context.tables.where(Volume, project_id=project.id))
    no_service = limits.services_per_project is not None and services >= limits.services_per_project
    no_volume = volumes >= limits.volumes_per_project
    return {
        "deployment": {"disallowed": PLAN_LIMIT if no_service else None},
        "databaseDeployment": {"disallowed": PLAN_LIMIT if no_service or no_volume else None},
    }


@query("platformStatus")
def platform_status(_context: Context) -> Document:
    """Tell that the local platform has no incident."""
    return {"isStable": True, "incident": None, "maintenance": None}


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
