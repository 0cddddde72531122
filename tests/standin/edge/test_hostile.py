"""Clients that break the rules, and applications that do: the edge answers, cuts, and goes on serving the others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.support.backends import OneProcess
from tests.support.manual_clock import ManualClock
from wizard.clock import Clock, SystemClock
from wizard.standin.addresses import LoopbackAddress
from wizard.standin.edge import HttpEdge, RequestEntry

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
HOST = b"Host: shop.localhost\r\n"
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Application:
    """Answers `hello` once it has read a head, or as it is told; knows what it was sent and when it was cut."""

    def __init__(self, serve: Serve | None = None) -> None:
        self.heads: list[bytes] = []
        self.cut = asyncio.Event()
        self._serve = serve or self._hello

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            self.cut.set()
        finally:
            writer.close()

    async def _hello(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        if b"chunked" in head:
            await reader.readuntil(b"\r\n\r\n")
        elif b"Content-Length: " in head:
            await reader.readexactly(int(head.partition(b"Content-Length: ")[2].split()[0]))
        writer.write(HELLO)
        await writer.drain()


class Front:
    """An edge before one application."""

    def __init__(self, edge: HttpEdge, application: Application, entries: list[RequestEntry]) -> None:
        self.edge, self.application, self.entries = edge, application, entries

    @asynccontextmanager
    async def client(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.edge.port)
        try:
            yield reader, writer
        finally:
            writer.close()

    async def say(self, raw: bytes) -> bytes:
        """Send this and return everything that comes back until the edge hangs up."""
        async with self.client() as (reader, writer):
            writer.write(raw)
            return await asyncio.wait_for(reader.read(), 10)

    async def still_serves(self) -> bool:
        return (await self.say(b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")).endswith(b"hello")

    async def logged(self, status: int) -> RequestEntry:
        async with asyncio.timeout(10):
            while not (found := [one for one in self.entries if one.status == status]):  # noqa: ASYNC110 - guarded
                await asyncio.sleep(0.01)
        return found[0]


@asynccontextmanager
async def front(serve: Serve | None = None, clock: Clock | None = None) -> AsyncIterator[Front]:
    application, entries = Application(serve), []  # type: Application, list[RequestEntry]
    server = await asyncio.start_server(application.accept, "127.0.0.1", 0)
    edge = HttpEdge(entries.append, clock=clock)
    await edge.open()
    address = LoopbackAddress(server.sockets[0].getsockname()[1])
    edge.switch(OneProcess(address, clock or SystemClock()))
    try:
        yield Front(edge, application, entries)
    finally:
        await edge.close()
        server.close()
        await server.wait_closed()


def chunked(body: bytes) -> bytes:
    return b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n" + body


@pytest.mark.parametrize(
    "raw",
    [
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: +5\r\n\r\nhello",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST + b"X: a\rY: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n folded\r\n\r\n",
        b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
)
async def test_a_head_that_two_readers_could_see_differently_goes_no_further(raw: bytes) -> None:
    async with front() as edge:
        assert (await edge.say(raw)).startswith(b"HTTP/1.1 400 ")
        assert edge.application.heads == []
        assert await edge.still_serves()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"zz\r\nhello\r\n0\r\n\r\n", 400),
        (b"-5\r\nhello\r\n0\r\n\r\n", 400),
        (b"0x5\r\nhello\r\n0\r\n\r\n", 400),
        (b"1_0\r\nhello\r\n0\r\n\r\n", 400),
        (b"fffffffffffffffff\r\n", 400),
        (b"5\r\nhelloGET /evil HTTP/1.1\r\n\r\n", 400),
        (b"5;" + b"x" * 70_000 + b"\r\n", 400),
        (b"0\r\n" + b"X-Trailer: " + b"y" * 33_000 + b"\r\n\r\n", 431),
    ],
)
async def test_bad_chunking_is_refused_and_the_connection_ends(body: bytes, status: int) -> None:
    async with front() as edge:
        answer = await edge.say(chunked(body))
        assert answer.startswith(b"HTTP/1.1 %d " % status)
        assert answer.count(b"HTTP/1.1") == 1
        assert await edge.still_serves()


async def test_a_good_chunked_body_passes() -> None:
    async with front() as edge, edge.client() as (reader, writer):
        writer.write(chunked(b"5;name=value\r\nhello\r\n0\r\nX-Trailer: y\r\n\r\n"))
        assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200 ")
        assert (await edge.logged(200)).received == 5


async def test_pipelined_requests_are_answered_in_their_order() -> None:
    async with front() as edge:
        one = b"POST /%d HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\nabc"
        last = b"GET /last HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
        answer = await edge.say(one % 1 + one % 2 + one % 3 + last)
        assert answer.count(b"HTTP/1.1 200 ") == 4
        assert [head.split()[1] for head in edge.application.heads] == [b"/1", b"/2", b"/3", b"/last"]


async def test_a_client_that_has_said_everything_still_gets_its_answer() -> None:
    async with front() as edge, edge.client() as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        writer.write_eof()
        assert (await asyncio.wait_for(reader.read(), 10)).endswith(b"hello")


async def test_a_client_that_leaves_within_its_body_is_logged_and_the_application_is_told() -> None:
    async with front() as edge:
        async with edge.client() as (_, writer):
            writer.write(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nhalf")
            await writer.drain()
            writer.transport.abort()
        entry = await edge.logged(499)
        assert entry.received == 4
        await asyncio.wait_for(edge.application.cut.wait(), 10)
        assert await edge.still_serves()


async def test_clients_that_never_finish_their_head_keep_nobody_waiting_and_are_cut_after_five_minutes() -> None:
    async with ManualClock() as clock, front(clock=clock) as edge:
        slow = [await asyncio.open_connection("127.0.0.1", edge.edge.port) for _ in range(60)]
        with clock.busy():
            for number, (_, writer) in enumerate(slow):
                writer.write(b"GET / HTTP/1.1\r\nX-Slow: " + b"x" * number)
            assert await edge.still_serves()
        began = clock.monotonic()
        assert {await asyncio.wait_for(reader.read(), 10) for reader, _ in slow} == {b""}
        assert 290 <= clock.monotonic() - began <= 310
        for _, writer in slow:
            writer.close()


async def test_a_body_that_stops_coming_is_given_up_after_five_minutes() -> None:
    async with ManualClock() as clock, front(clock=clock) as edge, edge.client() as (reader, writer):
        writer.write(b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nhalf")
        while not edge.entries:
            with clock.resting():
                await clock.sleep(60)
        assert await asyncio.wait_for(reader.read(), 10) == b""
        assert edge.entries[0].seconds == pytest.approx(300, abs=61)


async def test_an_answer_without_reading_the_body_reaches_the_client() -> None:
    async def hurry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
        await writer.drain()

    async with front(hurry) as edge:
        raw = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1000000\r\n\r\n" + b"x" * 1000
        answer = await edge.say(raw)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert answer.endswith(b"big")


async def test_an_answer_that_ends_too_early_is_not_passed_off_as_whole() -> None:
    async def short(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await writer.drain()

    async with front(short) as edge:
        answer = await edge.say(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert answer.endswith(b"\r\n\r\nhalf")
        entry = await edge.logged(200)
        assert "cut within a body" in entry.upstream_errors[0]


@pytest.mark.parametrize("nonsense", [b"what?\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b""])
async def test_an_application_that_does_not_speak_http_is_a_502(nonsense: bytes) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(nonsense)
        await writer.drain()

    async with front(babble) as edge:
        answer = await edge.say(b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 502 ")
        assert (await edge.logged(502)).details == "Application failed to respond"
