"""Logs, metrics and cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.log_filter import compile_filter
from wizard.standin.api.registry import query
from wizard.standin.state import rules
from wizard.standin.state.logs import Kind, Log
from wizard.standin.state.rows import Deployment, Document, Environment, Project, VolumeInstance
from wizard.standin.state.usage import folder_mb, usage

_DEFAULT_LIMIT = 100
_LARGEST_LIMIT = 5000
_MINUTES_A_MONTH = 43_200
_MEASURES = {"MEMORY_USAGE_GB": "memory_gb", "CPU_USAGE": "cpu"}


@query("buildLogs")
def build_logs(context: Context, deploymentId: str, **arguments: Any) -> list[Document]:
    """Return the newest `limit` + 1 lines of a build, oldest first; none while it waits."""
    return _window(context, context.require(Deployment, deploymentId), "build", arguments)


@query("deploymentLogs")
def deployment_logs(context: Context, deploymentId: str, **arguments: Any) -> list[Document]:
    """Return the newest `limit` + 1 lines of a deployment, oldest first."""
    return _window(context, context.require(Deployment, deploymentId), "deploy", arguments)


@query("environmentLogs")
def environment_logs(
    context: Context,
    environmentId: str,
    filter: str | None = None,
    anchorDate: str | None = None,
    **arguments: Any,
) -> list[Document]:
    """Return the lines of all deployments around an anchor: the newest where there is none."""
    environment = context.require(Environment, environmentId)
    rows = {row.id: row for row in context.tables.where(Deployment, environment_id=environment.id)}
    matches = compile_filter(filter)
    lines = [line for line in context.railway.cloud.logs.read(rows, "deploy") if matches(line)]
    if arguments.get("beforeDate"):
        lines = [line for line in lines if line.timestamp >= arguments["beforeDate"]]
    if arguments.get("afterDate"):
        lines = [line for line in lines if line.timestamp <= arguments["afterDate"]]
    before = [line for line in lines if anchorDate is None or line.timestamp <= anchorDate]
    after = [line for line in lines if anchorDate is not None and line.timestamp > anchorDate]
    chosen = before[-_limit(arguments.get("beforeLimit")) - 1 :] + after[: arguments.get("afterLimit") or 0]
    return [shown(context, rows[line.deployment_id], line) for line in chosen]


@query("metrics")
async def metrics(context: Context, measurements: list[str], **arguments: Any) -> list[Document]:
    """Return what the running processes use now, one point a series; what cannot be measured has no series."""
    moment = int(context.railway.cloud.clock.now().timestamp())
    series: list[Document] = []
    for row in _measured(context, arguments):
        tags = {"projectId": row.project_id, "environmentId": row.environment_id, "serviceId": row.service_id}
        for name, value in (await _values(context, row, measurements)).items():
            series.append({"measurement": name, "tags": tags, "values": [{"ts": moment, "value": value}]})
    return series


@query("usage")
async def used(context: Context, measurements: list[str], **arguments: Any) -> list[Document]:
    """Return resource-minutes since each running deployment began, at what it uses now."""
    now = context.railway.cloud.clock.now()
    result: list[Document] = []
    for row in _measured(context, arguments):
        minutes = (now - row.created_at).total_seconds() / 60
        tags = {"projectId": row.project_id, "environmentId": row.environment_id, "serviceId": row.service_id}
        for name, value in (await _values(context, row, measurements)).items():
            result.append({"measurement": name, "tags": tags, "value": value * minutes})
    return result


@query("estimatedUsage")
async def estimated_usage(context: Context, measurements: list[str], **arguments: Any) -> list[Document]:
    """Return a month's resource-minutes by project, if what runs now goes on as it does now."""
    totals: dict[tuple[str, str], float] = {}
    for row in _measured(context, arguments):
        for name, value in (await _values(context, row, measurements)).items():
            key = (row.project_id, name)
            totals[key] = totals.get(key, 0.0) + value * _MINUTES_A_MONTH
    return [
        {"projectId": project_id, "measurement": name, "estimatedValue": value}
        for (project_id, name), value in totals.items()
    ]


def shown(context: Context, deployment: Deployment, line: Log) -> Document:
    """Return a line as the API shows it."""
    del context
    return {
        "timestamp": line.timestamp,
        "message": line.message,
        "severity": line.severity,
        "attributes": [{"key": "level", "value": line.severity}],
        "tags": {
            "deploymentId": deployment.id,
            "deploymentInstanceId": deployment.id,
            "environmentId": deployment.environment_id,
            "projectId": deployment.project_id,
            "serviceId": deployment.service_id,
            "snapshotId": deployment.snapshot_id,
        },
    }


def _window(context: Context, row: Deployment, kind: Kind, arguments: dict[str, Any]) -> list[Document]:
    matches = compile_filter(arguments.get("filter"))
    lines = [line for line in context.railway.cloud.logs.read([row.id], kind) if matches(line)]
    chosen = list(_between(lines, arguments.get("startDate"), arguments.get("endDate")))
    return [shown(context, row, line) for line in chosen[-_limit(arguments.get("limit")) - 1 :]]


def _between(lines: Iterable[Log], start: str | None, end: str | None) -> Iterable[Log]:
    after = datetime.fromisoformat(start) if start else None
    before = datetime.fromisoformat(end) if end else None
    for line in lines:
        moment = datetime.fromisoformat(f"{line.timestamp[:26]}+00:00")
        if (after is None or moment >= after) and (before is None or moment <= before):
            yield line


def _limit(asked: int | None) -> int:
    return min(_DEFAULT_LIMIT if asked is None else max(asked, 0), _LARGEST_LIMIT)


def _measured(context: Context, arguments: dict[str, Any]) -> list[Deployment]:
    """Return the serving deployments the arguments choose and the credential sees."""
    equal = {"projectId": "project_id", "environmentId": "environment_id", "serviceId": "service_id"}
    wanted = {column: arguments[key] for key, column in equal.items() if arguments.get(key)}
    if arguments.get("projectId"):
        context.require(Project, arguments["projectId"])
    rows = [row for row in context.tables.where(Deployment, **wanted) if row.status in rules.SERVING]
    visible = {project.id for project in context.tables.all(Project) if context.viewer.sees(project, None)}
    return [row for row in rows if row.project_id in visible]


async def _values(context: Context, row: Deployment, measurements: list[str]) -> dict[str, float]:
    values: dict[str, float] = {}
    measured = usage(context.railway, row.id)
    if measured:
        values = {name: getattr(measured, _MEASURES[name]) for name in measurements if name in _MEASURES}
    mount = context.tables.first(VolumeInstance, service_id=row.service_id, environment_id=row.environment_id)
    if "DISK_USAGE_GB" in measurements and mount:
        values["DISK_USAGE_GB"] = await folder_mb(context.railway, mount.id) / 1000
    return values
