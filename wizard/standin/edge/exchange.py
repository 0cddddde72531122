"""One request under way, from its head to its line in the log."""

from __future__ import annotations

import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from wizard.standin.addresses import Streams
from wizard.standin.edge.backend import Backend, Reached
from wizard.standin.edge.requests import RequestEntry
from wizard.standin.edge.wire import Head

CLIENT_LEFT = 499


@dataclass(slots=True)
class Exchange:
    """A request and what became of it; `working` keeps a manual clock still, until an open WebSocket is silent."""

    head: Head
    client: Streams
    working: ExitStack
    at: datetime
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: int = CLIENT_LEFT
    received: int = 0
    sent: int = 0
    upstream_seconds: float = 0.0
    backend: Backend | None = None
    reached: Reached | None = None
    keep_alive: bool = True
    details: str = ""
    upstream_errors: list[str] = field(default_factory=list)

    @property
    def method(self) -> str:
        """The request's method."""
        return self.head.start[0]

    @property
    def client_address(self) -> str:
        """Who asks."""
        return str(self.client[1].get_extra_info("peername")[0])

    def failed(self, error: BaseException) -> None:
        """Note what went wrong with the application."""
        self.upstream_errors.append(str(error) or type(error).__name__)

    def entry(self, seconds: float) -> RequestEntry:
        """Return its line in the log, when it is over."""
        return RequestEntry(
            at=self.at,
            request_id=self.request_id,
            method=self.method,
            path=self.head.start[1],
            host=self.head.get("host") or "",
            status=self.status,
            seconds=seconds,
            upstream_seconds=self.upstream_seconds,
            received=self.received,
            sent=self.sent,
            client=self.client_address,
            user_agent=self.head.get("user-agent") or "",
            protocol=self.head.start[2],
            deployment_id=self.backend.deployment_id if self.backend else None,
            instance_id=self.reached.instance_id if self.reached else None,
            upstream=self.reached.address if self.reached else None,
            details=self.details,
            upstream_errors=tuple(self.upstream_errors),
        )
