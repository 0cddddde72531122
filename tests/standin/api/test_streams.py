"""`graphql-transport-ws`: acknowledgement first, arrays per message, replay, completion."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.support.standin_api import HELLO_FILES, Api

LOGS = 'subscription($id: String!, $limit: Int) { %s(deploymentId: $id, filter: "", limit: $limit) { message } }'
PROTOCOL = Subprotocol("graphql-transport-ws")


@asynccontextmanager
async def socket(api: Api, token: str | None = None, *, initialised: bool = True) -> AsyncIterator[ClientConnection]:
    url = api.standin.url.replace("http://", "ws://")
    headers = {"Authorization": f"Bearer {token or api.standin.tokens.account}"}
    async with connect(url, subprotocols=[PROTOCOL], additional_headers=headers) as connection:
        if initialised:
            await connection.send(json.dumps({"type": "connection_init"}))
            assert json.loads(await connection.recv()) == {"type": "connection_ack"}
        yield connection


async def subscribe(connection: ClientConnection, query: str, id_: str = "1", **variables: Any) -> None:
    payload = {"query": query, "variables": variables}
    await connection.send(json.dumps({"id": id_, "type": "subscribe", "payload": payload}))


async def until_complete(connection: ClientConnection) -> list[Any]:
    received = []
    while (message := json.loads(await connection.recv()))["type"] != "complete":
        assert message["type"] == "next", message
        received.append(message["payload"]["data"])
    return received


async def started(api: Api) -> str:
    project, environment = await api.project()
    service = await api.service(project)
    await api.configure(service, environment, healthcheckPath="/health")
    response = await api.upload((project, environment, service), HELLO_FILES)
    return str(response.json()["deploymentId"])


async def test_build_logs_stream_live_in_arrays_and_complete_when_the_deployment_is_decided(api: Api) -> None:
    deployment = await started(api)
    async with socket(api) as connection:
        await subscribe(connection, LOGS % "buildLogs", id=deployment, limit=500)
        batches = [data["buildLogs"] for data in await until_complete(connection)]
    lines = [line["message"] for batch in batches for line in batch]
    assert all(isinstance(batch, list) for batch in batches)
    assert len(batches) > 1
    assert lines == await api.logs("buildLogs", deployment, limit=500)

    async with socket(api) as connection:
        await subscribe(connection, LOGS % "buildLogs", id=deployment, limit=3)
        replayed = [line["message"] for data in await until_complete(connection) for line in data["buildLogs"]]
    assert replayed == lines[-3:]


async def test_deployment_and_its_events_stream_until_it_is_removed(api: Api) -> None:
    deployment = await started(api)
    async with socket(api) as connection:
        status = "subscription($id: String!) { deployment(id: $id) { status } }"
        await subscribe(connection, status, "s", id=deployment)
        steps = "subscription($id: String!) { deploymentEvents(id: $id) { step completedAt } }"
        await subscribe(connection, steps, "e", id=deployment)
        seen: dict[str, list[Any]] = {"s": [], "e": []}
        finished: set[str] = set()
        while finished != {"s", "e"}:
            message = json.loads(await connection.recv())
            if message["type"] == "complete":
                finished.add(message["id"])
                continue
            data = next(iter(message["payload"]["data"].values()))
            seen[message["id"]].append(data)
            if data.get("status") == "SUCCESS" and {"status": "REMOVED"} not in seen["s"]:
                await api.ask("mutation($id: String!) { deploymentRemove(id: $id) }", id=deployment)
    statuses = list(dict.fromkeys(data["status"] for data in seen["s"]))
    usual = ["INITIALIZING", "BUILDING", "DEPLOYING", "SUCCESS", "REMOVED"]
    assert statuses == [one for one in usual if one in statuses]
    assert statuses[-2:] == ["SUCCESS", "REMOVED"]
    began = [data["step"] for data in seen["e"] if data["completedAt"] is None]
    assert "BUILD_IMAGE" in began
    assert "HEALTHCHECK" in began


async def test_subscribing_before_the_acknowledgement_closes_with_4401(api: Api) -> None:
    async with socket(api, initialised=False) as connection:
        await subscribe(connection, LOGS % "buildLogs", id="x")
        with pytest.raises(ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


@pytest.mark.parametrize("token", [None, "not-a-token"])
async def test_a_foreign_id_and_a_bad_credential_are_answered_by_an_error(api: Api, token: str | None) -> None:
    async with socket(api, token) as connection:
        await subscribe(connection, LOGS % "buildLogs", id="nobody")
        message = json.loads(await connection.recv())
    assert message["type"] == "error"
    assert message["payload"][0]["message"] == "Not Authorized"


async def test_an_invalid_subscription_is_an_error_and_the_socket_goes_on(api: Api) -> None:
    async with socket(api) as connection:
        await subscribe(connection, "subscription { nonsense }")
        message = json.loads(await connection.recv())
        assert message["payload"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        await connection.send(json.dumps({"type": "ping"}))
        assert json.loads(await connection.recv()) == {"type": "pong"}
        await subscribe(connection, "{ platformStatus { isStable } }", "q")
        assert (await until_complete(connection)) == [{"platformStatus": {"isStable": True}}]


async def test_environment_logs_stream_every_service_until_the_client_has_enough(api: Api) -> None:
    project, environment = await api.project()
    services = [await api.service(project, name) for name in ("one", "two")]
    async with socket(api) as connection:
        text = """subscription($e: String!) {
            environmentLogs(environmentId: $e, filter: "listening") { tags { serviceId } } }"""
        await subscribe(connection, text, e=environment)
        for service in services:
            await api.upload((project, environment, service), HELLO_FILES)
        seen: set[str] = set()
        while seen != set(services):
            message = json.loads(await connection.recv())
            seen |= {line["tags"]["serviceId"] for line in message["payload"]["data"]["environmentLogs"]}
        await connection.send(json.dumps({"id": "1", "type": "complete"}))
        await subscribe(connection, "{ platformStatus { isStable } }", "1")
        assert (await until_complete(connection)) == [{"platformStatus": {"isStable": True}}]


async def test_one_id_serves_one_subscription_and_one_socket_is_initialised_once(api: Api) -> None:
    text = "subscription($e: String!) { environmentLogs(environmentId: $e) { message } }"
    _, environment = await api.project()
    async with socket(api) as connection:
        await subscribe(connection, text, "same", e=environment)
        await subscribe(connection, text, "same", e=environment)
        with pytest.raises(ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4409
    async with socket(api) as connection:
        await connection.send(json.dumps({"type": "connection_init"}))
        with pytest.raises(ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4429
