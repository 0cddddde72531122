"""The activity feed, and the rules by which somebody hears of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state.notifications import WEBHOOK
from wizard.standin.state.records import Event, NotificationRule
from wizard.standin.state.refusals import Refused, not_authorized
from wizard.standin.state.rows import Document, Environment, Project, Workspace
from wizard.standin.state.webhooks import UndeliverableError, post

_SEVERITIES = ["INFO", "NOTICE", "WARNING", "CRITICAL"]


@query("events")
def events(
    context: Context,
    projectId: str,
    environmentId: str | None = None,
    filter: Document | None = None,
    **page: Any,
) -> Document:
    """Return a project's activity, newest first."""
    project = context.require(Project, projectId)
    rows = context.tables.where(Event, project_id=project.id)
    if environmentId:
        rows = [row for row in rows if row.environment_id == context.require(Environment, environmentId).id]
    chosen = [
        row for row in reversed(rows) if _passes(row, filter or {}) and context.viewer.sees(project, row.environment_id)
    ]
    return connection(chosen, **page)


@field("Event", "project")
def event_project(row: Event, context: Context) -> Project:
    """Return the event's project."""
    return context.require(Project, row.project_id)


@field("Event", "environment")
def event_environment(row: Event, context: Context) -> Environment | None:
    """Return the event's environment, None once it is gone."""
    return context.get(Environment, row.environment_id)


@field("Event", "activityPayload")
def activity_payload(row: Event, _context: Context) -> Document:
    """Return the little that a list shows."""
    return {key: row.payload.get(key) for key in ("id", "serviceId", "status", "name") if row.payload.get(key)}


@query("notificationRules")
def notification_rules(context: Context, workspaceId: str, projectId: str | None = None) -> list[NotificationRule]:
    """Return a workspace's rules, those of one project where it is named."""
    _workspace(context, workspaceId)
    rows = context.tables.where(NotificationRule, workspace_id=workspaceId)
    return [row for row in rows if projectId in {None, row.project_id}]


@mutation("notificationRuleCreate")
def notification_rule_create(context: Context, input: Document) -> NotificationRule:
    """Make a rule; a second call makes another."""
    _workspace(context, input["workspaceId"])
    if input.get("projectId"):
        context.require(Project, input["projectId"])
    row = NotificationRule(
        **context.railway.cloud.stamp(),
        workspace_id=input["workspaceId"],
        project_id=input.get("projectId"),
        event_types=input["eventTypes"],
        severities=input.get("severities") or _SEVERITIES,
        channels=_channels(context, input["channelConfigs"]),
        ephemeral_environments=bool(input.get("ephemeralEnvironments")),
    )
    return context.railway.store.put(row)


@mutation("notificationRuleUpdate")
def notification_rule_update(context: Context, id: str, input: Document) -> NotificationRule:
    """Change what a rule says, as far as it is given."""
    row = _rule(context, id)
    changes: dict[str, Any] = {}
    for name, column in (("eventTypes", "event_types"), ("severities", "severities")):
        if input.get(name) is not None:
            changes[column] = input[name]
    if input.get("ephemeralEnvironments") is not None:
        changes["ephemeral_environments"] = input["ephemeralEnvironments"]
    if input.get("channelConfigs") is not None:
        changes["channels"] = _channels(context, input["channelConfigs"])
    return context.railway.store.change(row, **changes)


@mutation("notificationRuleDelete")
def notification_rule_delete(context: Context, id: str) -> bool:
    """Delete a rule."""
    context.railway.store.remove([_rule(context, id)])
    return True


@mutation("webhookTest")
async def webhook_test(context: Context, url: str, payload: str) -> int:
    """Post a payload to a webhook and return its status."""
    try:
        return await post(url, payload.encode(), {}, context.railway.cloud.clock)
    except UndeliverableError as error:
        raise Refused(f"Failed to send test webhook: {error}") from None


@field("NotificationRule", "channels")
def channels(row: NotificationRule, _context: Context) -> list[Document]:
    """Return a rule's channels."""
    told = {"createdAt": row.created_at, "updatedAt": row.updated_at, "workspaceId": row.workspace_id}
    return [{**told, **channel} for channel in row.channels]


def _channels(context: Context, configs: list[Document]) -> list[Document]:
    for config in configs:
        if not isinstance(config, dict) or not config.get("type"):
            raise Refused("Invalid notification channel")
        if config["type"] == WEBHOOK and not urlsplit(str(config.get("url"))).netloc:
            raise Refused("Invalid webhook URL")
    return [{"id": context.railway.cloud.stamp()["id"], "config": config} for config in configs]


def _rule(context: Context, id_: str) -> NotificationRule:
    row = context.get(NotificationRule, id_)
    if row is None:
        raise not_authorized()
    return row


def _workspace(context: Context, id_: str) -> None:
    if context.get(Workspace, id_) is None:
        raise not_authorized()


def _passes(row: Event, wanted: Document) -> bool:
    """Tell whether an event is in what a filter names and not in what it excludes."""
    values = {"action": row.action, "object": row.object, "serviceId": row.payload.get("serviceId")}
    for name, value in values.items():
        lists = wanted.get(name) or {}
        if (lists.get("in") and value not in lists["in"]) or value in (lists.get("notIn") or []):
            return False
    return True
