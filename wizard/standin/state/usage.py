"""What deployments really use: read from the process table when somebody asks, never invented.

On a machine without /proc nothing is measured and no value is returned.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wizard.standin.state.cloud import Cloud

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_GIGABYTE = 1_000_000_000
_START_FIELD, _USER_FIELD, _SYSTEM_FIELD, _RSS_FIELD = 19, 11, 12, 21
"""Positions in /proc/<pid>/stat behind the command's name, as proc(5) counts them less three."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Of one deployment now: memory in GB, cores used on average since its processes started."""

    memory_gb: float
    cpu: float


def usage(pids: Iterable[int]) -> Usage | None:
    """Measure a deployment's processes; None when nothing runs or nothing can be measured."""
    found = [one for pid in pids if (one := _process(pid))]
    if not found:
        return None
    return Usage(sum(one.memory_gb for one in found), sum(one.cpu for one in found))


def process_times(pids: Iterable[int]) -> dict[int, float]:
    """Return the CPU seconds each process has spent so far."""
    return {pid: spent for pid in pids if (spent := _spent(pid)) is not None}


async def folder_mb(cloud: Cloud, volume_instance_id: str) -> float:
    """Return how much lies in a volume's folder, in megabytes."""
    return await size_mb(cloud.folder / "volumes" / volume_instance_id)


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


def _spent(pid: int) -> float | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(stat[_USER_FIELD]) + int(stat[_SYSTEM_FIELD])) / _TICKS


def _process(pid: int) -> Usage | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        uptime = float((_PROC / "uptime").read_text(encoding="utf-8").split()[0])
    except OSError:
        return None
    alive = max(uptime - int(stat[_START_FIELD]) / _TICKS, 1.0)
    spent = (int(stat[_USER_FIELD]) + int(stat[_SYSTEM_FIELD])) / _TICKS
    return Usage(int(stat[_RSS_FIELD]) * _PAGE / _GIGABYTE, spent / alive)
