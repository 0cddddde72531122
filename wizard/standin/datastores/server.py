"""What the managers of database servers share: the running server, waiting until it answers, child environments."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from wizard.errors import FailedError
from wizard.messages import Message
from wizard.standin.addresses import LOOPBACK, Address, LoopbackAddress
from wizard.standin.edge import TcpProxy
from wizard.standin.processes import RUN_ID, Child, LogLine, LogSink

_READY_SECONDS = 60.0
_POLL_SECONDS = 0.03
_LAST_LINES = 5
EVERYWHERE = "*"
"""In a network of its own a server listens on all of its addresses."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a server runs.

    Attributes:
        port: it listens on.
        address: where it is reached, this machine's loopback where none is given.
        prefix: what stands before its program, to enter its network.
    """

    port: int
    address: Address | None = None
    prefix: tuple[str, ...] = ()

    @property
    def listens_on(self) -> str:
        """The address a server is told to bind."""
        return EVERYWHERE if self.address else LOOPBACK

    @property
    def reached(self) -> Address:
        """Where it is dialled."""
        return self.address or LoopbackAddress(self.port)

    @asynccontextmanager
    async def door(self) -> AsyncIterator[int]:
        """Open a loopback port that leads to the server, for a client that knows nothing of its network."""
        if self.address is None:
            yield self.port
            return
        proxy = TcpProxy(self.address)
        try:
            yield await proxy.open()
        finally:
            await proxy.close()


@dataclass(frozen=True, slots=True)
class Server:
    """A database server that answers.

    Attributes:
        pid: the process that leads it.
        address: where it is reached.
        version: as the operator may read it, such as `PostgreSQL 16.14` or `Valkey 9.1`.
        differences: where this is not what the plan asked for.
    """

    pid: int
    address: Address
    version: str
    _child: Child
    differences: tuple[Message, ...] = ()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self.address.port

    async def stop(self, grace: float = 10.0) -> None:
        """End it in good order; its data stay."""
        await self._child.interrupt(grace)

    async def wait(self) -> int:
        """Return its exit code when it ends by itself."""
        return await self._child.wait()


def environment(run_id: str) -> dict[str, str]:
    """Return all that a server's process needs to know of this machine."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", RUN_ID: run_id}


class Tail:
    """Passes lines on and remembers the last ones, for the error that needs them."""

    def __init__(self, log: LogSink) -> None:
        self._log = log
        self._lines: list[str] = []

    def __call__(self, line: LogLine) -> None:
        """Pass the line on."""
        self._lines = [*self._lines[-(_LAST_LINES - 1) :], line.text]
        self._log(line)

    def __str__(self) -> str:
        return " / ".join(self._lines) or "-"


async def answering(child: Child, ready: Callable[[], Awaitable[bool]], tail: Tail, name: str) -> None:
    """Wait until a real connection is answered; raises FailedError where the server ends or stays silent."""
    answered = False
    try:
        async with asyncio.timeout(_READY_SECONDS):
            while child.running:
                answered = await ready()
                if answered:
                    return
                await asyncio.sleep(_POLL_SECONDS)
        raise FailedError("datastores.not-answering", name=name, lines=str(tail))
    except TimeoutError:
        raise FailedError("datastores.not-answering", name=name, lines=str(tail)) from None
    finally:
        if not answered:
            child.kill()
            await child.wait()
