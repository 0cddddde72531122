"""The server's HTTP protocol, with its connection within reach of what it serves: faults cut it."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


class CuttableProtocol(H11Protocol):
    """Leaves its transport in every request's and every socket's scope, under `state`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a new connection."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}
