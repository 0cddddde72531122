"""Rows of what stands around a project: DNS zones, backups, tokens, notifications, activity, spending."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from wizard.standin.state.rows import Document, Row, Volume, VolumeInstance


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsRecord(Row):
    """A record at the operator's DNS host: `type` is A, CNAME, TXT or CAA."""

    fqdn: str
    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedVolume(Row):
    """A deleted volume with its instances: its data lies on until `expires_at`, when it is gone for good."""

    volume: Volume
    instances: list[VolumeInstance]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeBackup(Row):
    """A copy of a volume's folder as it was at one moment; without `expires_at` it is kept."""

    project_id: str
    environment_id: str
    volume_instance_id: str
    name: str | None
    used_mb: float
    volume_instance_size_mb: int
    expires_at: datetime | None = None
    schedule_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeBackupSchedule(Row):
    """One kind of regular backup of a volume; `next_at` is when the next one is due."""

    environment_id: str
    volume_instance_id: str
    kind: str
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken(Row):
    """A Bearer token made through the API: an account's, or a workspace's where it names one."""

    name: str
    digest: str
    display_token: str
    workspace_id: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Row):
    """One line of a project's activity feed: `object` is a kind of thing, `action` what became of it."""

    project_id: str
    environment_id: str | None
    object: str
    action: str
    severity: str
    payload: Document = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationRule(Row):
    """Who hears of which events: every channel is `{id, config}`."""

    workspace_id: str
    project_id: str | None
    event_types: list[str]
    severities: list[str]
    channels: list[Document]
    ephemeral_environments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationDelivery(Row):
    """One attempt to tell one channel of one event: SENT, or FAILED with the reason."""

    rule_id: str
    event_id: str
    event_type: str
    target: str
    status: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageLimit(Row):
    """The spending limits of the workspace in dollars; over the hard one, nothing runs: `stopped` names what did."""

    customer_id: str
    soft_limit: int
    hard_limit: int | None = None
    is_over_limit: bool = False
    stopped: list[str] = field(default_factory=list)


RECORDS: tuple[type[Row], ...] = (
    DnsRecord,
    DeletedVolume,
    VolumeBackup,
    VolumeBackupSchedule,
    ApiToken,
    Event,
    NotificationRule,
    NotificationDelivery,
    UsageLimit,
)
