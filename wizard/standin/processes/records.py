"""Files that say which processes the stand-in started, so that its successor can end what was left.

One JSON file a child: `{pid, started, run_id}`. A number alone proves nothing, since the system gives it out again: a
process is ended only if it also began at the recorded moment or carries the recorded run's id.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from pathlib import Path

from wizard.standin.processes.table import descendants, is_alive, start_time, with_run_id


def write(folder: Path, pid: int, run_id: str) -> Path:
    """Record a child that was just started; returns the file, which goes when the child ends."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{pid}.json"
    path.write_text(json.dumps({"pid": pid, "started": start_time(pid), "run_id": run_id}))
    return path


def sweep(folder: Path) -> list[int]:
    """End what a dead stand-in left behind; returns the processes that were killed.

    Call it before the first child of this stand-in: children of the living are recorded in the same folder.
    """
    ended: list[int] = []
    for path in sorted(folder.glob("*.json")):
        with contextlib.suppress(ValueError, KeyError, OSError):
            ended += _end(json.loads(path.read_text()))
        path.unlink(missing_ok=True)
    return ended


def _end(record: dict[str, object]) -> list[int]:
    pid, started, run_id = int(str(record["pid"])), record["started"], record["run_id"]
    victims: list[int] = []
    if isinstance(started, str) and is_alive(pid, started):
        victims += [*descendants(pid), pid]
    if isinstance(run_id, str) and run_id:
        victims += [other for other in with_run_id(run_id) if other not in victims]
    return [victim for victim in victims if victim != os.getpid() and _kill(victim)]


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        return False
    return True
