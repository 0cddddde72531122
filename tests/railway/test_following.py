"""A deployment followed to its end on a clock of our own: streams for what happens, reads for what became of it."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.manual_clock import ManualClock
from tests.support.railway_api import data, error
from tests.support.raw_http import answered, raw_server
from wizard.errors import CredentialError
from wizard.platform.handles import Group, Handle, Kind
from wizard.platform.ports import LogBatch, Progress, StepProgress
from wizard.platform.states import DeploymentState, DeploymentStatus
from wizard.railway.endpoint import Credential, Endpoint
from wizard.railway.platform import RailwayPlatform, connect
from wizard.secrets import Secret
from wizard.standin.server import serve
from wizard.standin.settings import Settings, TimedBuild

DEPLOYMENT = Handle("railway", Kind.DEPLOYMENT, "d", "backend")
BUILD_SECONDS = 240.0
SERVER = """
import http.server, os
print("serving on", os.environ["PORT"], flush=True)
http.server.HTTPServer(("0.0.0.0", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


@dataclass
class Nowhere:
    """A connection whose streams cannot be opened."""

    credential: Credential
    clock: ManualClock
    endpoint: Endpoint


@dataclass
class Cloud:
    platform: RailwayPlatform
    clock: ManualClock
    group: Group
    service: Handle

    async def deploy(self, folder: Path) -> tuple[list[Progress], Counter[str], float]:
        """Upload and follow; return the story, what was sent meanwhile, and how long it took."""
        files = [(path.name, path) for path in folder.iterdir() if path.is_file()]
        receipt = await self.platform.deployments.upload(self.group, self.service, files, "mark:1")
        assert receipt.handle
        sent, began = len(self.platform.ledger.entries), self.clock.monotonic()
        story = [told async for told in self.platform.deployments.follow(receipt.handle)]
        entries = self.platform.ledger.entries[sent:]
        return story, Counter(entry.operation for entry in entries), self.clock.monotonic() - began


@asynccontextmanager
async def cloud(folder: Path, *, deaf: bool) -> AsyncIterator[Cloud]:
    settings = Settings(read_lag=1, build=TimedBuild(seconds=BUILD_SECONDS))
    async with ManualClock() as clock, serve(settings, folder / "railway", clock) as standin:
        platform = connect(standin.url, Secret(standin.tokens.account), clock)
        if deaf:
            platform._streams.connection = Nowhere(
                platform._streams.connection.credential, clock, Endpoint("http://127.0.0.1:1")
            )
        try:
            yield await prepared(platform, clock)
        finally:
            await platform.close()


async def prepared(platform: RailwayPlatform, clock: ManualClock) -> Cloud:
    workspace = (await platform.credentials.verify()).workspaces[0][0]
    project = (await platform.groups.create(workspace, "demo", "production", "mark")).handle
    assert project
    await clock.sleep(2)
    group = await platform.groups.locate(project.id, "production")
    assert group
    service = (await platform.services.create(group, "backend")).handle
    assert service
    await platform.services.configure(group, service, {"health_path": "/server.py", "health_timeout": 60})
    await platform.services.create_domain(group, service, 8000)
    await platform.services.set_variables(group, service, {"PORT": "8000"})
    return Cloud(platform, clock, group, service)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "server.py").write_text(SERVER)
    (folder / "Dockerfile").write_text("FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD python server.py\n")
    return folder


def lines(story: list[Progress], stream: str) -> list[str]:
    return [line.text for told in story if isinstance(told, LogBatch) and told.stream == stream for line in told.lines]


def final(story: list[Progress]) -> DeploymentState:
    assert isinstance(story[-1], DeploymentState)
    assert not any(isinstance(told, DeploymentState) and told.status.final for told in story[:-1])
    return story[-1]


async def test_with_streams_a_release_is_followed_by_few_reads(tmp_path: Path, app: Path) -> None:
    async with cloud(tmp_path, deaf=False) as railway:
        story, sent, seconds = await railway.deploy(app)
    assert final(story).status is DeploymentStatus.LIVE
    assert "serving on" in " ".join(lines(story, "deploy"))
    assert "Dockerfile" in " ".join(lines(story, "build"))
    steps = [told.step for told in story if isinstance(told, StepProgress) and told.finished]
    assert steps.index("BUILD_IMAGE") < steps.index("HEALTHCHECK")
    assert sent["ReadDeployment"] <= 5
    assert {name: sent[name] for name in ("connect", "StreamSteps", "StreamBuildLogs", "StreamDeployLogs")} == {
        "connect": 1,
        "StreamSteps": 1,
        "StreamBuildLogs": 1,
        "StreamDeployLogs": 1,
    }
    assert seconds < BUILD_SECONDS + 30


async def test_without_streams_it_is_followed_by_reads_at_intervals(tmp_path: Path, app: Path) -> None:
    async with cloud(tmp_path, deaf=True) as railway:
        story, sent, seconds = await railway.deploy(app)
    assert final(story).status is DeploymentStatus.LIVE
    assert "Dockerfile" in " ".join(lines(story, "build"))
    assert lines(story, "build").count("Using detected Dockerfile!") == 1
    assert sent["ReadDeployment"] <= 15
    assert sent["ReadBuildLogs"] <= 9
    assert sent["connect"] <= 4
    assert seconds < BUILD_SECONDS + 30


async def test_a_cut_stream_decides_nothing(tmp_path: Path, app: Path) -> None:
    async with cloud(tmp_path, deaf=False) as railway:
        files = [(path.name, path) for path in app.iterdir()]
        receipt = await railway.platform.deployments.upload(railway.group, railway.service, files, "mark:1")
        assert receipt.handle
        story: list[Progress] = []
        async for told in railway.platform.deployments.follow(receipt.handle):
            story.append(told)
            socket = railway.platform._streams._socket
            if isinstance(told, LogBatch) and told.stream == "build" and socket and len(story) < 6:
                socket.connection.transport.abort()
    assert final(story).status is DeploymentStatus.LIVE
    assert lines(story, "build").count("Using detected Dockerfile!") == 1
    assert "serving on" in " ".join(lines(story, "deploy"))


def read(status: str, *steps: dict[str, Any]) -> bytes:
    deployment = {"id": "d", "status": status, "createdAt": "x", "deploymentStopped": False, "meta": None}
    edges = [{"node": {"createdAt": "x", "payload": None, **step}} for step in steps]
    events = {"edges": edges, "pageInfo": {"hasNextPage": False, "endCursor": None}}
    return data(deployment=deployment, deploymentEvents=events)


async def followed(*answers: bytes) -> list[Progress]:
    """Follow against scripted reads, the last one for ever, where every stream is refused."""
    left = list(answers)

    def answer(request: bytes) -> bytes:
        if request.startswith(b"GET"):
            return answered(b"", status=503)
        if b"Logs" in request:
            return error("Problem processing request")
        return left.pop(0) if len(left) > 1 else left[0]

    async with ManualClock() as clock, raw_server(answer) as (port, _):
        platform = connect(f"http://127.0.0.1:{port}", Secret("t"), clock)
        try:
            return [told async for told in platform.deployments.follow(DEPLOYMENT)]
        finally:
            await platform.close()


def raws(story: list[Progress]) -> list[str]:
    return [told.raw for told in story if isinstance(told, DeploymentState)]


async def test_a_deployment_that_says_nothing_is_read_until_it_is_over() -> None:
    """SKIPPED and slotless FAILED ones have no steps and no logs at all."""
    story = await followed(read("INITIALIZING"), read("WAITING"), read("SKIPPED"))
    assert raws(story) == ["INITIALIZING", "WAITING", "SKIPPED"]


async def test_what_is_over_already_opens_no_stream() -> None:
    async with ManualClock() as clock, raw_server(lambda _: read("SUCCESS")) as (port, requests):
        platform = connect(f"http://127.0.0.1:{port}", Secret("t"), clock)
        story = [told async for told in platform.deployments.follow(DEPLOYMENT)]
        await platform.close()
    assert raws(story) == ["SUCCESS"]
    assert len(requests) == platform.requests == 1


async def test_an_unknown_status_is_waited_out() -> None:
    assert raws(await followed(read("TELEPORTING"), read("SUCCESS"))) == ["TELEPORTING", "SUCCESS"]


async def test_a_failure_without_logs_still_ends() -> None:
    step = {"id": "1", "step": "BUILD_IMAGE", "completedAt": None}
    failure = final(await followed(read("FAILED", step))).failure
    assert failure
    assert failure.step == "BUILD_IMAGE"


async def test_steps_that_trail_a_failed_status_are_waited_for() -> None:
    """What fails at once is FAILED by id before its steps are in the view that lists them."""
    payload = {"error": "COPY failed", "reason": None, "detail": None, "skipped": None}
    step = {"id": "1", "step": "BUILD_IMAGE", "completedAt": "x", "payload": payload}
    failure = final(await followed(read("FAILED"), read("FAILED"), read("FAILED", step))).failure
    assert failure
    assert (failure.step, failure.reason) == ("BUILD_IMAGE", "COPY failed")


async def test_a_failure_that_never_says_where_ends_all_the_same() -> None:
    """A deployment that found no slot has no steps at all."""
    assert final(await followed(read("FAILED"))).failure is None


async def test_what_reading_cannot_do_ends_the_following() -> None:
    with pytest.raises(CredentialError):
        await followed(error("Not Authorized"))
