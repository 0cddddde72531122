"""Subscriptions against a scripted graphql-transport-ws server."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from tests.support.railway_api import SkippingClock
from wizard.errors import CredentialError, WizardError
from wizard.platform.states import CredentialKind
from wizard.railway.platform import RailwayPlatform, connect
from wizard.railway.streams import StreamError
from wizard.secrets import Secret

Answerer = Callable[[ServerConnection, str, str], Coroutine[Any, Any, None]]
"""Answers a subscribe, given its id and operation."""


class Server:
    def __init__(self, answer: Answerer) -> None:
        self.answer = answer
        self.upgrades: list[Headers] = []
        self.subscribes: list[str] = []
        self.initialising = self.most_initialising = 0
        self.ponged = asyncio.Event()

    async def __call__(self, connection: ServerConnection) -> None:
        assert connection.request
        self.upgrades.append(connection.request.headers)
        assert json.loads(await connection.recv())["type"] == "connection_init"
        await connection.send('{"type": "connection_ack"}')
        async with asyncio.TaskGroup() as group:
            async for text in connection:
                told = json.loads(text)
                if told["type"] == "pong":
                    self.ponged.set()
                if told["type"] == "subscribe":
                    self.subscribes.append(told["payload"]["operationName"])
                    group.create_task(self.answer(connection, told["id"], told["payload"]["operationName"]))


@asynccontextmanager
async def streaming(answer: Answerer) -> AsyncIterator[tuple[RailwayPlatform, Server]]:
    server = Server(answer)
    async with serve(server, "127.0.0.1", 0, subprotocols=[Subprotocol("graphql-transport-ws")]) as running:
        port = next(iter(running.sockets)).getsockname()[1]
        platform = connect(f"http://127.0.0.1:{port}", Secret("sentinel"), SkippingClock(), kind=CredentialKind.ACCOUNT)
        try:
            yield platform, server
        finally:
            await platform.close()


async def say(connection: ServerConnection, kind: str, id_: str, payload: Any = None) -> None:
    await connection.send(json.dumps({"type": kind, "id": id_, "payload": payload}))


def lines(*texts: str) -> dict[str, Any]:
    found = [
        {"timestamp": f"2026-01-01T00:00:0{n}.123456789Z", "message": t, "severity": None} for n, t in enumerate(texts)
    ]
    return {"data": {"buildLogs": found}}


async def read_all(platform: RailwayPlatform, deployment: str = "d") -> list[str]:
    client = platform.deployments.session.client
    return [line.message async for told in client.stream_build_logs(deployment, 500) for line in told.build_logs]


async def test_lines_arrive_until_the_server_completes() -> None:
    async def answer(connection: ServerConnection, id_: str, _: str) -> None:
        await say(connection, "next", id_, lines("one", "two"))
        await say(connection, "next", id_, lines("three"))
        await say(connection, "complete", id_)

    async with streaming(answer) as (platform, server):
        assert await read_all(platform) == ["one", "two", "three"]
    assert server.upgrades[0]["Authorization"] == "Bearer sentinel"
    assert [entry.kind.value for entry in platform.ledger.entries] == ["socket", "subscribe"]


async def test_one_socket_carries_all_subscriptions_and_few_are_initialised_at_once() -> None:
    three = asyncio.Barrier(3)

    async def answer(connection: ServerConnection, id_: str, _: str) -> None:
        server.initialising += 1
        server.most_initialising = max(server.most_initialising, server.initialising)
        await three.wait()
        server.initialising -= 1
        await say(connection, "next", id_, lines("one"))
        await say(connection, "complete", id_)

    async with streaming(answer) as (platform, server):
        found = await asyncio.gather(*(read_all(platform, str(number)) for number in range(9)))
    assert found == [["one"]] * 9
    assert len(server.upgrades) == 1
    assert server.most_initialising == 3


async def test_a_dropped_socket_ends_the_stream_and_the_next_one_opens_another() -> None:
    async def answer(connection: ServerConnection, id_: str, _: str) -> None:
        await say(connection, "next", id_, lines("one"))
        if len(server.upgrades) == 1:
            connection.transport.abort()
        else:
            await say(connection, "complete", id_)

    async with streaming(answer) as (platform, server):
        with pytest.raises(StreamError):
            await read_all(platform)
        assert await read_all(platform) == ["one"]
    assert len(server.upgrades) == 2


async def test_a_refusal_of_a_subscription_is_classified() -> None:
    async def answer(connection: ServerConnection, id_: str, _: str) -> None:
        await say(connection, "error", id_, [{"message": "Not Authorized"}])

    async with streaming(answer) as (platform, _):
        with pytest.raises(CredentialError) as raised:
            await read_all(platform)
    assert raised.value.code == "railway.not-authorized"


async def test_a_ping_is_answered() -> None:
    async def answer(connection: ServerConnection, id_: str, _: str) -> None:
        await connection.send('{"type": "ping"}')
        await server.ponged.wait()
        await say(connection, "complete", id_)

    async with streaming(answer) as (platform, server):
        assert await read_all(platform) == []
    assert server.ponged.is_set()


@pytest.mark.parametrize(("status", "code"), [(401, "railway.not-authorized"), (502, "railway.stream-broken")])
async def test_a_refused_upgrade_is_told_by_its_status(status: int, code: str) -> None:
    def refuse(connection: ServerConnection, _: Request) -> Response:
        return connection.respond(status, "no")

    async with serve(Server(never), "127.0.0.1", 0, process_request=refuse) as running:
        port = next(iter(running.sockets)).getsockname()[1]
        platform = connect(f"http://127.0.0.1:{port}", Secret("t"), SkippingClock())
        with pytest.raises(WizardError) as raised:
            await read_all(platform)
        await platform.close()
    assert raised.value.code == code


async def never(_connection: ServerConnection, _id: str, _operation: str) -> None:
    return


async def test_a_socket_that_cannot_be_opened_is_left_alone_for_a_while() -> None:
    clock = SkippingClock()
    platform = connect("http://127.0.0.1:1", Secret("t"), clock)
    for _ in range(5):
        with pytest.raises(StreamError):
            await read_all(platform)
    assert platform.requests == 1
    clock.elapsed += 11
    with pytest.raises(StreamError):
        await read_all(platform)
    assert platform.requests == 2


@pytest.mark.parametrize("said", [None, '{"type": "connection_error"}', "no json"])
async def test_a_server_that_does_not_acknowledge_keeps_no_connection(
    monkeypatch: pytest.MonkeyPatch, said: str | None
) -> None:
    monkeypatch.setattr("wizard.railway.streams.HANDSHAKE_SECONDS", 0.3)
    closed = asyncio.Event()

    async def silent(connection: ServerConnection) -> None:
        await connection.recv()
        if said:
            await connection.send(said)
        await connection.wait_closed()
        closed.set()

    async with serve(silent, "127.0.0.1", 0, subprotocols=[Subprotocol("graphql-transport-ws")]) as running:
        port = next(iter(running.sockets)).getsockname()[1]
        platform = connect(f"http://127.0.0.1:{port}", Secret("sentinel"), SkippingClock(), kind=CredentialKind.ACCOUNT)
        with pytest.raises(StreamError):
            await read_all(platform)
        async with asyncio.timeout(5):
            await closed.wait()
        await platform.close()
