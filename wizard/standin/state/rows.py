"""What the local Railway stores: frozen rows, replaced and never changed, so that a snapshot costs nothing.

Field names are Railway's, in snake case: the API's default resolver reads them as they are. Times are UTC, ids are
UUIDs as text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Document = dict[str, Any]
"""An opaque JSON object of Railway's: a patch, a manifest, a template's configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every stored thing has."""

    id: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace(Row):
    """Who pays."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Row):
    """A project; its name is not unique. `deleted_at` set: scheduled for deletion, still listed."""

    workspace_id: str
    name: str
    description: str | None = None
    base_environment_id: str | None = None
    deleted_at: datetime | None = None
    is_public: bool = False
    pr_deploys: bool = False
    bot_pr_environments: bool = False
    focused_pr_environments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectToken(Row):
    """A token for one environment; the secret itself is not kept, only its digest."""

    project_id: str
    environment_id: str
    name: str
    digest: str
    display_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment(Row):
    """One environment of a project; an ephemeral one is a fork."""

    project_id: str
    name: str
    is_ephemeral: bool = False
    source_environment_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Row):
    """A service; its name is unique in its project."""

    project_id: str
    name: str
    icon: str | None = None
    template_id: str | None = None
    template_service_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceInstance(Row):
    """A service in one environment: its source and its settings, as the next deployment will take them."""

    service_id: str
    environment_id: str
    repo: str | None = None
    branch: str | None = None
    image: str | None = None
    auto_deploy: bool = False
    check_suites: bool = False
    build_command: str | None = None
    builder: str = "RAILPACK"
    cron_schedule: str | None = None
    dockerfile_path: str | None = None
    draining_seconds: int | None = None
    healthcheck_path: str | None = None
    healthcheck_timeout: int | None = None
    ipv6_egress_enabled: bool | None = None
    limit_override: Document | None = None
    multi_region_config: Document | None = None
    nixpacks_plan: Document | None = None
    num_replicas: int | None = None
    overlap_seconds: int | None = None
    pre_deploy_command: list[str] | None = None
    region: str | None = None
    restart_policy_max_retries: int = 10
    restart_policy_type: str = "ON_FAILURE"
    root_directory: str | None = None
    sleep_application: bool | None = None
    start_command: str | None = None
    watch_patterns: list[str] = field(default_factory=list)
    required_mount_path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Row):
    """A variable as written, references unrendered; without a service it is shared."""

    environment_id: str
    service_id: str | None
    name: str
    value: str
    is_sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDomain(Row):
    """A generated public domain and the edge's loopback port behind it."""

    project_id: str
    environment_id: str
    service_id: str
    domain: str
    edge_port: int
    target_port: int | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomDomain(Row):
    """An operator's own domain.

    Attributes:
        walk: names the one walk through the certificate's states that is still to be believed.
        certificate: `{status, detailed, errorType, errorMessage, retryable, issuedAt}` in the words of the API.
        issued: when certificates were issued for it, which the issuer counts.
    """

    project_id: str
    environment_id: str
    service_id: str
    domain: str
    verification_token: str
    target_port: int | None = None
    deleted_at: datetime | None = None
    verified: bool = False
    walk: str = ""
    certificate: Document = field(default_factory=dict)
    issued: list[datetime] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TcpProxy(Row):
    """A public TCP address of one private port."""

    environment_id: str
    service_id: str
    application_port: int
    proxy_port: int
    domain: str
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume(Row):
    """A volume of a project."""

    project_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeInstance(Row):
    """A volume's folder in one environment, mounted into one service or none.

    Attributes:
        lineage: the instances whose backup it was restored from, nearest first: their backups are its own.
        alerted_percent: the mark of fullness that was told of last, 0 below all.
    """

    volume_id: str
    environment_id: str
    service_id: str | None
    mount_path: str
    size_mb: int
    region: str | None = None
    state: str = "READY"
    deleted_at: datetime | None = None
    is_pending_deletion: bool = False
    lineage: list[str] = field(default_factory=list)
    alerted_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Row):
    """One deployment with everything frozen when it began.

    Attributes:
        origin: where its code comes from: `{kind: upload, archive}`, `{kind: repo, repo, branch, commit}` or
            `{kind: image, image}`.
        settings: the instance's settings at that moment.
        variables: rendered, as the build and the process get them.
        image: what the build made, as the builder names it; None before, and for a datastore.
        reuse: the deployment whose image this one runs without a build.
        served_at: when it took over; None before.
        instances: its replicas, `{id, status, restarts}`.
    """

    project_id: str
    environment_id: str
    service_id: str
    status: str
    status_updated_at: datetime
    origin: Document
    settings: Document
    variables: dict[str, str]
    meta: Document
    image: Document | None = None
    reuse: str | None = None
    snapshot_id: str | None = None
    deployment_stopped: bool = False
    served_at: datetime | None = None
    instances: list[Document] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentEvent(Row):
    """One step of a deployment; running while `completed_at` is None."""

    deployment_id: str
    step: str
    completed_at: datetime | None = None
    payload: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution(Row):
    """One run of a deployment that has a cron schedule."""

    deployment_id: str
    status: str
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentPatch(Row):
    """A change of an environment's configuration: staged, being applied, or committed."""

    environment_id: str
    status: str
    patch: Document
    message: str | None = None
    applied_at: datetime | None = None
    last_applied_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSetApply(Row):
    """A change set being applied by way of a patch.

    Attributes:
        patch_id: the patch it became; None where it was refused before.
        changes: `{kind, path, summary, status, outputs}` of every change as it was when the patch began.
        diagnostics: `{severity, path, message}`; one of severity error means that nothing was applied.
    """

    environment_id: str
    patch_id: str | None
    changes: list[Document]
    diagnostics: list[Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow(Row):
    """A piece of work that goes on after its mutation has answered."""

    status: str
    error: str | None = None


KINDS: tuple[type[Row], ...] = (
    Workspace,
    Project,
    ProjectToken,
    Environment,
    Service,
    ServiceInstance,
    Variable,
    ServiceDomain,
    CustomDomain,
    TcpProxy,
    Volume,
    VolumeInstance,
    Deployment,
    DeploymentEvent,
    Execution,
    EnvironmentPatch,
    ChangeSetApply,
    Workflow,
)
