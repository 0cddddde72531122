"""Which TCP sockets a deployment's processes really have: read from /proc, in the network each process is in.

On a machine without /proc nothing is seen and nothing is returned.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_LISTEN, _ESTABLISHED = "0A", "01"
_SOCKET = re.compile(r"socket:\[(\d+)\]")
_STATE, _INODE, _LOCAL = 3, 9, 1
"""Columns of /proc/net/tcp."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A port a process really opened."""

    port: int
    ipv6: bool
    process_name: str


def listening(pids: Iterable[int]) -> list[Listening]:
    """Return the ports these processes listen on, each once, the lowest first."""
    found = {one.port: one for pid in pids for one in _of(pid, _LISTEN)}
    return sorted(found.values(), key=lambda one: one.port)


def connected(pids: Iterable[int]) -> bool:
    """Tell whether any of these processes has an open connection."""
    return any(True for pid in pids for _ in _of(pid, _ESTABLISHED))


def _of(pid: int, state: str) -> Iterator[Listening]:
    own = set(_inodes(pid))
    for table in ("tcp", "tcp6") if own else ():
        for row in _rows(pid, table):
            if row[_STATE] == state and row[_INODE] in own:
                yield Listening(int(row[_LOCAL].rpartition(":")[2], 16), table == "tcp6", _name(pid))


def _rows(pid: int, table: str) -> list[list[str]]:
    with contextlib.suppress(OSError):
        text = (_PROC / str(pid) / "net" / table).read_text(encoding="utf-8")
        return [line.split() for line in text.splitlines()[1:]]
    return []


def _inodes(pid: int) -> Iterator[str]:
    with contextlib.suppress(OSError):
        for entry in os.scandir(_PROC / str(pid) / "fd"):
            with contextlib.suppress(OSError):
                match = _SOCKET.fullmatch(str(Path(entry.path).readlink()))
                if match:
                    yield match[1]


def _name(pid: int) -> str:
    with contextlib.suppress(OSError):
        return (_PROC / str(pid) / "comm").read_text(encoding="utf-8").strip()
    return ""
