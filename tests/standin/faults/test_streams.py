"""Faults of the WebSocket: handshakes refused, sockets cut, subscriptions that fail or are held."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from tests.support.quiet_machine import QuietMachine
from tests.support.standin_api import HELLO_FILES, Api, eventually
from wizard.standin.faults import Decision, Fault
from wizard.standin.faults.model import parsed
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

STEPS = "subscription($id: String!) { deploymentEvents(id: $id) { step } }"


@pytest.fixture
async def standin(tmp_path: Path) -> AsyncIterator[Standin]:
    async with serve(Settings(read_lag=0), tmp_path / "standin", machine=QuietMachine()) as running:
        yield running


@pytest.fixture
async def deployment(api: Api) -> str:
    project, environment = await api.project()
    return await api.deployed((project, environment, await api.service(project)), HELLO_FILES)


def arm(standin: Standin, text: str) -> None:
    standin.gateway.faults.arm(Fault.model_validate(parsed(text)))


@asynccontextmanager
async def socket(api: Api) -> AsyncIterator[ClientConnection]:
    headers = {"Authorization": f"Bearer {api.standin.tokens.account}"}
    url = api.standin.url.replace("http://", "ws://")
    protocols = [Subprotocol("graphql-transport-ws")]
    async with connect(url, subprotocols=protocols, additional_headers=headers) as connection:
        await connection.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await connection.recv()) == {"type": "connection_ack"}
        yield connection


async def subscribe(connection: ClientConnection, query: str, **variables: str) -> None:
    payload = {"query": query, "variables": variables}
    await connection.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))


async def until_cut(api: Api, query: str, **variables: str) -> tuple[int, ConnectionClosed]:
    """Subscribe and return how many messages came before the end, and the end."""
    heard = 0
    async with socket(api) as connection:
        await subscribe(connection, query, **variables)
        try:
            while True:
                heard += json.loads(await connection.recv())["type"] == "next"
        except ConnectionClosed as cut:
            return heard, cut


@pytest.mark.parametrize(
    ("fault", "status"),
    [("socket=fail", 403), ("socket=429", 429), ("socket=504-before", 504), ("socket=html-502", 502)],
)
async def test_a_refused_handshake(api: Api, standin: Standin, fault: str, status: int) -> None:
    arm(standin, fault)

    with pytest.raises(InvalidStatus) as refused:
        async with socket(api):
            pass

    assert refused.value.response.status_code == status
    async with socket(api):
        pass


async def test_a_socket_cut_at_its_handshake(api: Api, standin: Standin) -> None:
    arm(standin, "socket=drop-before")

    with pytest.raises((ConnectionClosed, OSError, EOFError)):
        async with socket(api):
            pass

    async with socket(api):
        pass


@pytest.mark.parametrize("fault", ["socket=cut,seconds=0.05", "subscribe:deploymentEvents=cut,seconds=0.05"])
async def test_a_stream_is_cut_without_a_farewell(api: Api, standin: Standin, deployment: str, fault: str) -> None:
    arm(standin, fault)

    _, cut = await until_cut(api, STEPS, id=deployment)

    assert cut.rcvd is None


async def test_a_stream_is_cut_after_so_many_messages(api: Api, standin: Standin, deployment: str) -> None:
    arm(standin, "subscribe:*=cut,messages=2")

    heard, _ = await until_cut(api, STEPS, id=deployment)

    assert heard <= 2


async def test_a_subscription_that_fails_says_so_and_leaves_the_socket(
    api: Api, standin: Standin, deployment: str
) -> None:
    arm(standin, "subscribe:deploymentEvents=fail,message=not today")

    async with socket(api) as connection:
        await subscribe(connection, STEPS, id=deployment)
        error = json.loads(await connection.recv())
        await subscribe(connection, "{ platformStatus { isStable } }")
        answered = json.loads(await connection.recv())

    assert (error["type"], error["payload"][0]["message"]) == ("error", "not today")
    assert answered["type"] == "next"


@pytest.mark.parametrize("apply", [True, False])
async def test_a_held_subscription_begins_or_is_cut(
    api: Api, standin: Standin, deployment: str, *, apply: bool
) -> None:
    arm(standin, "subscribe:deploymentEvents=hold-before")

    async def release() -> list[str]:
        return standin.gateway.faults.release(decision=Decision(apply=apply))

    async with socket(api) as connection:
        await subscribe(connection, STEPS, id=deployment)
        assert await eventually(release)
        if apply:
            assert json.loads(await connection.recv())["type"] == "next"
        else:
            with pytest.raises(ConnectionClosed):
                await connection.recv()


async def test_a_query_over_the_socket_is_struck_as_over_http(api: Api, standin: Standin) -> None:
    arm(standin, "platformStatus=504-before")

    heard, _ = await until_cut(api, "{ platformStatus { isStable } }")

    assert heard == 0
