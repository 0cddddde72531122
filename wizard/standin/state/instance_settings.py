"""What may be written to a service's instance, by a mutation or by a patch, and what the platform refuses."""

from __future__ import annotations

from wizard.standin.settings import PlanLimits
from wizard.standin.state import rules
from wizard.standin.state.refusals import CONFIG_AS_CODE, PLAN_LIMIT, PRE_DEPLOY_COMMAND, REPOSITORY_UNKNOWN, Refused
from wizard.standin.state.repositories import Repositories
from wizard.standin.state.rows import Document

_DEFAULTS: Document = {
    "builder": "RAILPACK",
    "restart_policy_type": "ON_FAILURE",
    "restart_policy_max_retries": 10,
    "watch_patterns": [],
}
"""What an explicit null writes where an instance cannot hold one."""


def checked(columns: Document, limits: PlanLimits) -> Document:
    """Return the settings among these columns as an instance stores them; raises Refused."""
    if columns.get("railway_config_file"):
        raise Refused(CONFIG_AS_CODE)
    command = columns.get("pre_deploy_command")
    if isinstance(command, list) and len(command) > 1:
        raise Refused(PRE_DEPLOY_COMMAND)
    if _replicas(columns) > limits.replicas:
        raise Refused(PLAN_LIMIT)
    changes = {key: value for key, value in columns.items() if key in rules.SETTINGS}
    if isinstance(command, str):
        changes["pre_deploy_command"] = [command]
    return {key: _DEFAULTS.get(key) if value is None else value for key, value in changes.items()}


def _replicas(columns: Document) -> int:
    """Return how many replicas are asked for, over all regions."""
    regions = (columns.get("multi_region_config") or {}).values()
    return int(columns.get("num_replicas") or 0) + sum(int((one or {}).get("numReplicas") or 0) for one in regions)


async def connected(repositories: Repositories, given: Document) -> Document:
    """Return the columns of a source: a repository with its branch, an image, or neither; raises Refused.

    A push deploys where Railway's GitHub App sees the repository.
    """
    repo = given.get("repo")
    if not repo:
        return {"repo": None, "branch": None, "image": given.get("image"), "auto_deploy": False}
    known = repositories.get(repo)
    if known is None:
        raise Refused(REPOSITORY_UNKNOWN)
    branch = given.get("branch") or await repositories.default_branch(repo)
    return {"repo": repo, "branch": branch, "image": None, "auto_deploy": known.app_installed}
