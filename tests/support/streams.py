"""Takes a stand-in's subscriptions away: the seam is the class that serves one socket of its application."""

from __future__ import annotations

from enum import StrEnum

import pytest
from starlette.websockets import WebSocket, WebSocketDisconnect

from wizard.standin.api import application
from wizard.standin.api.gateway import Gateway
from wizard.standin.api.graphql_socket import PROTOCOL


class Streams(StrEnum):
    """What becomes of a client that wants to subscribe."""

    UP = "up"
    REFUSED = "refused"
    """The handshake is answered with 403, as by a proxy that knows no WebSocket."""
    CUT = "cut"
    """The socket opens and is cut at the first subscription, as by a proxy that gives up on it."""


class _Refusing:
    def __init__(self, gateway: Gateway, socket: WebSocket) -> None:
        self._socket = socket
        del gateway

    async def serve(self) -> None:
        await self._socket.close()


class _Cutting:
    def __init__(self, gateway: Gateway, socket: WebSocket) -> None:
        self._gateway, self._socket = gateway, socket

    async def serve(self) -> None:
        try:
            await self._socket.accept(subprotocol=PROTOCOL)
            await self._socket.receive_text()
            await self._socket.send_text('{"type": "connection_ack"}')
            await self._socket.receive_text()
            await self._socket.close(1012)
        except WebSocketDisconnect:
            return


def take_streams_away(monkeypatch: pytest.MonkeyPatch, streams: Streams) -> None:
    """Serve sockets so from now on."""
    if streams is not Streams.UP:
        monkeypatch.setattr(application, "Connection", _Refusing if streams is Streams.REFUSED else _Cutting)
