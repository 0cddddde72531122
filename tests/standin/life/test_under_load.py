"""Real processes under load: through whole deployments, good and bad ones, no visitor sees anything but answers."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.sandboxes import why_not
from tests.support.standin_api import Api, eventually
from tests.support.visitors import visitors
from wizard.standin.settings import Settings, TierName

SERVER = """
import os, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        time.sleep(0.02)
        body = os.environ["GREETING"].encode()
        self.send_response(500 if self.path == "/sick" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *words):
        pass

ThreadingHTTPServer(("0.0.0.0", int(os.environ[os.environ.get("PORT_NAME", "PORT")])), Handler).serve_forever()
"""
FILES = {"Dockerfile": "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD exec python app.py\n", "app.py": SERVER}
SOCKETS = "query($id: String!) { deployment(id: $id) { sockets { port processName } } }"


@pytest.fixture(params=[TierName.PROCESS, pytest.param(TierName.SANDBOX, marks=pytest.mark.full)])
def settings(request: pytest.FixtureRequest, layer_cache: Path) -> Settings:
    if request.param is TierName.SANDBOX and (why := why_not()):
        pytest.skip(f"no sandbox: {why}")
    return Settings(read_lag=0, cache=layer_cache, requests_per_hour=100_000, tier=request.param)


async def scope_of(api: Api) -> tuple[tuple[str, str, str], int]:
    project, environment = await api.project()
    service = await api.service(project)
    domain = (await api.domain(service, environment))["domain"]
    await api.configure(service, environment, healthcheckPath="/health", healthcheckTimeout=60)
    return (project, environment, service), int(domain.partition(":")[2])


async def test_no_request_fails_through_a_second_deployment_and_one_that_fails(api: Api) -> None:
    scope, port = await scope_of(api)
    await api.set(scope, GREETING="one")
    first = await api.deployed(scope, FILES)
    async with visitors(port) as seen:
        await seen.more(20)
        await api.set(scope, GREETING="two")
        second = await api.deployed(scope, FILES)
        await api.reaches(first, "REMOVED")
        await seen.more(20)
        await api.configure(scope[2], scope[1], healthcheckPath="/sick", healthcheckTimeout=2)
        await api.set(scope, GREETING="three")
        await api.deployed(scope, FILES, "FAILED")
        await seen.more(20)
        assert await api.status(second) == "SUCCESS"
    assert seen.failures == []
    assert seen.answers == {200: seen.total}
    assert seen.bodies == {"one", "two"}


async def test_several_replicas_share_the_load_and_are_replaced_without_a_gap(api: Api) -> None:
    scope, port = await scope_of(api)
    await api.configure(scope[2], scope[1], numReplicas=2, drainingSeconds=3)
    await api.set(scope, GREETING="one")
    first = await api.deployed(scope, FILES)
    fleet = api.standin.gateway.railway.fleet
    replicas = fleet.running(first)
    assert replicas
    assert len({str(address) for address in replicas.addresses}) == 2
    async with visitors(port) as seen:
        await seen.more(20)
        await api.set(scope, GREETING="two")
        await api.deployed(scope, FILES)
        await api.reaches(first, "REMOVED")
        await seen.more(20)
    assert (seen.failures, seen.answers) == ([], {200: seen.total})
    entries = api.standin.gateway.railway.requests.read([first])
    assert len({one.instance_id for one in entries}) == 2
    assert fleet.running(first) is None


@pytest.mark.parametrize(("target", "status"), [(None, 200), (9, 502)])
async def test_without_a_target_port_the_port_that_is_really_open_is_found(
    api: Api, target: int | None, status: int
) -> None:
    project, environment = await api.project()
    scope = (project, environment, await api.service(project))
    domain = (await api.domain(scope[2], environment, targetPort=target))["domain"]
    hard_coded = SERVER.replace('int(os.environ[os.environ.get("PORT_NAME", "PORT")])', "0")
    await api.set(scope, GREETING="found")
    deployment = await api.deployed(scope, {**FILES, "app.py": hard_coded})

    async def listening() -> list[dict[str, Any]]:
        return list((await api.ask(SOCKETS, id=deployment))["deployment"]["sockets"])

    [found] = await eventually(listening)
    assert found["processName"].startswith("python")
    assert (await api.get(domain)).status_code == status


async def test_a_real_process_sleeps_when_nobody_asks_and_answers_the_request_that_wakes_it(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.standin.state.slumber.QUIET_SECONDS", 0.5)
    monkeypatch.setattr("wizard.standin.state.slumber._LOOK_SECONDS", 0.1)
    scope, port = await scope_of(api)
    await api.configure(scope[2], scope[1], sleepApplication=True)
    await api.set(scope, GREETING="awake")
    deployment = await api.deployed(scope, FILES)
    await api.reaches(deployment, "SLEEPING")
    assert await eventually(lambda: _gone(api, deployment))
    answers = [await api.get(f"shop.localhost:{port}")]
    assert [(one.status_code, one.text) for one in answers] == [(200, "awake")]


async def _gone(api: Api, deployment: str) -> bool:
    return api.standin.gateway.railway.fleet.pids(deployment) == []
