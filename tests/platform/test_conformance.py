"""What every adapter must do alike, proved on Railway's (against the stand-in) and on one without its gifts."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from starlette.responses import Response

from tests.support.memory_platform import MemoryPlatform
from wizard.clock import SystemClock
from wizard.errors import FailedError
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Group, Handle, Kind
from wizard.platform.ports import Platform, Progress
from wizard.platform.states import DeploymentState, DeploymentStatus, GroupState
from wizard.platform.values import Literal, OutputRef, Reference
from wizard.railway.platform import connect
from wizard.secrets import Secret
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

DEADLINE_SECONDS = 20.0


class Faults(Protocol):
    """What a test can make the platform do."""

    def lose_next_answer(self) -> None: ...

    def say(self, word: str) -> None: ...


class MemoryFaults:
    def __init__(self, platform: MemoryPlatform) -> None:
        self._world = platform.world

    def lose_next_answer(self) -> None:
        self._world.losing = True

    def say(self, word: str) -> None:
        self._world.odd_word = word


class StandinFaults:
    """Stands around every operation of the stand-in: applied, then the answer is lost or says another word."""

    def __init__(self, standin: Standin) -> None:
        self._losing, self._word = False, ""
        standin.gateway.hooks.append(self._hook)

    def lose_next_answer(self) -> None:
        self._losing = True

    def say(self, word: str) -> None:
        self._word = word

    async def _hook(self, operation: Operation, proceed: Next) -> Response:
        answer = await proceed()
        if operation.kind == "mutation" and self._losing:
            self._losing = False
            return Response("gateway time-out", 504)
        if self._word:
            text = bytes(answer.body).decode().replace('"SUCCESS"', json.dumps(self._word))
            return Response(text, answer.status_code, media_type="application/json")
        return answer


@dataclass
class Subject:
    platform: Platform
    faults: Faults
    group: Group

    async def state(self) -> GroupState:
        return (await self.platform.groups.observe(self.group)).value

    async def service(self, name: str = "backend") -> Handle:
        made = (await self.platform.services.create(self.group, name)).handle
        assert made
        return made

    async def follow(self, deployment: Handle) -> list[Progress]:
        return [told async for told in self.platform.deployments.follow(deployment)]


@asynccontextmanager
async def railway(folder: Path) -> AsyncIterator[tuple[Platform, Faults]]:
    async with serve(Settings(read_lag=0), folder / "railway") as standin:
        platform = connect(standin.url, Secret(standin.tokens.account), SystemClock())
        try:
            yield platform, StandinFaults(standin)
        finally:
            await platform.close()


@asynccontextmanager
async def memory(_folder: Path) -> AsyncIterator[tuple[Platform, Faults]]:
    platform = MemoryPlatform()
    yield platform, MemoryFaults(platform)


@pytest.fixture(params=[railway, memory], ids=["railway", "memory"])
async def subject(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Subject]:
    async with request.param(tmp_path) as (platform, faults):
        workspace = (await platform.credentials.verify()).workspaces[0][0]
        project = (await platform.groups.create(workspace, "demo", "production", "mark")).handle
        group = await platform.groups.locate(project.id, "Production")
        assert group
        yield Subject(platform, faults, group)


async def test_handles_name_their_provider_and_kind(subject: Subject) -> None:
    service = await subject.service()
    provider = subject.platform.provider
    assert (service.provider, service.kind, service.name) == (provider, Kind.SERVICE, "backend")
    assert {subject.group.project.provider, subject.group.environment.provider} == {provider}


async def test_a_created_service_is_observed_empty(subject: Subject) -> None:
    service = await subject.service()
    found = (await subject.state()).services["backend"]
    assert (found.handle, found.latest, found.active, found.source) == (service, None, None, None)


async def test_a_service_is_not_made_twice(subject: Subject) -> None:
    await subject.service()
    with pytest.raises(FailedError):
        await subject.service()
    assert list((await subject.state()).services) == ["backend"]


Create = Callable[[Subject, Handle], Awaitable[object]]
Count = Callable[[GroupState], int]


@pytest.mark.parametrize(
    ("create", "count"),
    [
        (lambda s, _: s.platform.services.create(s.group, "other"), lambda state: "other" in state.services),
        (
            lambda s, b: s.platform.services.create_domain(s.group, b, 80),
            lambda st: len(st.services["backend"].domains),
        ),
        (
            lambda s, b: s.platform.services.create_volume(s.group, b, "/data", None),
            lambda state: len(state.services["backend"].volumes),
        ),
    ],
    ids=["service", "domain", "volume"],
)
async def test_a_create_whose_answer_was_lost_is_ambiguous_and_happened_once(
    subject: Subject, create: Create, count: Count
) -> None:
    service = await subject.service()
    subject.faults.lose_next_answer()
    receipt = await create(subject, service)
    assert receipt == type(receipt)(None, Answer.AMBIGUOUS)  # type: ignore[call-arg]
    assert count(await subject.state()) == 1


async def test_a_write_whose_answer_was_lost_says_so_and_may_be_written_again(subject: Subject) -> None:
    service = await subject.service()
    for _ in range(2):
        subject.faults.lose_next_answer()
        with pytest.raises(LostAnswerError):
            await subject.platform.services.set_variables(subject.group, service, {"A": "1"})
    assert await subject.platform.services.rendered(subject.group, service) == {"A": Secret("1")}


async def test_a_project_whose_answer_was_lost_is_found_by_its_mark(subject: Subject) -> None:
    workspace = (await subject.platform.credentials.verify()).workspaces[0][0]
    subject.faults.lose_next_answer()
    receipt = await subject.platform.groups.create(workspace, "second", "production", "mark-2")
    assert (receipt.handle, receipt.answer) == (None, Answer.AMBIGUOUS)
    projects = (await subject.platform.credentials.workspace(workspace))[0].projects
    assert [one.handle.name for one in projects if one.description == "mark-2"] == ["second"]


async def test_settings_are_written_alone_and_read_back(subject: Subject) -> None:
    service = await subject.service()
    services = subject.platform.services
    await services.configure(subject.group, service, {"root": "a", "start_command": "run", "health_path": "/h"})
    await services.configure(subject.group, service, {"start_command": None})
    settings = (await subject.state()).services["backend"].settings
    assert (settings.root, settings.start_command, settings.health_path) == ("a", None, "/h")


async def test_variables_are_set_replaced_and_deleted_quietly(subject: Subject) -> None:
    service, services = await subject.service(), subject.platform.services
    await services.set_variables(subject.group, service, {"A": "1", "B": Secret("2")})
    await services.set_variables(subject.group, service, {"A": "3"})
    await services.delete_variables(subject.group, service, ("B",))
    await services.delete_variables(subject.group, service, ("B",))
    found = (await subject.state()).services["backend"]
    assert {name: one.raw for name, one in found.variables.items()} == {"A": Secret("3")}
    assert found.latest is None


@pytest.mark.parametrize("output", ["url", "host", "ws_url", "urls"])
async def test_a_lowered_output_renders_to_the_address(subject: Subject, output: str) -> None:
    service, services = await subject.service(), subject.platform.services
    await services.create_domain(subject.group, service, 8000)
    state = await subject.state()
    host, scheme = state.services["backend"].domains[0].host, subject.platform.scheme
    value = services.lower(Reference(("<", OutputRef("backend", output), ">")), state, service="backend")
    await services.set_variables(subject.group, service, {"OUT": value})
    expected = {"host": host, "ws_url": f"{scheme.replace('http', 'ws')}://{host}"}.get(output, f"{scheme}://{host}")
    rendered = await services.rendered(subject.group, service)
    assert rendered["OUT"].reveal() == f"<{expected}>"


async def test_literals_and_secrets_are_written_as_they_are(subject: Subject) -> None:
    services, state, secret = subject.platform.services, await subject.state(), Secret("s")
    assert services.lower(Literal("text"), state, service="backend") == "text"
    assert services.lower(secret, state, service="backend") is secret


async def test_deleting_twice_is_no_error(subject: Subject) -> None:
    service, services = await subject.service(), subject.platform.services
    volume = (await services.create_volume(subject.group, service, "/data", None)).handle
    assert volume
    await services.delete_volume(subject.group, volume)
    await services.delete_volume(subject.group, volume)
    await services.delete(subject.group, service)
    await services.delete(subject.group, service)
    assert (await subject.state()).services == {}


async def test_a_deletion_can_be_undone(subject: Subject) -> None:
    workspace = (await subject.platform.credentials.verify()).workspaces[0][0]
    told = []
    for act in (subject.platform.groups.schedule_delete, subject.platform.groups.cancel_delete):
        await act(subject.group.project)
        told.append((await subject.platform.credentials.workspace(workspace))[0].projects[0].deleted)
    assert told == [True, False]


async def test_an_upload_is_followed_to_its_end_and_remembered(subject: Subject, tmp_path: Path) -> None:
    service = await subject.service()
    await subject.platform.services.set_variables(subject.group, service, {"PORT": "8000"})
    receipt = await subject.platform.deployments.upload(subject.group, service, app(tmp_path), "mark:digest")
    assert receipt.handle
    final = (await subject.follow(receipt.handle))[-1]
    assert isinstance(final, DeploymentState)
    assert (final.status, final.handle) == (DeploymentStatus.LIVE, receipt.handle)
    newest = (await subject.platform.deployments.recent(subject.group, service, 1))[0]
    assert (newest.handle.id, newest.message, newest.commit) == (receipt.handle.id, "mark:digest", None)
    state = await until(subject, lambda seen: seen.services["backend"].active is not None)
    active = state.services["backend"].active
    assert active
    assert active.handle.id == receipt.handle.id
    assert await subject.platform.deployments.variables(receipt.handle) == {"PORT": Secret("8000")}


async def test_a_word_nobody_knows_is_pending(subject: Subject, tmp_path: Path) -> None:
    service = await subject.service()
    await subject.platform.services.set_variables(subject.group, service, {"PORT": "8000"})
    receipt = await subject.platform.deployments.upload(subject.group, service, app(tmp_path), "m")
    assert receipt.handle
    await subject.follow(receipt.handle)
    subject.faults.say("TELEPORTING")
    state = await until(subject, lambda seen: (latest := seen.services["backend"].latest) is not None and bool(latest))
    latest = state.services["backend"].latest
    assert latest
    assert (latest.status, latest.raw, latest.status.final) == (DeploymentStatus.PENDING, "TELEPORTING", False)


def app(folder: Path) -> list[tuple[str, Path]]:
    (folder / "Dockerfile").write_text("FROM python:3.11-slim\nCMD python -m http.server $PORT --bind 127.0.0.1\n")
    return [("Dockerfile", folder / "Dockerfile")]


async def until(subject: Subject, holds: Callable[[GroupState], bool]) -> GroupState:
    """Read until it holds; every read is a round trip, so nothing spins."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while True:
            state = await subject.state()
            if holds(state):
                return state


async def test_a_database_comes_under_our_name_and_its_proxy_goes(subject: Subject) -> None:
    stores = subject.platform.datastores
    made = (await stores.create(subject.group, "cache", "redis", 7)).handle
    assert made
    assert (made.kind, made.name) == (Kind.DATABASE, "cache")
    state = await until(subject, lambda seen: "cache" in seen.services and seen.services["cache"].latest is not None)
    url = subject.platform.services.lower(Reference((OutputRef("cache", "REDIS_URL"),)), state, service="backend")
    assert url
    proxy = await stores.open_proxy(subject.group, made, 6379)
    assert [one.handle.id for one in await stores.proxies(subject.group, made)] == [proxy.handle.id]
    await stores.close_proxy(proxy.handle)
    await stores.close_proxy(proxy.handle)
    assert await stores.proxies(subject.group, made) == ()


async def test_reads_write_nothing(subject: Subject) -> None:
    service = await subject.service()
    before = subject.platform.mutations
    await subject.state()
    await subject.platform.services.rendered(subject.group, service)
    await subject.platform.deployments.recent(subject.group, service, 3)
    assert subject.platform.mutations == before
    await subject.platform.groups.describe(subject.group.project, "mark\nlock")
    assert subject.platform.mutations == before + 1
    assert subject.platform.requests > subject.platform.mutations
