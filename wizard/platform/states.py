"""What was observed on a platform, in normal terms: frozen, with the moment of the observation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from wizard.platform.handles import Group, Handle
from wizard.secrets import Secret

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Observed(Generic[State]):
    """A state and when it was seen; an old observation proves nothing about now."""

    value: State
    at: datetime


class DeploymentStatus(StrEnum):
    """Normal words for every platform's states; unknown ones are pending and keep their raw word."""

    QUEUED = "queued"
    BUILDING = "building"
    STARTING = "starting"
    LIVE = "live"
    SLEEPING = "sleeping"
    FAILED = "failed"
    CRASHED = "crashed"
    SKIPPED = "skipped"
    REMOVED = "removed"
    PENDING = "pending"

    @property
    def good(self) -> bool:
        """It serves, or will on the first request."""
        return self in {DeploymentStatus.LIVE, DeploymentStatus.SLEEPING}

    @property
    def final(self) -> bool:
        """It changes no more by itself."""
        return self.good or self in {
            DeploymentStatus.FAILED,
            DeploymentStatus.CRASHED,
            DeploymentStatus.SKIPPED,
            DeploymentStatus.REMOVED,
        }


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a deployment failed: the platform's step and its own words."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """Build and deploy settings, None where the platform's default rules.

    Attributes:
        root: folder of the build context below the repository's top, "" for the top.
        region: where replicas run; `replicas` of them.
        health_timeout: seconds; draining and overlap too.
        memory_gb: memory limit of one replica.
    """

    root: str = ""
    dockerfile: str | None = None
    build_command: str | None = None
    start_command: str | None = None
    pre_deploy: str | None = None
    health_path: str | None = None
    health_timeout: int | None = None
    watch: tuple[str, ...] = ()
    restart: str | None = None
    restart_retries: int | None = None
    replicas: int | None = None
    region: str | None = None
    cron: str | None = None
    sleep: bool | None = None
    memory_gb: float | None = None
    draining: int | None = None
    overlap: int | None = None


@dataclass(frozen=True, slots=True)
class DeploymentState:
    """One deployment.

    Attributes:
        raw: the platform's own word for its status.
        commit: the git commit it was built from, where there is one.
        message: the upload's message, where it was an upload: carries the digest of what was uploaded.
        failure: the failed step, once it is known.
        settings: what it was built and started with, None where the platform does not say.
    """

    handle: Handle
    status: DeploymentStatus
    raw: str
    created_at: datetime
    commit: str | None = None
    message: str | None = None
    failure: Failure | None = None
    settings: ServiceSettings | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """The repository a service is connected to."""

    repo: str
    branch: str | None


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """A record somebody has to make where the domain is managed; `type` is A, CNAME or TXT."""

    type: str
    host: str
    value: str


@dataclass(frozen=True, slots=True)
class DomainState:
    """A public host name of a service; `records` are those still missing for a custom one."""

    handle: Handle
    host: str
    port: int | None
    custom: bool = False
    ready: bool = True
    records: tuple[DnsRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class VolumeState:
    """A volume as one service sees it; sizes in megabytes, None where unknown."""

    handle: Handle
    path: str
    size_mb: int | None = None
    used_mb: float | None = None


@dataclass(frozen=True, slots=True)
class ProxyState:
    """A TCP proxy: a public way to a private port; `created_at` is None where the platform does not tell."""

    handle: Handle
    host: str
    port: int
    target_port: int
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VariableState:
    """A variable as the platform holds it: every value is treated as a secret.

    Attributes:
        raw: the text as written, with references; None where it is sealed.
    """

    raw: Secret | None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class ServiceState:
    """A service in the environment.

    Attributes:
        latest: the newest deployment, whatever became of it.
        active: the one that really serves.
        auto_deploy: whether a push deploys; None where unknown or there is no repository.
    """

    handle: Handle
    settings: ServiceSettings = field(default_factory=ServiceSettings)
    source: SourceState | None = None
    image: str | None = None
    variables: Mapping[str, VariableState] = field(default_factory=dict)
    domains: tuple[DomainState, ...] = ()
    volumes: tuple[VolumeState, ...] = ()
    proxies: tuple[ProxyState, ...] = ()
    latest: DeploymentState | None = None
    active: DeploymentState | None = None
    auto_deploy: bool | None = None


@dataclass(frozen=True, slots=True)
class GroupState:
    """A project's environment as a whole: everything a plan is compared with.

    Attributes:
        description: the project's description; carries the identity mark and the lock line.
        services: applications and databases alike, by name.
        staged: how many changes somebody staged and did not commit.
    """

    group: Group
    description: str
    workspace: str
    services: Mapping[str, ServiceState]
    shared: Mapping[str, VariableState] = field(default_factory=dict)
    staged: int = 0


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """A project in a list."""

    handle: Handle
    description: str
    deleted: bool
    environments: tuple[Handle, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceState:
    """Where projects live and who pays.

    Attributes:
        plan: the subscription, in the platform's word.
        refusals: reasons the platform gives why something may not be created now.
        credit: dollars left of what is included, None where unknown.
        volume_limit: volumes a project may have under this subscription, None where unknown.
        service_limit: services the workspace may have.
    """

    id: str
    name: str
    plan: str
    projects: tuple[ProjectSummary, ...] = ()
    refusals: tuple[str, ...] = ()
    trial_days: int | None = None
    credit: float | None = None
    volume_limit: int | None = None
    service_limit: int | None = None


class CredentialKind(StrEnum):
    """What a credential may do follows from its kind."""

    ACCOUNT = "account"
    WORKSPACE = "workspace"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a credential speaks for; workspaces as (id, name)."""

    kind: CredentialKind
    name: str
    workspaces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RepositoryAccess:
    """Whether the platform can read a repository; a public one it was not let into is built but not on push."""

    granted: bool
    public: bool

    @property
    def readable(self) -> bool:
        """It can be deployed from."""
        return self.granted or self.public


@dataclass(frozen=True, slots=True)
class PlatformHealth:
    """What the platform says about itself: stable, or the incident's headline."""

    stable: bool
    incident: str = ""


@dataclass(frozen=True, slots=True)
class RateBudgetState:
    """The request budget as the last answer's headers gave it."""

    limit: int
    remaining: int
    resets_at: datetime | None


@dataclass(frozen=True, slots=True)
class CostLine:
    """What one resource is estimated to cost in the current billing period.

    Attributes:
        resource: `memory`, `cpu`, `disk`, `egress` or `backup`.
        amount: in `unit`.
        dollars: at the platform's list price.
    """

    resource: str
    amount: float
    unit: str
    dollars: float
