"""Railway's answers in normal terms; what is unknown stays pending, a date that cannot be read is no reason to fail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from wizard.platform.handles import Handle, Kind
from wizard.platform.ports import LogLine
from wizard.platform.states import (
    DeploymentState,
    DeploymentStatus,
    DnsRecord,
    DomainState,
    Failure,
    ProxyState,
    ServiceState,
    SourceState,
    VariableState,
    VolumeState,
)
from wizard.railway.client.fragments import (
    DeploymentFields,
    DomainFields,
    DomainFieldsCustomDomainsStatus,
    LogFields,
    ServiceInstanceFields,
    StepFields,
    VolumeInstancePageEdgesNode,
)
from wizard.railway.client.read_proxies import ReadProxiesTcpProxies
from wizard.railway.settings import JsonObject, from_instance, from_meta, part
from wizard.secrets import Secret

PROVIDER = "railway"

_STATUSES = {
    "INITIALIZING": DeploymentStatus.QUEUED,
    "QUEUED": DeploymentStatus.QUEUED,
    "WAITING": DeploymentStatus.QUEUED,
    "BUILDING": DeploymentStatus.BUILDING,
    "DEPLOYING": DeploymentStatus.STARTING,
    "SUCCESS": DeploymentStatus.LIVE,
    "SLEEPING": DeploymentStatus.SLEEPING,
    "FAILED": DeploymentStatus.FAILED,
    "CRASHED": DeploymentStatus.CRASHED,
    "SKIPPED": DeploymentStatus.SKIPPED,
    "REMOVED": DeploymentStatus.REMOVED,
}
_DATABASE_IMAGE = re.compile(r"postgres|redis|valkey|mysql|mongo", re.IGNORECASE)
_GONE = {"DELETED", "DELETING"}
_FRACTION = re.compile(r"\.(\d{1,6})\d*")
_EPOCH = datetime.fromtimestamp(0, UTC)


def handle(kind: Kind, id_: str, name: str) -> Handle:
    """Return a handle of this platform."""
    return Handle(PROVIDER, kind, id_, name)


def moment(text: Any) -> datetime:
    """Read an RFC 3339 time, nanoseconds cut; the epoch where it cannot be read."""
    try:
        parsed = datetime.fromisoformat(_FRACTION.sub(r".\1", str(text)))
    except ValueError:
        return _EPOCH
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def status(raw: str) -> DeploymentStatus:
    """Return the normal word; one that is not known is pending."""
    return _STATUSES.get(raw, DeploymentStatus.PENDING)


def deployment(fields: DeploymentFields, service: str, steps: Iterable[StepFields] = ()) -> DeploymentState:
    """Return a service's deployment; a stopped one keeps SUCCESS as its word and serves nothing."""
    raw, meta = fields.status.value, part(fields.meta)
    normal = status(raw)
    stopped = fields.deployment_stopped and normal.good
    commit = meta.get("commitHash")
    return DeploymentState(
        handle=handle(Kind.DEPLOYMENT, fields.id, service),
        status=DeploymentStatus.REMOVED if stopped else normal,
        raw=raw,
        created_at=moment(fields.created_at),
        commit=str(commit) if commit else None,
        message=None if commit else _text(meta.get("commitMessage") or meta.get("message")),
        failure=failure(steps) if normal.final and not normal.good else None,
        settings=from_meta(fields.meta),
    )


def failure(steps: Iterable[StepFields]) -> Failure | None:
    """Return the step that failed, else the one that never ended, in Railway's words."""
    known = list(steps)
    for step in known:
        if step.payload and step.payload.error:
            return Failure(step.step.value, _told(step))
    unfinished = next((step for step in reversed(known) if step.completed_at is None), None)
    return Failure(unfinished.step.value, _told(unfinished)) if unfinished else None


def _told(step: StepFields) -> str:
    payload = step.payload
    parts = (payload.error, payload.reason, payload.detail) if payload else ()
    return ": ".join(dict.fromkeys(text for text in parts if text))


def _text(value: Any) -> str | None:
    return str(value) if value else None


def log_line(fields: LogFields) -> LogLine:
    """Return one line of a log."""
    return LogLine(moment(fields.timestamp), fields.message, (fields.severity or "info").lower())


def domains(fields: DomainFields) -> tuple[DomainState, ...]:
    """Return public hosts, generated ones first; those being deleted are gone."""
    generated = [
        DomainState(
            handle(Kind.DOMAIN, one.id, one.domain),
            one.domain,
            one.target_port,
            ready=one.sync_status.value == "ACTIVE",
        )
        for one in fields.service_domains
        if one.deleted_at is None and one.sync_status.value not in _GONE
    ]
    custom = [
        DomainState(
            handle(Kind.DOMAIN, one.id, one.domain),
            one.domain,
            one.target_port,
            custom=True,
            ready=one.status.verified and one.status.certificate_status.value.endswith("_VALID"),
            records=_missing_records(one.status),
        )
        for one in fields.custom_domains
        if one.deleted_at is None and one.sync_status.value not in _GONE
    ]
    return (*generated, *custom)


def _missing_records(status: DomainFieldsCustomDomainsStatus) -> tuple[DnsRecord, ...]:
    """Return the records to be made; without the TXT record the CNAME alone serves Railway's 404."""
    missing = [
        DnsRecord(record.record_type.value.rpartition("_")[2], record.fqdn, record.required_value)
        for record in status.dns_records
        if not record.status.value.endswith("_PROPAGATED")
    ]
    if not status.verified and status.verification_dns_host and status.verification_token:
        missing.append(DnsRecord("TXT", status.verification_dns_host, status.verification_token))
    return tuple(missing)


def volume(node: VolumeInstancePageEdgesNode) -> VolumeState:
    """Return a volume; its handle is the volume's, not the instance's."""
    name = node.volume.name
    return VolumeState(
        handle(Kind.VOLUME, node.volume_id, name), node.mount_path, node.size_mb, round(node.current_size_mb, 1)
    )


def proxy(fields: ReadProxiesTcpProxies) -> ProxyState:
    """Return a TCP proxy; Railway may end its host with a dot."""
    host = fields.domain.rstrip(".")
    name = f"{host}:{fields.proxy_port}"
    created_at = moment(fields.created_at) if fields.created_at else None
    return ProxyState(handle(Kind.PROXY, fields.id, name), host, fields.proxy_port, fields.application_port, created_at)


def variables(config: JsonObject) -> dict[str, VariableState]:
    """Return variables as written; every value is a secret, a sealed one has none."""
    return {name: _variable(value) for name, value in config.items() if value is not None}


def _variable(value: Any) -> VariableState:
    details = value if isinstance(value, Mapping) else {"value": value}
    raw = details.get("value")
    if details.get("isSealed") or raw is None:
        return VariableState(None, sealed=bool(details.get("isSealed")))
    return VariableState(Secret(str(raw)))


def service(
    instance: ServiceInstanceFields, config: JsonObject, branches: Mapping[str, str], volumes: tuple[VolumeState, ...]
) -> ServiceState:
    """Return a service of an environment.

    Args:
        instance: the service in this environment.
        config: its part of the environment's configuration.
        branches: branch of each service that a push deploys.
        volumes: what is mounted into it.
    """
    image, repo = (instance.source.image, instance.source.repo) if instance.source else (None, None)
    kind = Kind.DATABASE if image and _DATABASE_IMAGE.search(image) else Kind.SERVICE
    active = sorted(instance.active_deployments, key=lambda one: moment(one.created_at))
    name = instance.service_name
    branch = part(config, "source").get("branch") or branches.get(instance.service_id)
    return ServiceState(
        handle=handle(kind, instance.service_id, name),
        settings=from_instance(instance, config),
        source=SourceState(repo, branch) if repo else None,
        image=image,
        variables=variables(part(config, "variables")),
        domains=domains(instance.domains),
        volumes=volumes,
        latest=deployment(instance.latest_deployment, name) if instance.latest_deployment else None,
        active=deployment(active[-1], name) if active else None,
        auto_deploy=(instance.service_id in branches) if repo else None,
    )
