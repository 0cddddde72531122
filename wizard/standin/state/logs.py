"""Build and deployment logs: kept per deployment in memory and in its file, read by limit, followed live."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from wizard.clock import Clock
from wizard.standin.processes import LogLine, LogSink
from wizard.standin.state.rows import Deployment
from wizard.standin.state.store import Pulse

Kind = Literal["build", "deploy"]
_BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Log:
    """One line: RFC 3339 with nanoseconds, the text, `info` or `error`."""

    timestamp: str
    message: str
    severity: str
    deployment_id: str


class LogBook:
    """Every log of the local platform; timestamps never repeat, so a reader can drop replayed lines."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._lines: dict[tuple[str, Kind], list[Log]] = defaultdict(list)
        self._last = 0
        self.pulse = Pulse()

    def sink(self, deployment: Deployment, kind: Kind) -> LogSink:
        """Return a sink for a child's output; what it writes to stderr has severity `error`."""

        def write(line: LogLine) -> None:
            self.write(deployment.id, kind, line.text, "error" if line.stream == "stderr" else "info")

        return write

    def say(self, deployment: Deployment, kind: Kind, text: str) -> None:
        """Write a line of the platform itself: its time ends in whole seconds where that stays in order."""
        whole = self._now() // _BILLION * _BILLION
        self._append(deployment.id, kind, text, "info", whole if whole > self._last else self._tick())

    def write(self, deployment_id: str, kind: Kind, text: str, severity: str = "info") -> None:
        """Write one line of an application or a build."""
        self._append(deployment_id, kind, text, severity, self._tick())

    def read(self, deployment_ids: Iterable[str], *kinds: Kind) -> list[Log]:
        """Return the lines of these deployments, oldest first."""
        found = [line for id_ in deployment_ids for kind in kinds for line in self._book(id_, kind)]
        return sorted(found, key=lambda line: line.timestamp)

    def _book(self, deployment_id: str, kind: Kind) -> list[Log]:
        known = self._lines.get((deployment_id, kind))
        if known is None:
            known = self._lines[deployment_id, kind] = _stored(self._file(deployment_id, kind))
        return known

    def _append(self, deployment_id: str, kind: Kind, text: str, severity: str, nanoseconds: int) -> None:
        line = Log(_rfc3339(nanoseconds), text, severity, deployment_id)
        self._last = nanoseconds
        self._book(deployment_id, kind).append(line)
        with self._file(deployment_id, kind).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(line)) + "\n")
        self.pulse.beat()

    def _file(self, deployment_id: str, kind: Kind) -> Path:
        return self._folder / f"{deployment_id}.{kind}.jsonl"

    def _now(self) -> int:
        return int(self._clock.now().timestamp() * 1_000_000) * 1000

    def _tick(self) -> int:
        return max(self._last + 1, self._now() + 1)


def _stored(file: Path) -> list[Log]:
    if not file.exists():
        return []
    return [Log(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _rfc3339(nanoseconds: int) -> str:
    seconds, rest = divmod(nanoseconds, _BILLION)
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"
