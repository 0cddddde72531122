"""A public domain: a reverse proxy that switches its backend between two requests, never within one.

One request an upstream connection, bodies streamed both ways, Upgrade spliced. Limits are those of Railway's edge:
heads of 32 KB, 15 minutes a request, 5 minutes of silence. Without a backend it answers as Railway does.
"""

from __future__ import annotations

import asyncio
import uuid
from contextlib import AbstractAsyncContextManager, ExitStack, suppress

from wizard.clock import Clock, SystemClock
from wizard.standin.addresses import Streams
from wizard.standin.edge.answers import MESSAGES, refuse
from wizard.standin.edge.backend import Backend, Reached, Visit
from wizard.standin.edge.exchange import Exchange
from wizard.standin.edge.listener import Listener
from wizard.standin.edge.quiet import Quiet
from wizard.standin.edge.requests import RequestSink
from wizard.standin.edge.wire import (
    BadMessageError,
    Copier,
    CutShortError,
    Head,
    answer_has_body,
    close,
    read_head,
    read_request,
    splice,
)

_REQUEST_SECONDS = 15 * 60
_IDLE_SECONDS = 5 * 60
_CONNECT_ATTEMPTS = 3
_SWITCHING = 101
_UPSTREAM_LIMIT = 2 * 64 * 1024


class HttpEdge(Listener):
    """The listener of one public domain."""

    def __init__(self, log: RequestSink, *, scheme: str = "http", clock: Clock | None = None) -> None:
        super().__init__()
        self._log = log
        self._scheme = scheme
        self._clock = clock or SystemClock()
        self._backend: Backend | None = None

    @property
    def backend(self) -> Backend | None:
        """What new requests go to, None where there is nothing."""
        return self._backend

    def switch(self, backend: Backend | None) -> None:
        """Send every request that begins from now on there; those under way end where they began."""
        self._backend = backend

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client connection, request after request."""
        keep_alive = True
        while keep_alive:
            try:
                async with self._silence():
                    head = await read_request(reader)
            except BadMessageError as error:
                await refuse(writer, error.status, str(uuid.uuid4()))
                return
            except TimeoutError:
                return
            if head is None:
                return
            with ExitStack() as working:
                working.enter_context(self._clock.busy())
                keep_alive = await self._exchange(Exchange(head, (reader, writer), working, self._clock.now()))

    async def _exchange(self, exchange: Exchange) -> bool:
        """Answer one request, write it to the log, and say whether the connection goes on."""
        began = self._clock.monotonic()
        exchange.keep_alive = exchange.head.start[2] == "HTTP/1.1" and "close" not in exchange.head.tokens("connection")
        try:
            async with self._clock.timeout(_REQUEST_SECONDS):
                await self._proxy(exchange)
        except (ConnectionError, CutShortError, BadMessageError, TimeoutError):
            exchange.keep_alive = False
        finally:
            self._log(exchange.entry(self._clock.monotonic() - began))
        return exchange.keep_alive

    async def _proxy(self, exchange: Exchange) -> None:
        """Pass the request to the current backend; one that was just switched away is not insisted on."""
        for attempt in range(_CONNECT_ATTEMPTS):
            exchange.backend = backend = self._backend
            if backend is None:
                await self._answer(exchange, 404)
                return
            with backend.visits.visit() as visit:
                try:
                    exchange.reached = await backend.reach(limit=_UPSTREAM_LIMIT)
                except OSError as error:
                    exchange.failed(error)
                    if attempt + 1 == _CONNECT_ATTEMPTS or backend is self._backend:
                        await self._answer(exchange, 502)
                        return
                    continue
                await self._through(exchange, exchange.reached, visit)
                return

    async def _through(self, exchange: Exchange, reached: Reached, visit: Visit) -> None:
        """Send the request on while the answer may already come back."""
        upstream = reached.streams
        copier = Copier(exchange.client[0], upstream[1], self._silence)
        sending = asyncio.create_task(self._send(exchange, upstream, copier))
        try:
            await self._receive(exchange, upstream, sending, visit)
        except CutShortError:
            exchange.failed(ConnectionResetError("the connection was cut within a body"))
            raise
        finally:
            exchange.keep_alive = exchange.keep_alive and sending.done() and not sending.cancelled()
            sending.cancel()
            with suppress(asyncio.CancelledError, OSError, BadMessageError, CutShortError, TimeoutError):
                await sending
            exchange.received += copier.count
            await close(upstream[1])

    async def _send(self, exchange: Exchange, upstream: Streams, copier: Copier) -> None:
        """Send head and body; an application that stops reading may still answer."""
        head = exchange.head
        if "100-continue" in head.tokens("expect"):
            exchange.client[1].write(b"HTTP/1.1 100 Continue\r\n\r\n")
        connection = () if head.upgrades else (("Connection", "close"),)
        replaced = (*self._forwarding(exchange), *connection)
        try:
            upstream[1].write(head.forwarded(replaced, dropped={"expect"}, upgrade=head.upgrades))
            await upstream[1].drain()
            if not head.upgrades:
                await copier.body(head)
        except ConnectionError:
            exchange.keep_alive = False

    def _forwarding(self, exchange: Exchange) -> tuple[tuple[str, str], ...]:
        """Return the headers by which an application knows its client; what the client claims of them is dropped."""
        return (
            ("X-Forwarded-For", exchange.client_address),
            ("X-Forwarded-Proto", self._scheme),
            ("X-Forwarded-Host", exchange.head.get("host") or ""),
            ("X-Real-IP", exchange.client_address),
            ("X-Request-Start", str(int(exchange.at.timestamp() * 1000))),
            ("X-Railway-Edge", "railway/local"),
            ("X-Railway-Request-Id", exchange.request_id),
        )

    async def _receive(self, exchange: Exchange, upstream: Streams, sending: asyncio.Task[None], visit: Visit) -> None:
        began = self._clock.monotonic()
        try:
            head = await self._answered(upstream[0], sending)
        except _SendingFailedError as error:
            await self._give_up(exchange, error.cause)
            return
        except (ConnectionError, CutShortError, BadMessageError, TimeoutError) as error:
            exchange.failed(error)
            await self._answer(exchange, 504 if isinstance(error, TimeoutError) else 502)
            return
        exchange.upstream_seconds = self._clock.monotonic() - began
        exchange.status = int(head.start[1])
        if exchange.status == _SWITCHING:
            await sending
            visit.upgraded()
            await self._switch_protocols(exchange, head, upstream)
        else:
            await self._send_answer(exchange, head, upstream[0])

    async def _give_up(self, exchange: Exchange, cause: BaseException) -> None:
        """The client's body is no body, or the client is gone."""
        if isinstance(cause, BadMessageError):
            await self._answer(exchange, cause.status)
        exchange.keep_alive = False

    async def _send_answer(self, exchange: Exchange, head: Head, upstream: asyncio.StreamReader) -> None:
        delimited = head.chunked or head.length is not None or not answer_has_body(exchange.method, exchange.status)
        exchange.keep_alive = exchange.keep_alive and delimited
        exchange.client[1].write(head.forwarded(self._answer_headers(exchange)))
        copier = Copier(upstream, exchange.client[1], self._silence)
        try:
            if answer_has_body(exchange.method, exchange.status):
                await copier.body(head, until_close=True)
            await exchange.client[1].drain()
        finally:
            exchange.sent = copier.count

    async def _answered(self, reader: asyncio.StreamReader, sending: asyncio.Task[None]) -> Head:
        """Wait for the answer; the application may be silent for as long as the request is still being sent."""
        answering = asyncio.create_task(_answer_head(reader))
        try:
            await asyncio.wait({answering, sending}, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done() and (cause := sending.exception()):
                raise _SendingFailedError(cause)
            async with self._silence():
                return await answering
        finally:
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)

    def _answer_headers(self, exchange: Exchange) -> tuple[tuple[str, str], ...]:
        connection = "keep-alive" if exchange.keep_alive else "close"
        return (
            ("Connection", connection),
            ("Server", "railway-edge"),
            ("X-Railway-Edge", "railway/local"),
            ("X-Railway-Request-Id", exchange.request_id),
        )

    async def _switch_protocols(self, exchange: Exchange, head: Head, upstream: Streams) -> None:
        exchange.keep_alive = False
        exchange.client[1].write(head.forwarded((), upgrade=True))
        exchange.working.close()
        quiet = Quiet(self._clock, _IDLE_SECONDS)
        copying = asyncio.create_task(splice(exchange.client, upstream, quiet.noting))
        watching = asyncio.create_task(quiet.over())
        try:
            await asyncio.wait({copying, watching}, return_when=asyncio.FIRST_COMPLETED)
            if copying.done():
                exchange.received, exchange.sent = copying.result()
        finally:
            copying.cancel()
            watching.cancel()
            await asyncio.gather(copying, watching, return_exceptions=True)

    async def _answer(self, exchange: Exchange, status: int) -> None:
        """Answer in the application's place; an unread body ends the connection."""
        exchange.status, exchange.details = status, MESSAGES[status]
        unread = exchange.head.chunked or exchange.head.get("content-length") not in {None, "0"}
        exchange.keep_alive = exchange.keep_alive and not unread
        exchange.sent = await refuse(
            exchange.client[1], status, exchange.request_id, keep_alive=exchange.keep_alive, method=exchange.method
        )

    def _silence(self) -> AbstractAsyncContextManager[object]:
        """Return the limit of every wait for a peer."""
        return self._clock.timeout(_IDLE_SECONDS)


async def _answer_head(reader: asyncio.StreamReader) -> Head:
    """Read the final answer's head; interim ones but 101 are left out."""
    while True:
        head = await read_head(reader)
        if head is None:
            raise ConnectionResetError("the application hung up")
        if not head.start[1].isdecimal() or not head.start[0].startswith("HTTP/"):
            raise BadMessageError(502)
        if not head.start[1].startswith("1") or int(head.start[1]) == _SWITCHING:
            return head


class _SendingFailedError(Exception):
    """The request could not be sent to its end."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(str(cause))
        self.cause = cause
