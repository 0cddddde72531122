"""Who asks: account, workspace and project tokens, by the right header each, and what each may touch."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pydantic import BaseModel, ConfigDict, Field

from wizard.standin.state.cloud import Cloud
from wizard.standin.state.records import ApiToken
from wizard.standin.state.refusals import PROJECT_TOKEN_NOT_FOUND, Refused, not_authorized
from wizard.standin.state.rows import Project, ProjectToken
from wizard.standin.state.store import Tables

PROJECT_HEADER = "project-access-token"
_BEARER = "bearer "
_SHOWN = 4


class Tokens(BaseModel):
    """The credentials a stand-in accepts from its start; project tokens are made through the API."""

    model_config = ConfigDict(extra="forbid")

    account: str = Field(default_factory=lambda: str(uuid.uuid4()), repr=False)
    workspace: str = Field(default_factory=lambda: str(uuid.uuid4()), repr=False)
    issued_at: float = 0.0
    """When on the clock's monotonic scale they began to be accepted."""

    def renew(self, now: float) -> None:
        """Log in again: other tokens, which expire in their own time."""
        self.account, self.workspace, self.issued_at = str(uuid.uuid4()), str(uuid.uuid4()), now


class Kind(Enum):
    """The kinds of credential."""

    NONE = "none"
    ACCOUNT = "account"
    WORKSPACE = "workspace"
    PROJECT = "project"
    BAD_PROJECT = "bad-project"


_OPEN = {"template", "platformStatus", "regions"}
"""Root fields that answer without a session."""
_ACCOUNT_ONLY = {"me"}
_PROJECT_TOKEN_MAY = {
    *("projectToken", "project", "environment", "environments", "service", "serviceInstance", "domains", "tcpProxies"),
    *("deployment", "deployments", "deploymentEvents", "buildLogs", "deploymentLogs", "environmentLogs"),
    *("variables", "variablesForServiceDeployment", "volumeInstance", "serviceInstanceLimits", "metrics"),
    *("httpLogs", "httpMetricsGroupedByStatus", "httpDurationMetrics", "deploymentSnapshot", "customDomain"),
    *("environmentStagedChanges", "environmentPatch", "workflowStatus", "serviceInstanceAutoDeployStatus"),
    *("variableUpsert", "variableCollectionUpsert", "variableDelete", "serviceInstanceDeployV2"),
    *("serviceInstanceRedeploy", "deploymentRedeploy", "deploymentRestart", "customDomainCreate"),
    *("deploymentRollback", "serviceCreate", "serviceDelete", "serviceDisconnect", "serviceDomainCreate"),
    *("volumeCreate", "volumeDelete", "volumeInstanceUpdate"),
}
"""What field clients were seen to do with a project token; it cannot build a stack."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The holder of a credential; `key` identifies it without being it."""

    kind: Kind
    key: str = ""
    project_id: str | None = None
    environment_id: str | None = None

    def permit(self, field: str) -> None:
        """Raise Refused unless this credential may use the root field at all."""
        if field in _OPEN:
            return
        if self.kind is Kind.BAD_PROJECT or (field == "projectToken" and self.kind is not Kind.PROJECT):
            raise Refused(PROJECT_TOKEN_NOT_FOUND)
        allowed = {
            Kind.NONE: False,
            Kind.ACCOUNT: True,
            Kind.WORKSPACE: field not in _ACCOUNT_ONLY,
            Kind.PROJECT: field in _PROJECT_TOKEN_MAY,
        }
        if not allowed[self.kind]:
            raise not_authorized()

    def sees(self, project: Project, environment_id: str | None) -> bool:
        """Tell whether a project's thing, in one of its environments or in none, is visible to this credential."""
        if self.kind is not Kind.PROJECT:
            return self.kind in {Kind.ACCOUNT, Kind.WORKSPACE}
        return project.id == self.project_id and environment_id in {None, self.environment_id}


def identify(headers: Mapping[str, str], tokens: Tokens, cloud: Cloud) -> Viewer:
    """Return the viewer of a request's headers; the project header wins, as it does for the platform's own CLI.

    The tokens of the start are nobody's once their lifetime is over; those made through the API stay.
    """
    tables, lifetime = cloud.tables, cloud.settings.token_lifetime
    project_token = headers.get(PROJECT_HEADER)
    if project_token is not None:
        return _project_viewer(project_token, tables)
    authorization = headers.get("authorization", "")
    token = authorization[len(_BEARER) :].strip() if authorization.lower().startswith(_BEARER) else ""
    expired = lifetime is not None and cloud.clock.monotonic() >= tokens.issued_at + lifetime
    for kind, known in ((Kind.ACCOUNT, tokens.account), (Kind.WORKSPACE, tokens.workspace)):
        if token and secrets.compare_digest(token.encode(), known.encode()):
            return Viewer(Kind.NONE) if expired else Viewer(kind, digest(token))
    made = tables.first(ApiToken, digest=digest(token)) if token else None
    if made is None:
        return Viewer(Kind.NONE)
    return Viewer(Kind.WORKSPACE if made.workspace_id else Kind.ACCOUNT, made.digest)


def digest(token: str) -> str:
    """Return what is stored of a project token."""
    return hashlib.sha256(token.encode()).hexdigest()


def display(token: str) -> str:
    """Return what is shown of a project token later."""
    return f"{token[:_SHOWN]}****"


def _project_viewer(token: str, tables: Tables) -> Viewer:
    row = tables.first(ProjectToken, digest=digest(token))
    if row is None:
        return Viewer(Kind.BAD_PROJECT)
    return Viewer(Kind.PROJECT, row.digest, row.project_id, row.environment_id)
