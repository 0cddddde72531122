"""Finds the processes of a run by what nobody can hide: where they stand, what they hold open, their environment.

Linux only: it reads /proc. A process belongs to a run when its working folder, root, executable or one of its open
files lies in the run's folder, or when its environment carries the id of a run that was seen there.
"""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")
_RUN_ID = b"RAILWIZARD_RUN_ID="
_LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """One process of a run: its command line, and what gave it away."""

    pid: int
    command: str
    by: str


@dataclass(slots=True)
class Detector:
    """Looks for processes of the runs whose state lies in a folder, and remembers the ids they carried."""

    folder: Path
    ids: set[bytes] = field(default_factory=set)
    seen: dict[int, Found] = field(default_factory=dict)

    def look(self) -> list[Found]:
        """Return the processes that live now."""
        found = [one for pid in _pids() if (one := self._judge(pid))]
        self.seen.update({one.pid: one for one in found})
        return found

    def sees(self, *words: str) -> bool:
        """Look, and tell whether each of these was in the command line of some process, now or before."""
        self.look()
        return all(any(word in one.command for one in self.seen.values()) for word in words)

    async def watch(self, *words: str, seconds: float) -> None:
        """Look until all of these have been seen."""
        deadline = time.monotonic() + seconds
        while not self.sees(*words):
            assert time.monotonic() < deadline, (words, sorted(one.command for one in self.seen.values()))
            await asyncio.sleep(_LOOK_SECONDS)

    async def nobody(self, seconds: float) -> list[Found]:
        """Wait until nobody is left, at most so long; returns who is."""
        deadline = time.monotonic() + seconds
        while True:
            left = self.look()
            if not left or time.monotonic() >= deadline:
                return left
            await asyncio.sleep(_LOOK_SECONDS)

    def _judge(self, pid: int) -> Found | None:
        ids = _run_ids(pid)
        by = self._place(pid)
        if by:
            self.ids |= ids
        elif ids & self.ids:
            by = "environment"
        return Found(pid, _command(pid), by) if by else None

    def _place(self, pid: int) -> str:
        here = str(self.folder.resolve())
        for name, target in _links(pid):
            if target == here or target.startswith(f"{here}/"):
                return f"{name} -> {target}"
        return ""


def _pids() -> list[int]:
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdecimal() and int(entry.name) != os.getpid()]


def _links(pid: int) -> list[tuple[str, str]]:
    folder = _PROC / str(pid)
    found = []
    with suppress(OSError):
        paths = [folder / "cwd", folder / "root", folder / "exe", *(folder / "fd").iterdir()]
        for path in paths:
            with suppress(OSError):
                found.append((path.name, str(path.readlink())))
    return found


def _run_ids(pid: int) -> set[bytes]:
    with suppress(OSError):
        variables = (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
        return {variable for variable in variables if variable.startswith(_RUN_ID)}
    return set()


def _command(pid: int) -> str:
    with suppress(OSError):
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return ""
