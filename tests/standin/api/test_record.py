"""The record of every request and answer: whole enough to tell what happened, without any secret."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.support.quiet_machine import QuietMachine
from tests.support.standin_api import HELLO_FILES, Api
from wizard.secrets import MASK
from wizard.standin.api import record as module
from wizard.standin.faults import Fault, FaultKind
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

SENTINELS = {
    "BY_VARIABLE": "s3ntinel-one/+ 비밀",
    "IN_THE_TEXT": "s3ntinel-two\"'\\",
    "BY_ANOTHER_NAME": "s3ntinel-three",
    "CONNECTION": "postgresql://me:s3ntinel-four@db/x",
    "REFUSED": "s3ntinel-five",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "record.ndjson"


@pytest.fixture
async def standin(tmp_path: Path, file: Path) -> AsyncIterator[Standin]:
    async with serve(Settings(read_lag=0, record=file), tmp_path / "standin", machine=QuietMachine()) as running:
        yield running


def lines(file: Path, *types: str) -> list[dict[str, Any]]:
    told = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [line for line in told if not types or line["type"] in types]


async def with_secrets(api: Api) -> tuple[tuple[str, str, str], str]:
    """Give a service every sentinel by another way; returns its scope and a project token."""
    project, environment = await api.project()
    scope = project, environment, await api.service(project)
    where = f'projectId: "{project}", environmentId: "{environment}", serviceId: "{scope[2]}"'
    await api.set(scope, BY_VARIABLE=SENTINELS["BY_VARIABLE"], CONNECTION=SENTINELS["CONNECTION"])
    inline = json.dumps(SENTINELS["IN_THE_TEXT"])
    await api.ask(f'mutation {{ variableUpsert(input: {{{where}, name: "IN_THE_TEXT", value: {inline}}}) }}')
    text = f'mutation($x: String!) {{ variableUpsert(input: {{{where}, name: "BY_ANOTHER_NAME", value: $x}}) }}'
    await api.ask(text, x=SENTINELS["BY_ANOTHER_NAME"])
    made = "mutation($input: ProjectTokenCreateInput!) { projectTokenCreate(input: $input) }"
    given = {"projectId": project, "environmentId": environment, "name": "t"}
    return scope, str((await api.ask(made, input=given))["projectTokenCreate"])


async def test_no_secret_is_ever_written_down(api: Api, standin: Standin, file: Path) -> None:
    scope, token = await with_secrets(api)
    standin.gateway.faults.arm(Fault(on="variableCollectionUpsert", kind=FaultKind.DROP_BEFORE))
    with pytest.raises(httpx.TransportError):
        await api.set(scope, REFUSED=SENTINELS["REFUSED"])
    standin.gateway.faults.arm(Fault(on="variables", kind=FaultKind.TRUNCATED))
    await api.post(
        "query($p: String!, $e: String!, $s: String) { variables(projectId: $p, environmentId: $e, serviceId: $s) }",
        **dict(zip("pes", scope, strict=True)),
    )
    alias = (
        "query($p: String!, $e: String!, $s: String) { v: variables(projectId: $p, environmentId: $e, serviceId: $s) }"
    )
    await api.ask(alias, **dict(zip("pes", scope, strict=True)))
    await api.post('{ nonsense(password: "s3ntinel-six") }')
    await api.post('{ this is no document "s3ntinel-seven"')
    await api.upload(scope, HELLO_FILES, f"deploys {SENTINELS['BY_ANOTHER_NAME']}")
    await api.control("state")

    text = file.read_text("utf-8")

    assert "s3ntinel" not in text
    assert standin.tokens.account not in text
    assert token not in text
    assert text.count(MASK) > len(SENTINELS)
    assert "/control/" not in text


async def test_names_references_and_ids_stay_readable(api: Api, file: Path) -> None:
    project, environment = await api.project("shop")
    scope = project, environment, await api.service(project, "backend")
    await api.set(scope, DATABASE_URL="${{postgres.DATABASE_URL}}", STAGE="production")
    await api.ask("query($id: String!) { environment(id: $id) { name } }", id=environment)

    upsert, *_, read = lines(file, "request")[-2:]
    answer = lines(file, "answer")[-1]

    assert upsert["variables"]["input"]["variables"] == {"DATABASE_URL": "${{postgres.DATABASE_URL}}", "STAGE": MASK}
    assert (read["credential"], read["variables"]) == ("account", {"id": environment})
    assert "environment(id: $id)" in read["query"]
    assert (answer["n"], answer["status"]) == (read["n"], 200)
    assert answer["body"] == {"data": {"environment": {"name": "production"}}}


async def test_a_struck_request_shows_its_fault_and_what_the_client_saw(api: Api, standin: Standin, file: Path) -> None:
    standin.gateway.faults.arm(Fault(on="projectCreate", kind=FaultKind.DROP_AFTER))

    with pytest.raises(httpx.TransportError):
        await api.project()

    request, fault, answer = lines(file)[-3:]
    assert (request["type"], fault["kind"], fault["on"]) == ("request", "drop-after", "projectCreate")
    assert (answer["n"], answer["status"]) == (request["n"], 0)


async def test_sockets_are_written_message_by_message(api: Api, standin: Standin, file: Path) -> None:
    headers = {"Authorization": f"Bearer {standin.tokens.account}"}
    url = standin.url.replace("http://", "ws://")
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")], additional_headers=headers) as socket:
        token = {"Authorization": standin.tokens.account}
        await socket.send(json.dumps({"type": "connection_init", "payload": token}))
        await socket.recv()
        payload = {"query": '{ project(id: "secret-id") { name } }'}
        await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
        await socket.recv()
        await socket.recv()

    told = [line for line in lines(file) if line["type"] in {"open", "in", "out"}]
    assert [line["type"] for line in told] == ["open", "in", "out", "in", "out", "out"]
    assert {line["n"] for line in told} == {told[0]["n"]}
    assert told[1]["message"] == {"type": "connection_init", "payload": ["Authorization"]}
    assert told[4]["message"]["payload"]["errors"][0]["message"] == "Not Authorized"
    assert "secret-id" not in file.read_text("utf-8")


async def test_an_error_over_a_socket_repeats_nothing_of_its_request(api: Api, standin: Standin, file: Path) -> None:
    headers = {"Authorization": f"Bearer {standin.tokens.account}"}
    url = standin.url.replace("http://", "ws://")
    async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")], additional_headers=headers) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        await socket.recv()
        for query in (
            '{ nothing("s3ntinel-one") }',
            'subscription { buildLogs(deploymentId: "s3ntinel-two") { none } }',
        ):
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))
            assert "error" in str(await socket.recv())

    assert "s3ntinel" not in file.read_text("utf-8")


async def test_an_upload_is_counted_and_not_kept(api: Api, file: Path) -> None:
    project, environment = await api.project()
    await api.upload((project, environment, await api.service(project)), HELLO_FILES, "first")

    [request] = [line for line in lines(file, "request") if line["path"].endswith("/up")]

    assert request["parameters"]["message"] == "first"
    assert request["bytes"] > 100


async def test_the_file_is_private_and_its_size_is_bounded(
    api: Api, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LARGEST_FILE", 8_000)
    for _ in range(40):
        await api.ask("{ platformStatus { isStable } }")

    kept = [file, file.with_name("record.ndjson.1")]

    assert file.stat().st_mode & 0o777 == 0o600
    assert all(one.stat().st_size < 9_000 for one in kept)
    assert sorted(one.name for one in file.parent.glob("record*")) == [one.name for one in kept]
