"""The requests that public domains served: asked for once, and followed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.log_filter import Searched
from wizard.standin.api.logs import around, chosen
from wizard.standin.api.registry import query, subscription
from wizard.standin.state.http_logs import HttpLine
from wizard.standin.state.rows import Deployment, Document

_EDGE_REGION = "local"
_MILLISECONDS = 1000
_DEFAULT_REPLAY = 500
_FIELDS: Mapping[str, Callable[[HttpLine], object]] = {
    "timestamp": lambda line: line.timestamp,
    "requestId": lambda line: line.request_id,
    "deploymentId": lambda line: line.deployment_id,
    "deploymentInstanceId": lambda line: line.instance_id,
    "method": lambda line: line.method,
    "path": lambda line: line.route,
    "host": lambda line: line.host,
    "httpStatus": lambda line: line.status,
    "totalDuration": lambda line: round(line.seconds * _MILLISECONDS),
    "upstreamRqDuration": lambda line: round(line.upstream_seconds * _MILLISECONDS),
    "rxBytes": lambda line: line.received,
    "txBytes": lambda line: line.sent,
    "srcIp": lambda line: line.client,
    "clientUa": lambda line: line.user_agent,
    "edgeRegion": lambda _line: _EDGE_REGION,
    "downstreamProto": lambda line: line.protocol,
    "upstreamProto": lambda _line: "HTTP/1.1",
    "upstreamAddress": lambda line: line.upstream,
    "responseDetails": lambda line: line.details,
    "upstreamErrors": lambda line: line.upstream_errors,
}
_SEARCHED = {
    **_FIELDS,
    "status": _FIELDS["httpStatus"],
    "responseTime": _FIELDS["upstreamRqDuration"],
    "replica": _FIELDS["deploymentInstanceId"],
}


@query("httpLogs")
def http_logs(context: Context, deploymentId: str, filter: str | None = None, **arguments: Any) -> list[Document]:
    """Return a deployment's requests around an anchor, oldest first: the newest where there is none."""
    row = context.require(Deployment, deploymentId)
    lines = chosen(context, context.railway.requests.read([row.id]), filter, SEARCHED)
    return [shown(line) for line in around(lines, context, arguments)]


@subscription("httpLogs")
async def follow_http_logs(
    context: Context, deploymentId: str, filter: str | None = None, beforeLimit: int | None = None, **_window: Any
) -> AsyncIterator[list[Document]]:
    """Stream a deployment's requests in batches, the newest of the past first; has no end of its own."""
    row, sent, keep = context.require(Deployment, deploymentId), "", beforeLimit or _DEFAULT_REPLAY
    while True:
        changed = context.railway.requests.pulse.next()
        everything = context.railway.requests.read([row.id])
        fresh = [line for line in everything if line.timestamp > sent]
        batch = chosen(context, fresh, filter, SEARCHED)
        if batch:
            yield [shown(line) for line in batch[-keep:]]
        sent, keep = (everything[-1].timestamp if everything else sent), len(everything) + _DEFAULT_REPLAY
        await changed.wait()


def shown(line: HttpLine) -> Document:
    """Return a request as the API shows it."""
    return {name: read(line) for name, read in _FIELDS.items()}


def _attribute(line: HttpLine, name: str) -> str | None:
    return str(_SEARCHED[name](line)) if name in _SEARCHED else None


SEARCHED: Searched[HttpLine] = Searched(lambda line: f"{line.method} {line.path} {line.status}", _attribute)
"""How requests are searched."""
