"""Whether a request may be carried out at all: by its credential first, then by how the workspace stands."""

from __future__ import annotations

from wizard.standin.api.context import Context
from wizard.standin.api.credentials import Kind
from wizard.standin.settings import Plan
from wizard.standin.state import spending
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import LIMITED_PLAN, PLAN_LIMIT, RESTRICTED, Refused, SecondFactorRequired

TRIAL_OVER = "Your trial has expired. Please select a plan to continue using Railway."
OVER_LIMIT = "Your workspace has reached its usage limit. Raise or remove the usage limit to deploy again."
_WITHOUT_SECOND_FACTOR = {
    *("me", "apiToken", "workspace", "platformStatus", "regions", "template", "twoFactorInfo"),
    "twoFactorInfoValidate",
}
"""What a member may ask before the second factor is set up."""
_PROVISIONS = {
    *("projectCreate", "environmentCreate", "serviceCreate", "serviceConnect", "volumeCreate", "templateDeployV2"),
    *("serviceInstanceDeploy", "serviceInstanceDeployV2", "serviceInstanceRedeploy", "deploymentRedeploy"),
    *("deploymentRollback", "deploymentRestart", "environmentTriggersDeploy", "githubRepoDeploy", "serviceDuplicate"),
    *("customDomainCreate", "tcpProxyCreate", "environmentApplyChangeSet", "dockerComposeImport"),
}
"""What makes or runs something, and so is refused where the workspace may not."""


def check(context: Context, root_field: str) -> None:
    """Raise Refused unless the credential and the workspace's standing allow the root field."""
    context.viewer.permit(root_field)
    if root_field not in _WITHOUT_SECOND_FACTOR:
        _check_second_factor(context)
    if root_field in _PROVISIONS:
        check_provision(context)


def check_provision(context: Context) -> None:
    """Raise Refused unless the workspace may make and run something new; also asked of an upload."""
    _check_second_factor(context)
    reason = obstacle(context.railway)
    if reason:
        raise Refused(reason)


def needs_two_factor(context: Context) -> bool:
    """Tell whether the asking person has yet to set up a second factor; tokens of workspaces and projects need none."""
    return context.railway.cloud.settings.standing.two_factor and context.viewer.kind is Kind.ACCOUNT


def _check_second_factor(context: Context) -> None:
    if needs_two_factor(context):
        raise SecondFactorRequired(context.railway.workspace.name)


def obstacle(railway: LocalRailway) -> str | None:
    """Return why nothing new may be made or run, in the platform's words; None when it may."""
    settings = railway.cloud.settings
    if settings.standing.restricted:
        return RESTRICTED
    if settings.standing.limited:
        return LIMITED_PLAN
    if settings.standing.exhausted:
        return TRIAL_OVER if settings.plan is Plan.TRIAL else PLAN_LIMIT
    return OVER_LIMIT if spending.is_over(railway) else None
