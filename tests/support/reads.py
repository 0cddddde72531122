"""Which reads a run sent twice for nothing: nothing was written, nothing happened and no time passed between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from tests.support.runs import WRITES, Heard, Since
from wizard.events import ServiceStatus
from wizard.standin.state.rows import Deployment, DeploymentEvent

PATIENCE_SECONDS = 0.9
"""What counts as having waited: the product's shortest pause between two looks is a second."""


def needless_reads(since: Since, heard: Heard) -> list[tuple[str, float, float]]:
    """Return (operation, first, second), in seconds on the clock that run and stand-in share."""
    clock = since.standin.gateway.railway.cloud.clock
    zero = clock.now().timestamp() - clock.monotonic()
    moments = [moment.timestamp() - zero for moment in (*_happened(since), *_told(heard))]
    return list(_needless(since, moments))


def _needless(since: Since, happened: list[float]) -> Iterator[tuple[str, float, float]]:
    last = dict[str, float]()
    for request in since.requests:
        if request.kind in WRITES:
            last.clear()
        if request.kind != "query":
            continue
        key = f"{request.name} {json.dumps(request.variables, sort_keys=True)}"
        before = last.get(key)
        if before is not None and not _excused(before, request.at, happened):
            yield request.name, before, request.at
        last[key] = request.at


def _excused(first: float, second: float, happened: list[float]) -> bool:
    return second - first >= PATIENCE_SECONDS or any(first <= moment <= second for moment in happened)


def _happened(since: Since) -> list[datetime]:
    """Return when deployments stepped or changed their status."""
    tables = since.standin.gateway.railway.tables
    steps = tables.all(DeploymentEvent)
    moments = [*(step.created_at for step in steps), *(step.completed_at for step in steps if step.completed_at)]
    return moments + [row.status_updated_at for row in tables.all(Deployment) if row.status_updated_at]


def _told(heard: Heard) -> list[datetime]:
    """Return when the run learned of it, which is later: what was read before that may not show it yet."""
    return [one.at for one in heard.stamped if isinstance(one.event, ServiceStatus)]
