"""Which TCP sockets processes listen on: /proc on Linux, lsof elsewhere."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_LISTEN = "0A"
_TABLES = ("net/tcp", "net/tcp6")
_LINUX = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Listening:
    """One listening socket.

    Attributes:
        address: as text, `0.0.0.0` or `::` for every one of the machine's.
        port: its port.
    """

    address: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches it."""
        address = ipaddress.ip_address(self.address)
        mapped = getattr(address, "ipv4_mapped", None)
        return bool((mapped or address).is_loopback)


def listening(pids: Iterable[int]) -> list[Listening]:
    """Return what these processes listen on."""
    if not _LINUX:
        return _by_lsof(pids)
    members = list(pids)
    table = {inode: found for pid in _one_a_network(members) for inode, found in _table(f"/proc/{pid}").items()}
    return [table[inode] for inode in _sockets(members) if inode in table]


def exposed(members: Callable[[], list[int]]) -> Listening | None:
    """Return a socket of these processes that is not on loopback; they are asked for only if there is one at all."""
    if not _LINUX:
        return next((found for found in _by_lsof(members()) if not found.is_loopback), None)
    suspects = {inode: found for inode, found in _table("/proc/self").items() if not found.is_loopback}
    if not suspects:
        return None
    return next((suspects[inode] for inode in _sockets(members()) if inode in suspects), None)


def _one_a_network(pids: Iterable[int]) -> Iterable[int]:
    """Return one process of each network namespace: its table lists the sockets of all."""
    found: dict[str, int] = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            found.setdefault(str(Path(f"/proc/{pid}/ns/net").readlink()), pid)
    return found.values()


def _table(process: str) -> dict[str, Listening]:
    """Return every listening socket of a process's network namespace by its inode."""
    found: dict[str, Listening] = {}
    for path in _TABLES:
        with contextlib.suppress(OSError):
            for row in Path(process, path).read_text().splitlines()[1:]:
                fields = row.split()
                if fields[3] == _LISTEN:
                    found[fields[9]] = _parse(fields[1])
    return found


def _parse(text: str) -> Listening:
    """Read `0100007F:1F90`: the address in words of the machine's byte order, the port in hexadecimal."""
    raw, _, port = text.partition(":")
    words = [int(raw[at : at + 8], 16) for at in range(0, len(raw), 8)]
    packed = struct.pack(f"={len(words)}I", *words)
    family = socket.AF_INET if len(words) == 1 else socket.AF_INET6
    return Listening(socket.inet_ntop(family, packed), int(port, 16))


def _sockets(pids: Iterable[int]) -> set[str]:
    found = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            for entry in os.scandir(f"/proc/{pid}/fd"):
                with contextlib.suppress(OSError):
                    link = str(Path(entry.path).readlink())
                    if link.startswith("socket:["):
                        found.add(link[8:-1])
    return found


def _by_lsof(pids: Iterable[int]) -> list[Listening]:
    listed = ",".join(str(pid) for pid in pids)
    program = shutil.which("lsof")
    if not program or not listed:
        return []
    argv = [program, "-nP", "-a", "-p", listed, "-iTCP", "-sTCP:LISTEN", "-Fn"]
    answer = subprocess.run(argv, capture_output=True, text=True, timeout=20, check=False).stdout
    names = [row[1:] for row in answer.splitlines() if row.startswith("n")]
    return [_from_lsof(name) for name in names]


def _from_lsof(name: str) -> Listening:
    address, _, port = name.rpartition(":")
    return Listening({"*": "0.0.0.0"}.get(address, address.strip("[]")), int(port))  # noqa: S104 - read, not bound
