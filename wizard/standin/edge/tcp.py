"""A TCP proxy: bytes in, bytes out, to one address."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from wizard.standin.addresses import Address, Nowhere, Streams
from wizard.standin.edge.listener import Listener
from wizard.standin.edge.wire import close, splice

Carry = Callable[[Streams, Streams], Awaitable[object]]
"""Copies between a client and what it wanted to reach until both are done."""


class TcpProxy(Listener):
    """What a database is reached through from outside the private network."""

    def __init__(self, target: Address | None = None, carry: Carry = splice) -> None:
        super().__init__()
        self._carry = carry
        self._target: Address = target or Nowhere()

    def switch(self, target: Address | None) -> None:
        """Send new connections to another address, or to nobody; open ones stay where they are."""
        self._target = target or Nowhere()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Splice one connection; a target that refuses closes it."""
        upstream = await self._target.connect()
        try:
            await self._carry((reader, writer), upstream)
        finally:
            await close(upstream[1])
