"""A machine whose processes are actors in this process: really reached through the real edge, ended when told."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tests.support.quiet_machine import Believed, QuietMachine
from wizard.clock import Clock
from wizard.standin.addresses import LOOPBACK, Address, LoopbackAddress
from wizard.standin.edge import Backend, HttpEdge, RequestEntry
from wizard.standin.edge.requests import RequestSink
from wizard.standin.processes import LogSink
from wizard.standin.state.machine import DatastoreOrder, RunOrder, StartError


@dataclass
class Actor:
    """A process that serves HTTP: `/slow` until it is released, `/ws` as an open connection, all else at once."""

    order: RunOrder
    codes: list[int]
    status: int = 200
    server: asyncio.Server | None = None
    release: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    grace: float | None = None
    """How long it was given to end; None while nobody asked it to."""
    served: int = 0
    declared: int | None = None
    _ended: asyncio.Future[int] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self) -> None:
        if self.codes:
            self.exit(self.codes.pop(0))
            return
        self.server = await asyncio.start_server(self._accept, LOOPBACK, 0)

    @property
    def address(self) -> Address:
        port = self.server.sockets[0].getsockname()[1] if self.server and self.server.sockets else 1
        return LoopbackAddress(port, self.declared)

    def declare(self, port: int) -> None:
        """Name the port that its settings speak of."""
        self.declared = port

    def pids(self) -> Sequence[int]:
        return ()

    async def wait(self) -> int:
        return await asyncio.shield(self._ended)

    async def stop(self, grace: float) -> None:
        self.grace = grace
        self.exit(-15)

    def exit(self, code: int) -> None:
        if self.server:
            self.server.close()
        for task in self._tasks:
            task.cancel()
        if not self._ended.done():
            self._ended.set_result(code)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                await self._serve(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
        self.arrived.set()
        self.served += 1
        if path == b"/ws":
            writer.write(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
            while data := await reader.read(100):
                writer.write(data)
            return
        if path == b"/slow":
            await self.release.wait()
        body = f"{self.order.variables.get('GREETING', '')} {self.order.variables['RAILWAY_REPLICA_ID']}".encode()
        writer.write(b"HTTP/1.1 %d Said\r\nContent-Length: %d\r\n\r\n%s" % (self.status, len(body), body))
        await writer.drain()


@dataclass
class ActingMachine(QuietMachine):
    """Every started process is an actor, oldest first in `actors`.

    Attributes:
        codes: the next processes end with these at once, instead of serving.
        ill: so many of the replicas that are started next end with code 1 whenever they are started.
        status: what they answer.
        refuses: the next starts fail with this.
    """

    clock: Clock | None = None
    actors: list[Actor] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    ill: int = 0
    status: int = 200
    refuses: str = ""
    datastores: list[tuple[DatastoreOrder, Believed]] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _patients: set[str] = field(default_factory=set)
    _edges: dict[int, HttpEdge] = field(default_factory=dict)
    _sinks: list[RequestSink] = field(default_factory=list)

    async def start(self, order: RunOrder, log: LogSink) -> Actor:  # type: ignore[override]
        del log
        if self.refuses:
            raise StartError(self.refuses)
        actor = Actor(order, [1] if self._is_ill(order) else self.codes, self.status)
        await actor.open()
        self.actors.append(actor)
        return actor

    def _is_ill(self, order: RunOrder) -> bool:
        replica = order.variables["RAILWAY_REPLICA_ID"]
        if self.ill and replica not in self._known:
            self.ill -= 1
            self._patients.add(replica)
        self._known.add(replica)
        return replica in self._patients

    async def start_datastore(self, order: DatastoreOrder, log: LogSink) -> Believed:
        started = await super().start_datastore(order, log)
        self.datastores.append((order, started))
        return started

    def hear(self, listener: RequestSink) -> None:
        self._sinks.append(listener)

    async def open_domain(self, label: str, port: int = 0) -> int:
        del label
        edge = HttpEdge(self._served, clock=self.clock)
        opened = await edge.open(port)
        self._edges[opened] = edge
        return opened

    def point_domain(self, port: int, target: Backend | None) -> None:
        if port in self._edges:
            self._edges[port].switch(target)

    async def close_domain(self, port: int) -> None:
        if edge := self._edges.pop(port, None):
            await edge.close()

    async def close(self) -> None:
        for port in list(self._edges):
            await self.close_domain(port)
        for actor in self.actors:
            actor.exit(0)

    def _served(self, entry: RequestEntry) -> None:
        for sink in self._sinks:
            sink(entry)
