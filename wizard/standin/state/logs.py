"""Build and deployment logs: kept per deployment in memory and in its file, read by limit, followed live.

A replica may write so many lines a second; more are dropped, and a line in the platform's words says how many.
"""

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
from wizard.standin.state.structured_logs import Parsed, parse

Kind = Literal["build", "deploy"]
_BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Log:
    """One line: RFC 3339 with nanoseconds, the text, `info` or `error`."""

    timestamp: str
    message: str
    severity: str
    deployment_id: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Intake:
    """What one replica wrote in the present second of the clock."""

    deployment_id: str
    second: int = -1
    lines: int = 0
    dropped: int = 0


DROPPED = (
    "Railway rate limit of {limit} logs/sec reached for replica, "
    "update your application to reduce the logging rate. Messages dropped: {dropped}"
)


class LogBook:
    """Every log of the local platform; timestamps never repeat, so a reader can drop replayed lines."""

    def __init__(self, folder: Path, clock: Clock, lines_per_second: int = 500) -> None:
        self._folder = folder
        self._limit = lines_per_second
        self._intakes: list[_Intake] = []
        self._clock = clock
        self._lines: dict[tuple[str, Kind], list[Log]] = defaultdict(list)
        self._last = 0
        self.pulse = Pulse()

    def sink(self, deployment: Deployment, kind: Kind) -> LogSink:
        """Return a sink for a child's output; what it writes to stderr is an `error`, what is too much is lost."""
        intake = _Intake(deployment.id)
        self._intakes.append(intake)

        def write(line: LogLine) -> None:
            if kind == "build" or self._takes(intake):
                self.write(deployment.id, kind, line.text, "error" if line.stream == "stderr" else "info")

        return write

    def flush(self) -> None:
        """Say what was dropped in seconds that are over."""
        second = int(self._clock.monotonic())
        for intake in self._intakes:
            if intake.dropped and intake.second < second:
                told = DROPPED.format(limit=self._limit, dropped=intake.dropped)
                intake.dropped = 0
                self.write(intake.deployment_id, "deploy", told, "warn")

    def say(self, deployment: Deployment, kind: Kind, text: str) -> None:
        """Write a line of the platform itself: its time ends in whole seconds where that stays in order."""
        whole = self._now() // _BILLION * _BILLION
        self._append(deployment.id, kind, parse(text, "info"), whole if whole > self._last else self._tick())

    def write(self, deployment_id: str, kind: Kind, text: str, severity: str = "info") -> None:
        """Write one line of an application or a build."""
        self._append(deployment_id, kind, parse(text, severity), self._tick())

    def read(self, deployment_ids: Iterable[str], *kinds: Kind) -> list[Log]:
        """Return the lines of these deployments, oldest first."""
        self.flush()
        found = [line for id_ in deployment_ids for kind in kinds for line in self._book(id_, kind)]
        return sorted(found, key=lambda line: line.timestamp)

    def _book(self, deployment_id: str, kind: Kind) -> list[Log]:
        known = self._lines.get((deployment_id, kind))
        if known is None:
            known = self._lines[deployment_id, kind] = _stored(self._file(deployment_id, kind))
        return known

    def _takes(self, intake: _Intake) -> bool:
        """Count a replica's line and tell whether it is within the rate."""
        second = int(self._clock.monotonic())
        if second != intake.second:
            self.flush()
            intake.second, intake.lines = second, 0
        intake.lines += 1
        intake.dropped += intake.lines > self._limit
        return intake.lines <= self._limit

    def _append(self, deployment_id: str, kind: Kind, parsed: Parsed, nanoseconds: int) -> None:
        line = Log(_rfc3339(nanoseconds), parsed.message, parsed.severity, deployment_id, parsed.attributes)
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
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return [Log(**{**row, "attributes": tuple(map(tuple, row.get("attributes", ())))}) for row in rows]


def _rfc3339(nanoseconds: int) -> str:
    seconds, rest = divmod(nanoseconds, _BILLION)
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"
