"""A TCP proxy: bytes in, bytes out, to a loopback port."""

from __future__ import annotations

import asyncio

from wizard.standin.edge.listener import LOOPBACK, Listener
from wizard.standin.edge.wire import close, splice


class TcpProxy(Listener):
    """What a database is reached through from outside the private network."""

    def __init__(self, target: int) -> None:
        super().__init__()
        self._target = target

    def switch(self, target: int) -> None:
        """Send new connections to another port; open ones stay where they are."""
        self._target = target

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Splice one connection; a target that refuses closes it."""
        upstream = await asyncio.open_connection(LOOPBACK, self._target)
        try:
            await splice((reader, writer), upstream)
        finally:
            await close(upstream[1])
