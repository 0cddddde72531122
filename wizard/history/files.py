"""One file a run: every event but log lines, written as it happens, so that a killed run can be read too."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wizard.errors import UsageError
from wizard.event_json import decode_event, to_line
from wizard.events import LogLines, Stamped
from wizard.report.record import RunRecord

_KEPT = 200
"""Runs kept of one plan: the oldest go when a new one begins."""
_SUFFIX = ".ndjson"
_RUN = re.compile(r"[0-9A-Za-z-]{1,64}")


def history_folder(state: Path, key: str) -> Path:
    """Return where the runs of one plan lie."""
    return state / "history" / key


@dataclass(slots=True)
class RunFile:
    """A listener that keeps a run; where no file can be written the run goes on without."""

    folder: Path
    _path: Path | None = None
    _failed: bool = False

    def __call__(self, stamped: Stamped) -> None:
        """Append one event."""
        if self._failed or isinstance(stamped.event, LogLines):
            return
        try:
            self._path = self._path or self._begin(stamped)
            _append(self._path, to_line(stamped) + "\n")
        except OSError:
            self._failed = True

    def _begin(self, stamped: Stamped) -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_the_oldest(self.folder)
        return self.folder / f"{stamped.at:%Y%m%dT%H%M%S}-{stamped.run}{_SUFFIX}"


def _append(path: Path, line: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode("utf-8", "replace"))
    finally:
        os.close(handle)


def _forget_the_oldest(folder: Path) -> None:
    for path in _newest_first(folder)[_KEPT - 1 :]:
        with suppress(OSError):
            path.unlink()


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{_SUFFIX}"), reverse=True)


def runs(folder: Path) -> Iterator[RunRecord]:
    """Read the runs, newest first; files nobody can read are passed over."""
    for path in _newest_first(folder):
        with suppress(OSError):
            record = RunRecord.of(_events(path))
            if record.started:
                yield record


def events_of(folder: Path, run: str) -> tuple[Stamped, ...]:
    """Return a run's events; `run` is the beginning of an id, or `last`, or `last-1` for the one before.

    Raises:
        UsageError: there is no such run, or more than one begins so.
    """
    found = _chosen(_newest_first(folder), run)
    if len(found) != 1:
        known = ", ".join(_id(path) for path in _newest_first(folder)[:5])
        raise UsageError(
            "history.no-such-run" if not found else "history.several-runs", run=run[:64], known=known or "-"
        )
    return tuple(_events(found[0]))


def _chosen(paths: list[Path], run: str) -> list[Path]:
    if run == "last" or re.fullmatch(r"last-\d{1,4}", run):
        back = int(run.partition("-")[2] or 0)
        return paths[back : back + 1]
    return [path for path in paths if _RUN.fullmatch(run) and _id(path).startswith(run)]


def _id(path: Path) -> str:
    return path.stem.partition("-")[2]


def _events(path: Path) -> Iterator[Stamped]:
    """Yield what can be read: the last line of a killed run may be half a line, a newer version knows other events."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError):
                yield decode_event(json.loads(line))
