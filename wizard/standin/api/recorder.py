"""Every request as it came: what was asked, by which kind of credential, how it went. No secret is kept."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wizard.secrets import MASK

_KEPT = 10_000
_SECRET_KEYS = {"value", "password", "token", "defaultvalue"}
_SECRET_MAPS = {"variables", "sharedvariables"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        at: seconds on the stand-in's monotonic clock.
        kind: `query`, `mutation`, `subscription`, `socket`, `upload` or `invalid`.
        name: the operation's name, or the route.
        roots: its root fields.
        variables: its variables, secrets masked.
        status: the HTTP status answered; 101 for a socket and its subscriptions.
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
    """Keeps the newest requests in memory and all of them in a file of the stand-in's folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "requests.jsonl"
        self.requests: deque[Request] = deque(maxlen=_KEPT)

    def add(self, request: Request) -> None:
        """Record one request."""
        self.requests.append(request)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(request)) + "\n")


def masked(value: Any, *, secret: bool = False) -> Any:
    """Return variables of a request with every value that may be secret masked, names kept."""
    if isinstance(value, dict):
        return {key: masked(inner, secret=secret or _hides(key, inner)) for key, inner in value.items()}
    if isinstance(value, list):
        return [masked(inner, secret=secret) for inner in value]
    return MASK if secret and isinstance(value, str) else value


def _hides(key: str, inner: object) -> bool:
    plain = key.lower()
    return plain in _SECRET_KEYS or (plain in _SECRET_MAPS and isinstance(inner, dict))
