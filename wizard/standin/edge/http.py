"""A public domain: a reverse proxy that switches its backend between two requests, never within one.

One request an upstream connection, bodies streamed both ways, Upgrade spliced. Limits are those of Railway's edge:
heads of 32 KB, 15 minutes a request, 5 minutes of silence. Without a backend it answers as Railway does.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from wizard.clock import Clock, SystemClock
from wizard.standin.addresses import Address
from wizard.standin.edge.listener import Listener
from wizard.standin.edge.requests import RequestEntry, RequestSink
from wizard.standin.edge.wire import BadMessageError, Copier, Head, answer_has_body, close, read_head, splice

_REQUEST_SECONDS = 15 * 60
_IDLE_SECONDS = 5 * 60
_CONNECT_ATTEMPTS = 3
_CLIENT_LEFT = 499
_SWITCHING = 101
_REASONS = {400: "Bad Request", 404: "Not Found", 431: "Request Header Fields Too Large", 502: "Bad Gateway"}
_MESSAGES = {
    400: "Bad request",
    404: "Application not found",
    431: "Request header fields too large",
    502: "Application failed to respond",
    504: "Application did not respond in time",
}

_UPSTREAM_LIMIT = 2 * 64 * 1024

_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(slots=True)
class _Exchange:
    """One request under way; `working` keeps a manual clock still, until an open WebSocket has nothing to say."""

    head: Head
    client: _Streams
    working: ExitStack
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: int = _CLIENT_LEFT
    received: int = 0
    sent: int = 0
    upstream: Address | None = None
    keep_alive: bool = True

    @property
    def method(self) -> str:
        return self.head.start[0]


class HttpEdge(Listener):
    """The listener of one public domain."""

    def __init__(self, log: RequestSink, *, scheme: str = "http", clock: Clock | None = None) -> None:
        super().__init__()
        self._log = log
        self._scheme = scheme
        self._clock = clock or SystemClock()
        self._backend: Address | None = None
        self._active: dict[Address, int] = {}
        self._idle = asyncio.Condition()

    @property
    def backend(self) -> Address | None:
        """The address that new requests go to, None where there is none."""
        return self._backend

    def switch(self, address: Address | None) -> None:
        """Send every request that begins from now on there; those under way end where they began."""
        self._backend = address

    def active(self, address: Address) -> int:
        """Return how many requests and WebSockets that backend still serves."""
        return self._active.get(address, 0)

    async def drained(self, address: Address) -> None:
        """Wait until that backend serves nothing any more; the caller brings the time limit."""
        async with self._idle:
            await self._idle.wait_for(lambda: self.active(address) == 0)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client connection, request after request."""
        keep_alive = True
        while keep_alive:
            try:
                async with self._clock.timeout(_IDLE_SECONDS):
                    head = await read_head(reader)
            except BadMessageError as error:
                await _refuse(writer, error.status, str(uuid.uuid4()), keep_alive=False)
                return
            except TimeoutError:
                return
            if head is None:
                return
            with ExitStack() as working:
                working.enter_context(self._clock.busy())
                keep_alive = await self._exchange(_Exchange(head, (reader, writer), working))

    async def _exchange(self, exchange: _Exchange) -> bool:
        """Answer one request, write it to the log, and say whether the connection goes on."""
        at, began = self._clock.now(), self._clock.monotonic()
        exchange.keep_alive = exchange.head.start[2] == "HTTP/1.1" and "close" not in exchange.head.tokens("connection")
        try:
            async with self._clock.timeout(_REQUEST_SECONDS):
                await self._proxy(exchange)
        except (ConnectionError, asyncio.IncompleteReadError, BadMessageError, TimeoutError):
            exchange.keep_alive = False
        finally:
            seconds = self._clock.monotonic() - began
            self._log(
                RequestEntry(
                    at,
                    exchange.request_id,
                    exchange.method,
                    exchange.head.start[1],
                    exchange.head.get("host") or "",
                    exchange.status,
                    seconds,
                    exchange.received,
                    exchange.sent,
                    exchange.upstream,
                )
            )
        return exchange.keep_alive

    async def _proxy(self, exchange: _Exchange) -> None:
        connected = await self._connect()
        if connected is None:
            await self._answer(exchange, 404 if self._backend is None else 502)
            return
        address, upstream = connected
        exchange.upstream = address
        self._active[address] = self._active.get(address, 0) + 1
        try:
            await self._through(exchange, upstream)
        finally:
            await self._leave(address)
            await close(upstream[1])

    async def _connect(self) -> tuple[Address, _Streams] | None:
        """Reach the current backend; one that was just switched away is not insisted on."""
        for _ in range(_CONNECT_ATTEMPTS):
            address = self._backend
            if address is None:
                return None
            with suppress(OSError):
                return address, await address.connect(limit=_UPSTREAM_LIMIT)
        return None

    async def _leave(self, address: Address) -> None:
        self._active[address] -= 1
        if not self._active[address]:
            del self._active[address]
            async with self._idle:
                self._idle.notify_all()

    async def _through(self, exchange: _Exchange, upstream: _Streams) -> None:
        """Send the request on while the answer may already come back."""
        await self._send_head(exchange, upstream)
        copier = Copier(exchange.client[0], upstream[1])
        sending = asyncio.create_task(self._send_body(exchange, copier))
        try:
            await self._receive(exchange, upstream, sending)
        finally:
            exchange.keep_alive = exchange.keep_alive and sending.done() and not sending.cancelled()
            sending.cancel()
            with suppress(asyncio.CancelledError, OSError, BadMessageError, asyncio.IncompleteReadError):
                await sending
            exchange.received += copier.count

    async def _send_head(self, exchange: _Exchange, upstream: _Streams) -> None:
        head = exchange.head
        if "100-continue" in head.tokens("expect"):
            exchange.client[1].write(b"HTTP/1.1 100 Continue\r\n\r\n")
        connection = () if head.upgrades else (("Connection", "close"),)
        replaced = (*self._forwarding(exchange), *connection)
        upstream[1].write(head.forwarded(replaced, dropped={"expect"}, upgrade=head.upgrades))
        await upstream[1].drain()

    def _forwarding(self, exchange: _Exchange) -> tuple[tuple[str, str], ...]:
        """Return the headers by which an application knows its client; what the client claims of them is dropped."""
        address = str(exchange.client[1].get_extra_info("peername")[0])
        return (
            ("X-Forwarded-For", address),
            ("X-Forwarded-Proto", self._scheme),
            ("X-Forwarded-Host", exchange.head.get("host") or ""),
            ("X-Real-IP", address),
            ("X-Railway-Edge", "railway/local"),
            ("X-Railway-Request-Id", exchange.request_id),
        )

    async def _send_body(self, exchange: _Exchange, copier: Copier) -> None:
        if not exchange.head.upgrades:
            await copier.body(exchange.head)

    async def _receive(self, exchange: _Exchange, upstream: _Streams, sending: asyncio.Task[None]) -> None:
        try:
            head = await self._answer_head(upstream[0])
        except (ConnectionError, BadMessageError, TimeoutError) as error:
            await self._answer(exchange, 504 if isinstance(error, TimeoutError) else 502)
            return
        exchange.status = int(head.start[1])
        if exchange.status == _SWITCHING:
            await sending
            await self._switch_protocols(exchange, head, upstream)
            return
        delimited = head.chunked or head.length is not None or not answer_has_body(exchange.method, exchange.status)
        exchange.keep_alive = exchange.keep_alive and delimited
        exchange.client[1].write(head.forwarded(self._answer_headers(exchange)))
        copier = Copier(upstream[0], exchange.client[1])
        try:
            if answer_has_body(exchange.method, exchange.status):
                await copier.body(head, until_close=True)
            await exchange.client[1].drain()
        finally:
            exchange.sent = copier.count

    async def _answer_head(self, reader: asyncio.StreamReader) -> Head:
        """Read the final answer's head; interim ones but 101 are left out."""
        while True:
            async with self._clock.timeout(_IDLE_SECONDS):
                head = await read_head(reader)
            if head is None:
                raise ConnectionResetError
            if not head.start[1].isdecimal():
                raise BadMessageError(502)
            if not head.start[1].startswith("1") or int(head.start[1]) == _SWITCHING:
                return head

    def _answer_headers(self, exchange: _Exchange) -> tuple[tuple[str, str], ...]:
        connection = "keep-alive" if exchange.keep_alive else "close"
        return (
            ("Connection", connection),
            ("X-Railway-Edge", "railway/local"),
            ("X-Railway-Request-Id", exchange.request_id),
        )

    async def _switch_protocols(self, exchange: _Exchange, head: Head, upstream: _Streams) -> None:
        exchange.keep_alive = False
        exchange.client[1].write(head.forwarded((), upgrade=True))
        exchange.working.close()
        exchange.received, exchange.sent = await splice(exchange.client, upstream)

    async def _answer(self, exchange: _Exchange, status: int) -> None:
        """Answer in the application's place; an unread body ends the connection."""
        exchange.status = status
        unread = exchange.head.chunked or exchange.head.get("content-length") not in {None, "0"}
        exchange.keep_alive = exchange.keep_alive and not unread
        exchange.sent = await _refuse(
            exchange.client[1], status, exchange.request_id, keep_alive=exchange.keep_alive, method=exchange.method
        )


async def _refuse(
    writer: asyncio.StreamWriter, status: int, request_id: str, *, keep_alive: bool, method: str = "GET"
) -> int:
    """Write the edge's own error in Railway's shape; returns the size of its body."""
    answer = {"status": "error", "code": status, "message": _MESSAGES[status], "request_id": request_id}
    body = json.dumps(answer).encode()
    head = (
        f"HTTP/1.1 {status} {_REASONS.get(status, 'Gateway Timeout')}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: {'keep-alive' if keep_alive else 'close'}\r\n"
        f"X-Railway-Fallback: true\r\nX-Railway-Request-Id: {request_id}\r\n\r\n"
    )
    writer.write(head.encode() + (b"" if method == "HEAD" else body))
    await writer.drain()
    return len(body)
