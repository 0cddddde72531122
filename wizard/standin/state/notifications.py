"""Who is told of an event: every rule that names its type, by every webhook of the rule."""

from __future__ import annotations

import json
from http import HTTPStatus

from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.records import Event, NotificationDelivery, NotificationRule
from wizard.standin.state.rows import Deployment, Document, Environment, Project, Service
from wizard.standin.state.webhooks import UndeliverableError, post

WEBHOOK = "webhook"


def notify(railway: LocalRailway, event: Event) -> None:
    """Tell every channel of every rule that the event concerns, in the background."""
    for rule in railway.tables.all(NotificationRule):
        if _concerns(railway, rule, event):
            for channel in rule.channels:
                railway.in_background(_deliver(railway, rule, event, channel["config"]))


def payload(railway: LocalRailway, event: Event) -> Document:
    """Return what a webhook is sent."""
    tables = railway.tables
    environment = tables.get(Environment, event.environment_id)
    service = tables.get(Service, event.payload.get("serviceId"))
    resource: Document = {
        "workspace": _named(railway.workspace),
        "project": _named(tables.get(Project, event.project_id)),
    }
    if environment:
        resource["environment"] = {**_named(environment), "isEphemeral": environment.is_ephemeral}
    if service:
        resource["service"] = _named(service)
    if event.object == Deployment.__name__:
        resource["deployment"] = {"id": event.payload["id"]}
    at = event.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    details = {key: value for key, value in event.payload.items() if key != "serviceId"}
    type_ = f"{event.object}.{event.action}"
    return {"type": type_, "details": details, "resource": resource, "severity": event.severity, "timestamp": at}


def _concerns(railway: LocalRailway, rule: NotificationRule, event: Event) -> bool:
    environment = railway.tables.get(Environment, event.environment_id)
    ephemeral = environment is not None and environment.is_ephemeral
    return (
        f"{event.object}.{event.action}" in rule.event_types
        and rule.project_id in {None, event.project_id}
        and (not rule.severities or event.severity in rule.severities)
        and (rule.ephemeral_environments or not ephemeral)
    )


async def _deliver(railway: LocalRailway, rule: NotificationRule, event: Event, config: Document) -> None:
    target = str(config.get("url") or config.get("type"))
    outcome, reason = "SENT", None
    try:
        await _send(railway, event, config)
    except UndeliverableError as error:
        outcome, reason = "FAILED", str(error)
    row = NotificationDelivery(
        **railway.cloud.stamp(),
        rule_id=rule.id,
        event_id=event.id,
        event_type=f"{event.object}.{event.action}",
        target=target,
        status=outcome,
        reason=reason,
    )
    railway.store.put(row)


async def _send(railway: LocalRailway, event: Event, config: Document) -> None:
    """Call a channel's webhook; raises UndeliverableError, also where it does not answer with success."""
    if config.get("type") != WEBHOOK:
        raise UndeliverableError(f"{config.get('type')} does not leave this machine")
    body = json.dumps(payload(railway, event)).encode()
    status = await post(str(config.get("url")), body, config.get("headers") or {}, railway.cloud.clock)
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise UndeliverableError(f"the webhook answered {status}")


def _named(row: object) -> Document:
    return {"id": getattr(row, "id", None), "name": getattr(row, "name", None)}
