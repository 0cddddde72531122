"""Build, deployment and environment logs, asked for once; `streams` follows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from wizard.standin.api.context import Context
from wizard.standin.api.log_filter import Searched, compile_filter
from wizard.standin.api.registry import query
from wizard.standin.state.logs import Kind, Log
from wizard.standin.state.refusals import PROBLEM, Refused
from wizard.standin.state.rows import Deployment, Document, Environment

_DEFAULT_LIMIT = 100
_LARGEST_LIMIT = 5000


def instance_id(row: Deployment) -> str:
    """Return the replica a deployment's lines are told of: its first."""
    return str(row.instances[0]["id"]) if row.instances else row.id


_TAGS: Mapping[str, Callable[[Deployment], str | None]] = {
    "service": lambda row: row.service_id,
    "deployment": lambda row: row.id,
    "environment": lambda row: row.environment_id,
    "snapshot": lambda row: row.snapshot_id,
    "replica": instance_id,
}
"""Attributes of where a line comes from; every other one is in the line."""


class Timed(Protocol):
    """A line of any log."""

    @property
    def timestamp(self) -> str:
        """RFC 3339 with nanoseconds."""
        ...


T = TypeVar("T", bound=Timed)


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
    context: Context, environmentId: str, filter: str | None = None, **arguments: Any
) -> list[Document]:
    """Return the lines of all deployments around an anchor: the newest where there is none."""
    environment = context.require(Environment, environmentId)
    rows = {row.id: row for row in context.tables.where(Deployment, environment_id=environment.id)}
    lines = chosen(context, environment_lines(context, rows, filter), filter, searched(rows))
    return [shown(rows[line.deployment_id], line) for line in around(lines, context, arguments)]


def environment_lines(context: Context, rows: Mapping[str, Deployment], filter_: str | None) -> list[Log]:
    """Return every line of these deployments; build lines of those alone whose snapshot the filter names."""
    book = context.railway.cloud.logs
    named = [row.id for row in rows.values() if row.snapshot_id and row.snapshot_id in (filter_ or "")]
    lines = [*book.read(rows, "deploy"), *book.read(named, "build")]
    return sorted(lines, key=lambda line: line.timestamp) if named else lines


def searched(rows: Mapping[str, Deployment]) -> Searched[Log]:
    """Return how the lines of these deployments are searched."""

    def attribute(line: Log, name: str) -> str | None:
        if name in _TAGS:
            return _TAGS[name](rows[line.deployment_id])
        return line.severity if name == "level" else dict(line.attributes).get(name)

    return Searched(lambda line: line.message, attribute)


def chosen(context: Context, lines: Iterable[T], filter_: str | None, how: Searched[T]) -> list[T]:
    """Return the lines the plan still keeps and the filter lets through."""
    matches, kept_since = compile_filter(filter_, how), rfc3339(_kept_since(context))
    return [line for line in lines if line.timestamp >= kept_since and matches(line)]


def around(lines: list[T], context: Context, arguments: Mapping[str, Any]) -> list[T]:
    """Return `beforeLimit` + 1 lines up to the anchor and `afterLimit` behind it, within the dates."""
    anchor, before, after = (moment(context, arguments.get(f"{name}Date")) for name in ("anchor", "before", "after"))
    lines = [
        line for line in lines if (not before or line.timestamp >= before) and (not after or line.timestamp <= after)
    ]
    earlier = [line for line in lines if not anchor or line.timestamp <= anchor]
    later = [line for line in lines if anchor and line.timestamp > anchor]
    most = limit(arguments.get("limit") if arguments.get("beforeLimit") is None else arguments["beforeLimit"])
    return earlier[-most - 1 :] + later[: arguments.get("afterLimit") or 0]


def moment(context: Context, given: str | None) -> str | None:
    """Return a date of a request as the lines write theirs; raises Refused beyond what the plan keeps."""
    if not given:
        return None
    try:
        parsed = datetime.fromisoformat(given)
    except ValueError:
        raise Refused(PROBLEM) from None
    parsed = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    if parsed < _kept_since(context):
        raise Refused(PROBLEM)
    return given if _is_exact(given) else rfc3339(parsed)


def limit(asked: int | None) -> int:
    """Return how many lines are meant: the default without a number, never more than the platform gives."""
    return min(_DEFAULT_LIMIT if asked is None else max(asked, 0), _LARGEST_LIMIT)


def rfc3339(at: datetime) -> str:
    """Return a moment as the lines write theirs, to compare by text."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}000Z"


def shown(row: Deployment, line: Log) -> Document:
    """Return a line as the API shows it."""
    return {
        "timestamp": line.timestamp,
        "message": line.message,
        "severity": line.severity,
        "attributes": [{"key": key, "value": value} for key, value in line.attributes],
        "tags": {
            "deploymentId": row.id,
            "deploymentInstanceId": instance_id(row),
            "environmentId": row.environment_id,
            "projectId": row.project_id,
            "serviceId": row.service_id,
            "snapshotId": row.snapshot_id,
        },
    }


def _window(context: Context, row: Deployment, kind: Kind, arguments: Mapping[str, Any]) -> list[Document]:
    book = context.railway.cloud.logs
    start, end = (moment(context, arguments.get(f"{name}Date")) for name in ("start", "end"))
    lines = chosen(context, book.read([row.id], kind), arguments.get("filter"), searched({row.id: row}))
    lines = [line for line in lines if (not start or line.timestamp >= start) and (not end or line.timestamp <= end)]
    return [shown(row, line) for line in lines[-limit(arguments.get("limit")) - 1 :]]


def _kept_since(context: Context) -> datetime:
    cloud = context.railway.cloud
    return cloud.clock.now() - timedelta(days=cloud.settings.limits.log_days)


def _is_exact(given: str) -> bool:
    return len(given) == len("2026-01-01T00:00:00.000000000Z") and given.endswith("Z")
