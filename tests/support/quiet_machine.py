"""A machine for the local platform on which nothing runs: builds end at once, processes are only believed in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from wizard.standin.addresses import Address, LoopbackAddress
from wizard.standin.edge import Backend
from wizard.standin.edge.requests import RequestSink
from wizard.standin.processes import LogLine, LogSink
from wizard.standin.state.machine import BuildError, BuildOrder, DatastoreOrder, RunOrder
from wizard.standin.state.rows import Document

UNBUILDABLE = "does-not-build"
"""A file of this name makes a build fail."""


@dataclass
class Believed:
    port: int
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def address(self) -> Address:
        return LoopbackAddress(self.port)

    def pids(self) -> Sequence[int]:
        return ()

    async def wait(self) -> int:
        await self._stopped.wait()
        return 0

    async def stop(self, grace: float) -> None:
        del grace
        self._stopped.set()


@dataclass
class QuietMachine:
    """Implements the machine of the local platform."""

    _ports: count[int] = field(default_factory=lambda: count(40_000))

    async def open(self) -> None:
        return

    def hear(self, listener: RequestSink) -> None:
        del listener

    async def build(self, order: BuildOrder, log: LogSink) -> Document:
        log(LogLine(f"building {order.name}"))
        if any(order.snapshot.rglob(UNBUILDABLE)):
            log(LogLine(f"error: {UNBUILDABLE}", "stderr"))
            raise BuildError(UNBUILDABLE)
        return {"name": order.name}

    async def run(self, order: RunOrder, command: str, log: LogSink) -> int:
        log(LogLine(f"{order.name} runs {command}"))
        return 0

    async def start(self, order: RunOrder, log: LogSink) -> Believed:
        log(LogLine(f"{order.name} is listening"))
        return Believed(next(self._ports))

    async def start_datastore(self, order: DatastoreOrder, log: LogSink) -> Believed:
        log(LogLine(f"{order.engine} is ready"))
        return Believed(order.port)

    async def open_domain(self, label: str, port: int = 0) -> int:
        del label
        return port or next(self._ports)

    def private_host(self, service: str) -> str:
        del service
        return "127.0.0.1"

    def private_port(self, usual: int) -> int:
        del usual
        return next(self._ports)

    def point_private(self, network: str, service: str, target: Address | None) -> None:
        del network, service, target

    def point_domain(self, port: int, target: Backend | None) -> None:
        del port, target

    async def close_domain(self, port: int) -> None:
        del port

    async def open_proxy(self, target: Address | None, port: int = 0) -> int:
        del target
        return port or next(self._ports)

    def point_proxy(self, port: int, target: Address | None) -> None:
        del port, target

    async def close_proxy(self, port: int) -> None:
        del port

    async def close(self) -> None:
        return
