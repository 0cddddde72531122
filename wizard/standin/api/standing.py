"""How the workspace stands: its plan, its bill, what it may still do, and how the platform itself is."""

from __future__ import annotations

from wizard.standin.api.context import Context
from wizard.standin.api.permissions import obstacle
from wizard.standin.api.registry import field, query
from wizard.standin.settings import Plan
from wizard.standin.state import spending
from wizard.standin.state.refusals import PLAN_LIMIT, not_authorized
from wizard.standin.state.rows import CustomDomain, Document, Project, Service, Volume, Workspace

_STATUS_PAGE = "https://status.railway.com"


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
        "domains": {"maxCustomPerService": limits.custom_domains},
        "replicas": limits.replicas,
        "logRetentionDays": limits.log_days,
    }


@field("Workspace", "customer")
def customer(row: Workspace, context: Context) -> Document:
    """Return the billing side: trial, credit, period."""
    settings = context.railway.cloud.settings
    standing, trial = settings.standing, settings.plan is Plan.TRIAL
    credit = settings.limits.included_dollars if standing.credit is None else standing.credit
    start, end = spending.billing_period(context.railway)
    paying = settings.plan in {Plan.HOBBY, Plan.PRO}
    return {
        "id": row.id,
        "isTrialing": trial,
        "trialDaysRemaining": standing.trial_days if trial and not standing.exhausted else 0,
        "hasExhaustedFreePlan": standing.exhausted and settings.plan is Plan.FREE,
        "creditBalance": 0.0 if paying or standing.exhausted else credit,
        "remainingUsageCreditBalance": max(0.0, credit - spending.dollars(context.railway)),
        "billingPeriod": {"start": start, "end": end},
        "isUsageSubscriber": paying,
        "state": "INACTIVE" if standing.exhausted else "ACTIVE",
        "workspace": row,
    }


@query("resourceAccess")
def resource_access(context: Context, explicitResourceOwner: Document) -> Document:
    """Tell whether the workspace may create projects and deploy; null means yes."""
    if context.get(Workspace, explicitResourceOwner["id"]) is None:
        raise not_authorized()
    reason = obstacle(context.railway)
    return {"project": {"disallowed": reason}, "deployment": {"disallowed": reason}}


@query("projectResourceAccess")
def project_resource_access(context: Context, projectId: str) -> Document:
    """Tell whether the plan has room for another service, database, environment or domain in the project."""
    project = context.require(Project, projectId)
    limits, general = context.railway.cloud.settings.limits, obstacle(context.railway)
    services = len(context.tables.where(Service, project_id=project.id))
    volumes = len(context.tables.where(Volume, project_id=project.id))
    domains = len(context.tables.where(CustomDomain, project_id=project.id))
    no_service = limits.services_per_project is not None and services >= limits.services_per_project
    no_volume = volumes >= limits.volumes_per_project
    no_domain = limits.custom_domains is not None and domains >= limits.custom_domains * max(services, 1)
    return {
        "deployment": {"disallowed": general or (PLAN_LIMIT if no_service else None)},
        "databaseDeployment": {"disallowed": general or (PLAN_LIMIT if no_service or no_volume else None)},
        "environment": {"disallowed": general},
        "customDomain": {"disallowed": general or (PLAN_LIMIT if no_domain else None)},
        "sandbox": {"disallowed": general},
        "plugin": {"disallowed": "Plugins have been removed"},
    }


@query("platformStatus")
def platform_status(context: Context) -> Document:
    """Return the status page: an incident or planned work where the settings tell of one."""
    standing, now = context.railway.cloud.settings.standing, context.railway.cloud.clock.now()
    told = {"id": "1", "url": _STATUS_PAGE}
    incident = {**told, "message": standing.incident, "status": "INVESTIGATING", "createdAt": now}
    maintenance = {**told, "message": standing.maintenance, "status": "INPROGRESS", "start": now}
    return {
        "isStable": standing.incident is None,
        "incident": incident if standing.incident else None,
        "maintenance": maintenance if standing.maintenance else None,
    }
