"""The newest requests in short: what was asked, by which kind of credential, how it went. No secret is kept."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        at: seconds on the stand-in's monotonic clock.
        kind: `query`, `mutation`, `subscription`, `socket`, `upload` or `invalid`.
        name: the operation's name, or the route.
        roots: its root fields.
        variables: its variables, secrets masked.
        status: the HTTP status answered; 101 for a socket and its subscriptions, 0 where the connection was cut.
        errors: messages answered.
        seconds: how long it took on the clock.
        credential: the kind of credential.
    """

    at: float
    kind: str
    name: str
    roots: list[str]
    variables: Any
    status: int
    errors: list[str]
    seconds: float
    credential: str


class Recorder:
    """Keeps the newest requests in memory."""

    def __init__(self) -> None:
        self.requests: deque[Request] = deque(maxlen=_KEPT)

    def add(self, request: Request) -> None:
        """Record one request."""
        self.requests.append(request)
