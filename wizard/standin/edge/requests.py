"""What the edge remembers of a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wizard.standin.addresses import Address


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """One line of the request log, written when the answer is over.

    Attributes:
        at: when the request came, UTC.
        request_id: also told to the application and the client.
        method: as sent.
        path: with its query.
        host: as sent.
        status: what the client got; 101 for a WebSocket, 499 where the client left before an answer.
        seconds: from the first byte to the last.
        upstream_seconds: from the request being sent on until the answer's head; 0 where none came.
        received: bytes of body from the client.
        sent: bytes of body to the client.
        client: its address.
        user_agent: as sent, empty without one.
        protocol: as sent.
        deployment_id: who should serve it, None where nothing is deployed.
        instance_id: the replica that did, None where none could be reached.
        upstream: where that is reached.
        details: why the edge answered itself, empty where the application did.
        upstream_errors: what went wrong between the edge and the application, one line each.
    """

    at: datetime
    request_id: str
    method: str
    path: str
    host: str
    status: int
    seconds: float
    upstream_seconds: float
    received: int
    sent: int
    client: str
    user_agent: str
    protocol: str
    deployment_id: str | None
    instance_id: str | None
    upstream: Address | None
    details: str
    upstream_errors: tuple[str, ...]


RequestSink = Callable[[RequestEntry], None]
"""Takes each entry at once and must not block."""
