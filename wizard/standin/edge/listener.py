"""A loopback listener that knows its connections and closes with them."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress

from wizard.standin.addresses import LOOPBACK
from wizard.standin.edge.wire import HEAD_LIMIT, close


class Listener:
    """One listening socket on 127.0.0.1 and the tasks of its connections; subclasses say what a connection does."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._others: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, port: int = 0) -> int:
        """Listen and return the port; 0 takes a free one. Raises OSError for one that is taken."""
        self._server = await asyncio.start_server(self._accept, LOOPBACK, port, limit=2 * HEAD_LIMIT)
        return self.port

    async def also(self, listener: socket.socket) -> None:
        """Serve what comes in on another listening socket too, which closes with this."""
        self._others.append(await asyncio.start_server(self._accept, sock=listener, limit=2 * HEAD_LIMIT))

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._server is None:
            raise RuntimeError("the listener is not open")
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and cut every connection."""
        for server in (self._server, *self._others):
            if server is not None:
                server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for server in (self._server, *self._others):
            if server is not None:
                await server.wait_closed()
        self._server, self._others = None, []

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self.serve(reader, writer)
        finally:
            writer.close()
            if task is not None:
                self._tasks.discard(task)
        with suppress(asyncio.CancelledError):
            await close(writer)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        raise NotImplementedError
