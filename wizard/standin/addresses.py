"""Where processes are reached: an address knows how it is dialled, whoever wants to need not know the network.

A process of this machine listens on loopback; one of the sandbox listens in a network of its own, where only sockets
made there lead.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Protocol

LOOPBACK = "127.0.0.1"
STREAM_LIMIT = 64 * 1024
"""Bytes that a reader buffers unless its user asks for more."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Address(Protocol):
    """One TCP port of one process. Equal addresses lead to the same place; its text is `host:port`."""

    @property
    def port(self) -> int:
        """The port, as the process itself names it."""
        ...

    def at(self, port: int) -> Address:
        """Return another port of the same process, as its image names it."""
        ...

    async def connect(self, *, limit: int = STREAM_LIMIT) -> Streams:
        """Open a connection; raises OSError where nobody takes it."""
        ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class LoopbackAddress:
    """A port of this machine's loopback.

    Attributes:
        port: the real one.
        declared: the port that the process's settings name in its place; None where every port means this one.
    """

    port: int
    declared: int | None = None

    def at(self, port: int) -> Address:
        """Return this address for the declared port and its own; nobody answers on another."""
        return self if self.declared is None or port in {self.declared, self.port} else Nowhere(port)

    async def connect(self, *, limit: int = STREAM_LIMIT) -> Streams:
        """Open a connection; raises OSError where nobody listens."""
        return await asyncio.open_connection(LOOPBACK, self.port, limit=limit)

    def __str__(self) -> str:
        return f"{LOOPBACK}:{self.port}"


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A port that nobody listens on."""

    port: int = 0

    def at(self, port: int) -> Address:
        """Return another port of nobody's."""
        return Nowhere(port)

    async def connect(self, *, limit: int = STREAM_LIMIT) -> Streams:
        """Refuse."""
        del limit
        raise ConnectionRefusedError(f"nobody listens on port {self.port}")

    def __str__(self) -> str:
        return f"-:{self.port}"


def free_port() -> int:
    """Return a loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
