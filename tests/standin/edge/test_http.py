"""The edge in front of real sockets: switching, draining, WebSockets, bodies, refusals."""

import asyncio
import http.client
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from tests.support.backends import OneProcess
from tests.support.manual_clock import ManualClock
from wizard.standin.addresses import LoopbackAddress
from wizard.standin.edge import HttpEdge, RequestEntry

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def backend(handler: Handler) -> AsyncIterator[LoopbackAddress]:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(once, "127.0.0.1", 0)
    try:
        yield LoopbackAddress(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def edge_of(address: LoopbackAddress | None) -> AsyncIterator[tuple[HttpEdge, list[RequestEntry]]]:
    entries: list[RequestEntry] = []
    edge = HttpEdge(entries.append)
    await edge.open()
    edge.switch(OneProcess(address) if address else None)
    try:
        yield edge, entries
    finally:
        await edge.close()


def saying(text: str) -> Handler:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode())
        await writer.drain()

    return handler


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer with the head as it arrived, then the body in chunks as it comes."""
    head = await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    writer.write(b"%x\r\n%s\r\n" % (len(head), head))
    length = next((int(line[16:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while length:
        data = await reader.read(65536)
        length -= len(data)
        writer.write(b"%x\r\n%s\r\n" % (len(data), data))
        await writer.drain()
    writer.write(b"0\r\n\r\n")
    await writer.drain()


def fetch(
    port: int, path: str = "/", body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST" if body else "GET", path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


async def test_the_application_learns_its_client_and_cannot_be_lied_to() -> None:
    async with backend(echo) as address, edge_of(address) as (edge, entries):
        lie = {"X-Forwarded-For": "6.6.6.6", "x-forwarded-proto": "gopher", "Host": "api-abcd.localhost"}
        status, body, headers = await asyncio.to_thread(fetch, edge.port, "/a?b=1", None, lie)
    head = body.decode()
    assert status == 200
    assert "GET /a?b=1 HTTP/1.1" in head
    assert "X-Forwarded-For: 127.0.0.1\r\n" in head
    assert "X-Forwarded-Proto: http\r\n" in head
    assert "X-Forwarded-Host: api-abcd.localhost\r\n" in head
    assert "6.6.6.6" not in head
    assert "gopher" not in head
    assert headers["x-railway-edge"] == "railway/local"
    [entry] = entries
    assert (entry.method, entry.path, entry.status, entry.upstream) == ("GET", "/a?b=1", 200, address)
    assert entry.request_id == headers["x-railway-request-id"]
    assert entry.sent > 0


async def test_a_large_body_streams_both_ways_and_is_counted() -> None:
    payload = bytes(range(256)) * 20000
    async with backend(echo) as address, edge_of(address) as (edge, entries):
        status, body, _ = await asyncio.to_thread(fetch, edge.port, "/", payload)
    assert status == 200
    assert body.endswith(payload)
    assert entries[0].received == len(payload)


async def test_a_client_connection_is_kept_for_the_next_request() -> None:
    async with backend(saying("x")) as address, edge_of(address) as (edge, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", edge.port)
        for _ in range(3):
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert b"Connection: keep-alive" in head
            assert await reader.readexactly(1) == b"x"
        writer.close()
        await writer.wait_closed()


async def test_without_a_backend_and_with_a_dead_one_it_answers_as_railway_does() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        dead = LoopbackAddress(unused.getsockname()[1])
    async with edge_of(None) as (edge, entries):
        status, body, headers = await asyncio.to_thread(fetch, edge.port)
        assert (status, json.loads(body)["message"]) == (404, "Application not found")
        assert headers["x-railway-fallback"] == "true"
        edge.switch(OneProcess(dead))
        status, body, _ = await asyncio.to_thread(fetch, edge.port)
        assert (status, json.loads(body)["message"]) == (502, "Application failed to respond")
    assert [entry.status for entry in entries] == [404, 502]
    assert entries[1].upstream is None


async def test_a_backend_that_hangs_up_is_a_502() -> None:
    async def rude(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with backend(rude) as address, edge_of(address) as (edge, _):
        assert (await asyncio.to_thread(fetch, edge.port))[0] == 502


async def test_no_request_fails_while_the_backend_switches_again_and_again() -> None:
    async with backend(saying("old")) as old, backend(saying("new")) as new, edge_of(old) as (edge, _):
        seen: list[tuple[int, bytes]] = []
        enough = asyncio.Event()

        async def ask() -> None:
            while not enough.is_set():
                status, body, _ = await asyncio.to_thread(fetch, edge.port)
                seen.append((status, body))

        tasks = [asyncio.create_task(ask()) for _ in range(4)]
        for turn in range(40):
            goal = len(seen) + 4
            async with asyncio.timeout(10):
                while len(seen) < goal:  # noqa: ASYNC110 - a deadline guards it
                    await asyncio.sleep(0)
            edge.switch(OneProcess(new if turn % 2 == 0 else old))
        edge.switch(OneProcess(new))
        assert (await asyncio.to_thread(fetch, edge.port))[1] == b"new"
        enough.set()
        await asyncio.gather(*tasks)
    assert len(seen) >= 160
    assert {status for status, _ in seen} == {200}
    assert {body for _, body in seen} == {b"old", b"new"}


async def test_a_request_under_way_ends_on_the_old_backend_and_drained_waits_for_it() -> None:
    arrived, release = asyncio.Event(), asyncio.Event()

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await release.wait()
        await saying("old")(reader, writer)

    async with backend(slow) as old, backend(saying("new")) as new, edge_of(None) as (edge, _):
        before = OneProcess(old)
        edge.switch(before)
        first = asyncio.create_task(asyncio.to_thread(fetch, edge.port))
        await arrived.wait()
        edge.switch(OneProcess(new))
        assert (await asyncio.to_thread(fetch, edge.port))[1] == b"new"
        draining = asyncio.create_task(before.visits.drained())
        assert before.visits.requests == 1
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(draining), 0.05)
        release.set()
        assert (await first)[1] == b"old"
        await asyncio.wait_for(draining, 5)
        assert before.visits.requests == 0


async def test_a_websocket_passes_both_ways_and_is_logged_as_101() -> None:
    async def reflect(connection: ServerConnection) -> None:
        async for text in connection:
            await connection.send(f"echo {text!r}")

    async with serve(reflect, "127.0.0.1", 0) as server:
        address = LoopbackAddress(next(iter(server.sockets)).getsockname()[1])
        async with edge_of(None) as (edge, entries):
            reflecting = OneProcess(address)
            edge.switch(reflecting)
            async with connect(f"ws://127.0.0.1:{edge.port}/ws", proxy=None) as socket_:
                for word in ("one", "두"):
                    await socket_.send(word)
                    assert await socket_.recv() == f"echo {word!r}"
                assert (reflecting.visits.requests, reflecting.visits.lasting) == (0, 1)
                await asyncio.wait_for(reflecting.visits.drained(), 5)
            async with asyncio.timeout(5):
                while reflecting.visits.open:  # noqa: ASYNC110 - a deadline guards it
                    await asyncio.sleep(0)
        assert [(entry.path, entry.status) for entry in entries] == [("/ws", 101)]
        assert entries[0].received > 0


async def test_an_open_websocket_does_not_stop_a_clock_that_waits_for_work() -> None:
    async def silent(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with serve(silent, "127.0.0.1", 0) as server, ManualClock() as clock:
        entries: list[RequestEntry] = []
        edge = HttpEdge(entries.append, clock=clock)
        edge.switch(OneProcess(LoopbackAddress(next(iter(server.sockets)).getsockname()[1]), clock))
        port = await edge.open()
        async with connect(f"ws://127.0.0.1:{port}/", proxy=None):
            await asyncio.wait_for(clock.sleep(240), 5)
        await edge.close()


async def test_a_websocket_that_is_silent_both_ways_is_cut_after_five_minutes() -> None:
    async def reflect(connection: ServerConnection) -> None:
        async for text in connection:
            await connection.send(text)

    async with serve(reflect, "127.0.0.1", 0, ping_interval=None) as server, ManualClock() as clock:
        entries: list[RequestEntry] = []
        edge = HttpEdge(entries.append, clock=clock)
        edge.switch(OneProcess(LoopbackAddress(next(iter(server.sockets)).getsockname()[1]), clock))
        port = await edge.open()
        async with connect(f"ws://127.0.0.1:{port}/", proxy=None, ping_interval=None) as open_:
            for _ in range(2):
                await clock.sleep(200)
                await open_.send("here")
                assert await open_.recv() == "here"
            began = clock.monotonic()
            await clock.sleep(310)
            await asyncio.wait_for(open_.wait_closed(), 5)
        await edge.close()
    assert entries[0].seconds == pytest.approx(began + 310, abs=20)


async def test_heads_over_32_kilobytes_are_refused() -> None:
    async with backend(saying("x")) as address, edge_of(address) as (edge, _):
        accepted, _, _ = await asyncio.to_thread(fetch, edge.port, "/", None, {"X-Big": "x" * 30_000})
        refused, _, _ = await asyncio.to_thread(fetch, edge.port, "/", None, {"X-Big": "x" * 33_000})
    assert (accepted, refused) == (200, 431)


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
    ],
)
async def test_what_is_not_http_is_a_400(raw: bytes) -> None:
    async with backend(saying("x")) as address, edge_of(address) as (edge, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", edge.port)
        writer.write(raw)
        assert (await reader.readline()).startswith(b"HTTP/1.1 400 ")
        writer.close()
        await writer.wait_closed()


async def test_it_listens_on_loopback_alone() -> None:
    async with edge_of(None) as (edge, _):
        assert edge._server is not None
        assert [sock.getsockname()[0] for sock in edge._server.sockets] == ["127.0.0.1"]
