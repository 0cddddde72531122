"""Subscriptions over graphql-transport-ws: one socket for all of a run, few handshakes, nothing decided by them.

The socket opens with the first subscription. At most three subscriptions are being initialised at once; the server
may end one early when it sheds load. A broken socket ends every subscription with StreamError: who needs one again
asks again, and meanwhile the truth is read by query.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.typing import Subprotocol

from wizard.clock import Clock
from wizard.errors import PlatformError, WizardError
from wizard.http import connect_host
from wizard.railway.endpoint import Credential, Endpoint
from wizard.railway.errors import GraphQLError, classified
from wizard.railway.ledger import Ledger, Sent

HANDSHAKE_SECONDS = 10.0
INITIALISING_AT_ONCE = 3
PING_SECONDS = 25.0
FIRST_REST_SECONDS, LONGEST_REST_SECONDS = 10.0, 300.0
"""How long a socket that could not be opened, or broke in silence, is left alone; three times as long each time."""
_INITIALISED_AFTER_SECONDS = 1.0
"""A subscription that is silent so long counts as initialised: a quiet log says nothing."""
_PROTOCOL = Subprotocol("graphql-transport-ws")
_LONGEST_MESSAGE = 16 * 1024 * 1024


class StreamError(PlatformError):
    """The stream broke or was never there; it says nothing about what it was to report."""


class _End:
    """The server completed the subscription."""


Item = dict[str, Any] | WizardError | _End


@dataclass(slots=True, eq=False)
class _Socket:
    """One open connection and the subscriptions on it.

    Attributes:
        told: something has come for a subscription.
    """

    connection: ClientConnection
    clock: Clock
    queues: dict[str, asyncio.Queue[Item]] = field(default_factory=dict)
    closed: bool = False
    told: bool = False

    async def read(self) -> None:
        """Hand messages to their subscriptions until the connection ends."""
        reason = "closed"
        try:
            async for text in self.connection:
                with self.clock.busy():
                    await self._dispatch(json.loads(text))
        except (WebSocketException, OSError, ValueError) as error:
            reason = str(error) or type(error).__name__
        finally:
            self.closed = True
            for queue in self.queues.values():
                queue.put_nowait(StreamError("railway.stream-broken", reason=reason))

    async def _dispatch(self, told: Any) -> None:
        if not isinstance(told, dict):
            return
        kind, queue = told.get("type"), self.queues.get(str(told.get("id")))
        if kind == "ping":
            await self.send({"type": "pong"})
        elif queue is not None:
            item = _item(kind, told.get("payload"))
            if item is not None:
                self.told = True
                queue.put_nowait(item)

    async def release(self, id_: str) -> None:
        """Forget a subscription and tell the server, if there still is one to tell."""
        self.queues.pop(id_, None)
        if not self.closed:
            with suppress(StreamError):
                await self.send({"id": id_, "type": "complete"})

    async def send(self, told: Mapping[str, object]) -> None:
        """Send one message; raises StreamError where the connection is gone."""
        try:
            await self.connection.send(json.dumps(told))
        except (WebSocketException, OSError) as error:
            raise StreamError("railway.stream-broken", reason=str(error) or type(error).__name__) from error


def _item(kind: object, payload: Any) -> Item | None:
    if kind == "next" and isinstance(payload, dict):
        data = payload.get("data")
        return data if isinstance(data, dict) else _refused(payload.get("errors"))
    if kind == "error":
        return _refused(payload)
    return _End() if kind == "complete" else None


def _refused(errors: Any) -> WizardError:
    first = errors[0] if isinstance(errors, list) and errors else errors
    return classified(GraphQLError.parse(first), "subscribe")


class Connection(Protocol):
    """Where to and as whom, which may only be known once the credential was looked at."""

    @property
    def endpoint(self) -> Endpoint:
        """The server."""
        ...

    @property
    def credential(self) -> Credential:
        """The credential of this moment."""
        ...

    @property
    def clock(self) -> Clock:
        """For pauses."""
        ...


@dataclass(slots=True)
class Streams:
    """The subscriptions of one run, all on one socket that is opened when needed and opened again when lost."""

    connection: Connection
    ledger: Ledger
    _failures: int = 0
    _closed_until: float = float("-inf")
    _socket: _Socket | None = None
    _reader: asyncio.Task[None] | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _initialising: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(INITIALISING_AT_ONCE))

    async def subscribe(
        self, query: str, operation: str, variables: Mapping[str, Any]
    ) -> AsyncIterator[dict[str, Any]]:
        """Yield what arrives until the server completes; raises StreamError, or the refusal as a WizardError."""
        id_, queue = str(uuid4()), asyncio.Queue[Item]()
        socket: _Socket | None = None
        try:
            async with self._initialising:
                socket = await self._connected()
                socket.queues[id_] = queue
                self.ledger.record(Sent.SUBSCRIBE, operation, variables)
                payload = {"query": query, "operationName": operation, "variables": dict(variables)}
                await socket.send({"id": id_, "type": "subscribe", "payload": payload})
                first = await self._first(queue)
            async with aclosing(_items(first, queue)) as items:
                async for data in items:
                    yield data
        finally:
            if socket is not None:
                await socket.release(id_)

    async def close(self) -> None:
        """Close the socket; subscriptions on it end with StreamError."""
        socket, self._socket = self._socket, None
        if socket is not None:
            await socket.connection.close()
        if self._reader is not None:
            await self._reader
            self._reader = None

    async def _connected(self) -> _Socket:
        async with self._opening:
            if self._socket is not None and self._socket.closed:
                self._leave(self._socket)
            if self._socket is None:
                self._socket = await self._opened()
                self._reader = asyncio.create_task(self._socket.read(), name="railway streams")
            return self._socket

    async def _opened(self) -> _Socket:
        """Open the socket, unless it could not be opened a moment ago: everybody would knock in vain."""
        clock = self.connection.clock
        if clock.monotonic() < self._closed_until:
            raise StreamError("railway.stream-broken", reason="closed")
        try:
            return await self._open()
        except WizardError:
            self._rest()
            raise

    def _leave(self, socket: _Socket) -> None:
        """Forget a socket that broke; one that never told anything is worth no more than one that never opened."""
        self._socket = None
        if socket.told:
            self._failures = 0
        else:
            self._rest()

    def _rest(self) -> None:
        """Leave the server alone, longer each time."""
        rest = min(FIRST_REST_SECONDS * 3**self._failures, LONGEST_REST_SECONDS)
        self._closed_until = self.connection.clock.monotonic() + rest
        self._failures += 1

    async def _first(self, queue: asyncio.Queue[Item]) -> Item | None:
        """Wait for the first item: the turn to initialise ends when it came or when none seems to come."""
        with suppress(TimeoutError):
            async with self.connection.clock.timeout(_INITIALISED_AFTER_SECONDS):
                return await queue.get()
        return None

    async def _open(self) -> _Socket:
        self.ledger.record(Sent.SOCKET, "connect")
        with self.connection.clock.busy():
            try:
                async with asyncio.timeout(HANDSHAKE_SECONDS):
                    connection = await _greeted(await self._connect())
            except InvalidStatus as error:
                raise _refusal(error) from error
            except (WebSocketException, OSError, TimeoutError, ValueError) as error:
                raise StreamError("railway.stream-broken", reason=str(error) or type(error).__name__) from error
        return _Socket(connection, self.connection.clock)

    async def _connect(self) -> ClientConnection:
        parts = urlsplit(self.connection.endpoint.websocket)
        host = parts.hostname or ""
        return await connect(
            self.connection.endpoint.websocket,
            host=connect_host(host),
            port=parts.port or (443 if parts.scheme == "wss" else 80),
            proxy=None if self.connection.endpoint.loopback else True,
            subprotocols=[_PROTOCOL],
            additional_headers=self.connection.credential.headers(),
            user_agent_header="railwizard",
            open_timeout=HANDSHAKE_SECONDS,
            ping_interval=PING_SECONDS,
            max_size=_LONGEST_MESSAGE,
        )


async def _greeted(connection: ClientConnection) -> ClientConnection:
    """Return the connection once the server has acknowledged it; one that does not is cut, whatever ended the wait."""
    acknowledged = False
    try:
        await connection.send(json.dumps({"type": "connection_init"}))
        told = json.loads(await connection.recv())
        acknowledged = isinstance(told, dict) and told.get("type") == "connection_ack"
    finally:
        if not acknowledged:
            connection.transport.abort()
    if not acknowledged:
        raise ValueError("no acknowledgement")
    return connection


def _refusal(error: InvalidStatus) -> WizardError:
    status = error.response.status_code
    if status in {401, 403}:
        return classified(GraphQLError("Not Authorized", "", ""), "subscribe")
    return StreamError("railway.stream-broken", reason=f"HTTP {status}")


async def _items(first: Item | None, queue: asyncio.Queue[Item]) -> AsyncGenerator[dict[str, Any], None]:
    item = first if first is not None else await queue.get()
    while not isinstance(item, _End):
        if isinstance(item, WizardError):
            raise item
        yield item
        item = await queue.get()
