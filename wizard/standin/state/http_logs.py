"""The request log of every deployment: kept in memory and in its file, followed live."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wizard.standin.edge.requests import RequestEntry
from wizard.standin.state.store import Pulse


@dataclass(frozen=True, slots=True)
class HttpLine:
    """One request to a public domain as it is kept: durations in seconds, sizes in bytes."""

    timestamp: str
    request_id: str
    deployment_id: str
    instance_id: str
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
    upstream: str
    details: str
    upstream_errors: str

    @property
    def at(self) -> datetime:
        """When the request came."""
        return datetime.fromisoformat(f"{self.timestamp[:26]}+00:00")

    @property
    def route(self) -> str:
        """The path without its query."""
        return self.path.partition("?")[0]


class RequestBook:
    """Every request of the local platform; a timestamp never repeats, so a reader can drop replayed lines."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: dict[str, list[HttpLine]] = defaultdict(list)
        self._loaded: set[str] = set()
        self._last = ""
        self.pulse = Pulse()

    def note(self, entry: RequestEntry) -> None:
        """Keep one request; one to a domain behind which nothing is deployed belongs to nobody."""
        if entry.deployment_id is None:
            return
        line = _line(entry, self._timestamp(entry.at))
        self._book(line.deployment_id).append(line)
        with self._file(line.deployment_id).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(line)) + "\n")
        self.pulse.beat()

    def read(self, deployment_ids: Iterable[str]) -> list[HttpLine]:
        """Return the requests of these deployments, oldest first."""
        lines = [line for id_ in deployment_ids for line in self._book(id_)]
        return sorted(lines, key=lambda line: line.timestamp)

    def _book(self, deployment_id: str) -> list[HttpLine]:
        if deployment_id not in self._loaded:
            self._loaded.add(deployment_id)
            self._lines[deployment_id] = _stored(self._file(deployment_id))
        return self._lines[deployment_id]

    def _timestamp(self, at: datetime) -> str:
        """Return the moment in RFC 3339, a nanosecond later than the last where that was no earlier."""
        text = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}000Z"
        if text[:-4] == self._last[:-4]:
            text = f"{text[:-4]}{int(self._last[-4:-1]) + 1:03d}Z"
        self._last = text
        return text

    def _file(self, deployment_id: str) -> Path:
        return self._folder / f"{deployment_id}.http.jsonl"


def _line(entry: RequestEntry, timestamp: str) -> HttpLine:
    told: dict[str, Any] = {
        "timestamp": timestamp,
        "request_id": entry.request_id,
        "deployment_id": entry.deployment_id or "",
        "instance_id": entry.instance_id or entry.deployment_id or "",
        "upstream": str(entry.upstream) if entry.upstream else "",
        "upstream_errors": json.dumps(list(entry.upstream_errors)) if entry.upstream_errors else "",
    }
    kept = ("method", "path", "host", "status", "seconds", "upstream_seconds", "received", "sent", "client")
    same = {name: getattr(entry, name) for name in (*kept, "user_agent", "protocol", "details")}
    return HttpLine(**told, **same)


def _stored(file: Path) -> list[HttpLine]:
    if not file.exists():
        return []
    return [HttpLine(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
