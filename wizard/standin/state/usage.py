"""What deployments really use: read from the process table when somebody asks, never invented.

On a machine without /proc nothing is measured and no value is returned.
"""

from __future__ import annotations

import asyncio
import os
import re
from dataclasses import dataclass
from pathlib import Path

from wizard.standin.state.railway import LocalRailway

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_GIGABYTE = 1_000_000_000
_LISTEN = "0A"
_SOCKET = re.compile(r"socket:\[(\d+)\]")
_START_FIELD, _USER_FIELD, _SYSTEM_FIELD, _RSS_FIELD = 19, 11, 12, 21
"""Positions in /proc/<pid>/stat behind the command's name, as proc(5) counts them less three."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Of one deployment now: memory in GB, cores used on average since its processes started."""

    memory_gb: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Listening:
    """A port a process really opened."""

    port: int
    ipv6: bool
    process_name: str


def usage(railway: LocalRailway, deployment_id: str) -> Usage | None:
    """Measure a deployment's processes; None when nothing runs or nothing can be measured."""
    found = [one for pid in railway.fleet.pids(deployment_id) if (one := _process(pid))]
    if not found:
        return None
    return Usage(sum(one.memory_gb for one in found), sum(one.cpu for one in found))


def listening(railway: LocalRailway, deployment_id: str) -> list[Listening]:
    """Return the ports a deployment's processes listen on."""
    ports = {**_listeners("tcp", ipv6=False), **_listeners("tcp6", ipv6=True)}
    found: dict[int, Listening] = {}
    for pid in railway.fleet.pids(deployment_id):
        for inode in _socket_inodes(pid):
            if inode in ports:
                port, ipv6 = ports[inode]
                found[port] = Listening(port, ipv6, _name(pid))
    return list(found.values())


async def folder_mb(railway: LocalRailway, volume_instance_id: str) -> float:
    """Return how much lies in a volume's folder, in megabytes."""
    return await size_mb(railway.cloud.folder / "volumes" / volume_instance_id)


async def size_mb(folder: Path) -> float:
    """Return how much lies in a folder, in megabytes."""
    return await asyncio.to_thread(_size, folder) / 1_000_000


def _size(folder: Path) -> int:
    total = 0
    for path, _, files in os.walk(folder, onerror=None):
        for name in files:
            try:
                total += (Path(path) / name).lstat().st_size
            except OSError:
                continue
    return total


def _process(pid: int) -> Usage | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        uptime = float((_PROC / "uptime").read_text(encoding="utf-8").split()[0])
    except OSError:
        return None
    alive = max(uptime - int(stat[_START_FIELD]) / _TICKS, 1.0)
    spent = (int(stat[_USER_FIELD]) + int(stat[_SYSTEM_FIELD])) / _TICKS
    return Usage(int(stat[_RSS_FIELD]) * _PAGE / _GIGABYTE, spent / alive)


def _listeners(table: str, *, ipv6: bool) -> dict[str, tuple[int, bool]]:
    """Return the listening sockets of the machine by inode."""
    try:
        lines = (_PROC / "net" / table).read_text(encoding="utf-8").splitlines()[1:]
    except OSError:
        return {}
    rows = [line.split() for line in lines]
    return {row[9]: (int(row[1].rpartition(":")[2], 16), ipv6) for row in rows if row[3] == _LISTEN}


def _socket_inodes(pid: int) -> list[str]:
    try:
        links = [str(entry.readlink()) for entry in (_PROC / str(pid) / "fd").iterdir()]
    except OSError:
        return []
    return [match[1] for link in links if (match := _SOCKET.fullmatch(link))]


def _name(pid: int) -> str:
    try:
        return (_PROC / str(pid) / "comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""
