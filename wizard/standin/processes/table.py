"""The machine's process table: who lives, since when, who descends from whom, who carries a run's id.

Linux reads /proc; elsewhere `ps` answers, and environments stay unread.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUN_ID = "RAILWIZARD_RUN_ID"
"""Environment variable that every process of a run carries."""

_PROC = Path("/proc")
_LINUX = sys.platform == "linux"
_STATE, _PARENT, _STARTED = 0, 1, 19
"""Positions in /proc/PID/stat behind the command's closing bracket."""


def start_time(pid: int) -> str | None:
    """Return when the process began, as a text that only this process has; None where it ended or is a zombie."""
    if not _LINUX:
        return _ps("lstart", pid) or None
    fields = _stat(pid)
    if not fields or fields[_STATE] in "ZX":
        return None
    boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{boot}:{fields[_STARTED]}"


def is_alive(pid: int, started: str) -> bool:
    """Say whether that very process runs, not another one that got its number."""
    return start_time(pid) == started


def descendants(pid: int) -> list[int]:
    """Return the processes below this one, without itself."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def with_run_id(run_id: str) -> list[int]:
    """Return the processes whose environment at their start carried this run's id (Linux only)."""
    needle = f"{RUN_ID}={run_id}".encode()
    return [pid for pid in _pids() if needle in _environment(pid)]


def _pids() -> list[int]:
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdecimal()] if _LINUX else []


def _environment(pid: int) -> list[bytes]:
    try:
        return (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _stat(pid: int) -> list[str]:
    try:
        return (_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _parents() -> list[tuple[int, int]]:
    if _LINUX:
        return [(pid, int(fields[_PARENT])) for pid in _pids() if (fields := _stat(pid))]
    listed = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=False).stdout
    rows = (row.split() for row in listed.splitlines())
    return [(int(row[0]), int(row[1])) for row in rows]


def _ps(column: str, pid: int) -> str:
    argv = ["ps", "-o", f"{column}=", "-p", str(pid)]
    return subprocess.run(argv, capture_output=True, text=True, check=False).stdout.strip()
