"""The request logs of all deployments: what the edge served, kept up to a limit and followed live.

They live as long as the stand-in runs: unlike build and deploy logs they are not written to its folder.
"""

from __future__ import annotations

from collections import defaultdict, deque

from wizard.standin.edge import RequestEntry
from wizard.standin.state.store import Pulse

_KEPT = 5_000
"""Lines a deployment: what `httpLogs` can be asked for at once."""


class RequestLog:
    """Every deployment's latest requests, oldest first."""

    def __init__(self) -> None:
        self._entries: dict[str, deque[RequestEntry]] = defaultdict(lambda: deque(maxlen=_KEPT))
        self.pulse = Pulse()

    def add(self, entry: RequestEntry) -> None:
        """Keep a line under the deployment that should serve it."""
        if entry.deployment_id:
            self._entries[entry.deployment_id].append(entry)
            self.pulse.beat()

    def read(self, deployment_id: str) -> list[RequestEntry]:
        """Return a deployment's lines, oldest first."""
        return list(self._entries.get(deployment_id, ()))
