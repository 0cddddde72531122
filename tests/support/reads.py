"""Which reads a run sent twice for nothing: nothing was written, nothing happened and no time passed between them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.support.runs import WRITES, Since
from wizard.standin.state.rows import Deployment, DeploymentEvent

PATIENCE_SECONDS = 0.9
"""What counts as having waited: the product's shortest pause between two looks is a second."""


def needless_reads(since: Since) -> list[tuple[str, float, float]]:
    """Return (operation, first, second), in seconds on the stand-in's clock."""
    return list(_needless(since))


def _needless(since: Since) -> Iterator[tuple[str, float, float]]:
    happened, last = _happened(since), dict[str, float]()
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


def _happened(since: Since) -> list[float]:
    """Return when deployments stepped or changed their status, on the monotonic clock."""
    railway = since.standin.gateway.railway
    clock, tables = railway.cloud.clock, railway.tables
    zero = clock.now().timestamp() - clock.monotonic()
    steps = tables.all(DeploymentEvent)
    moments = [*(step.created_at for step in steps), *(step.completed_at for step in steps if step.completed_at)]
    moments += [row.status_updated_at for row in tables.all(Deployment) if row.status_updated_at]
    return [moment.timestamp() - zero for moment in moments]
