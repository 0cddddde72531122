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
        received: bytes of body from the client.
        sent: bytes of body to the client.
        upstream: the address that served it, None where nobody did.
    """

    at: datetime
    request_id: str
    method: str
    path: str
    host: str
    status: int
    seconds: float
    received: int
    sent: int
    upstream: Address | None


RequestSink = Callable[[RequestEntry], None]
"""Takes each entry at once and must not block."""
