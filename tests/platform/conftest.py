"""Two adapters under one set of scenarios, on a clock of our own: Railway's before the local platform, and one in
memory without its gifts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest
from starlette.responses import Response

from tests.support.manual_clock import ManualClock
from tests.support.memory_platform import MemoryPlatform
from tests.support.memory_world import Fault
from tests.support.quiet_machine import QuietMachine
from wizard.messages import Message
from wizard.platform.handles import Group, Handle
from wizard.platform.ports import Platform, Progress
from wizard.platform.states import GroupState, ServiceState
from wizard.railway.platform import connect
from wizard.secrets import Secret
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

DEADLINE_SECONDS = 120.0


class Faults(Protocol):
    """What a test can make the platform do."""

    def lose_next_answer(self, fault: Fault = Fault.LOST) -> None:
        """Let the next write end without an answer, applied or not."""

    def say(self, word: str) -> None:
        """Call every live deployment by another word; an empty one ends it."""

    def refuse_for(self, seconds: float) -> None:
        """Refuse every request for so long: the rate limit is reached."""


@dataclass
class MemoryFaults:
    platform: MemoryPlatform

    def lose_next_answer(self, fault: Fault = Fault.LOST) -> None:
        self.platform.world.fault = fault

    def say(self, word: str) -> None:
        self.platform.world.odd_word = word

    def refuse_for(self, seconds: float) -> None:
        self.platform.world.refused_until = self.platform.world.clock.monotonic() + seconds


@dataclass
class StandinFaults:
    """Stands around every operation of the local platform."""

    standin: Standin
    clock: ManualClock
    _fault: Fault | None = None
    _word: str = ""
    _refused_until: float = 0.0

    def __post_init__(self) -> None:
        self.standin.gateway.hooks.append(self._hook)

    def lose_next_answer(self, fault: Fault = Fault.LOST) -> None:
        self._fault = fault

    def say(self, word: str) -> None:
        self._word = word

    def refuse_for(self, seconds: float) -> None:
        self._refused_until = self.clock.monotonic() + seconds

    async def _hook(self, operation: Operation, proceed: Next) -> Response:
        if (left := self._refused_until - self.clock.monotonic()) > 0:
            return Response("{}", 429, {"Retry-After": str(round(left))})
        fault = None
        if operation.kind == "mutation":
            fault, self._fault = self._fault, None
        if fault is Fault.DROPPED:
            return Response("gateway time-out", 504)
        answer = await proceed()
        if fault is Fault.LOST:
            return Response("gateway time-out", 504)
        if self._word:
            text = bytes(answer.body).decode().replace('"SUCCESS"', f'"{self._word}"')
            return Response(text, answer.status_code, media_type="application/json")
        return answer


@dataclass
class Waits:
    """Hears of pauses: each as (why, until), and how many ended."""

    told: list[tuple[str, datetime | None]] = field(default_factory=list)
    ended: int = 0

    def paused(self, why: Message, until: datetime | None) -> None:
        self.told.append((why.id, until))

    def resumed(self) -> None:
        self.ended += 1


@dataclass
class Subject:
    """An adapter with an empty environment."""

    platform: Platform
    faults: Faults
    clock: ManualClock
    waits: Waits
    workspace: str
    group: Group

    async def state(self) -> GroupState:
        return (await self.platform.groups.observe(self.group)).value

    async def service(self, name: str = "backend") -> Handle:
        made = (await self.platform.services.create(self.group, name)).handle
        assert made
        return made

    async def database(self, name: str = "cache", engine: str = "redis", version: int = 8) -> Handle:
        """Create a database and wait until it answers."""
        made = (await self.platform.datastores.create(self.group, name, engine, version)).handle
        assert made
        await self.until(lambda seen: name in seen.services and seen.services[name].active is not None)
        return made

    async def deploy(self, service: Handle, files: list[tuple[str, Path]], told: str = "mark:digest") -> Handle:
        deployment = (await self.platform.deployments.upload(self.group, service, files, told)).handle
        assert deployment
        return deployment

    async def follow(self, deployment: Handle) -> list[Progress]:
        async with asyncio.timeout(DEADLINE_SECONDS):
            return [told async for told in self.platform.deployments.follow(deployment)]

    async def until(self, holds: Callable[[GroupState], bool]) -> GroupState:
        """Read once a second of the clock until it holds."""
        deadline = self.clock.monotonic() + DEADLINE_SECONDS
        while not holds(state := await self.state()):
            assert self.clock.monotonic() < deadline, state
            await self.clock.sleep(1)
        return state

    async def found(self, name: str = "backend") -> ServiceState:
        return (await self.state()).services[name]


@asynccontextmanager
async def railway(folder: Path, clock: ManualClock, waits: Waits) -> AsyncIterator[tuple[Platform, Faults]]:
    async with serve(Settings(read_lag=0), folder / "railway", clock, machine=QuietMachine()) as standin:
        platform = connect(standin.url, Secret(standin.tokens.account), clock, pauses=waits)
        try:
            yield platform, StandinFaults(standin, clock)
        finally:
            await platform.close()


@asynccontextmanager
async def memory(_folder: Path, clock: ManualClock, waits: Waits) -> AsyncIterator[tuple[Platform, Faults]]:
    platform = MemoryPlatform(clock, pauses=waits)
    yield platform, MemoryFaults(platform)


@pytest.fixture(params=[railway, memory], ids=["railway", "memory"])
async def subject(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Subject]:
    waits = Waits()
    async with ManualClock() as clock, request.param(tmp_path, clock, waits) as (platform, faults):
        workspace = (await platform.credentials.verify()).workspaces[0][0]
        project = (await platform.groups.create(workspace, "demo", "production", "mark")).handle
        group = await platform.groups.locate(project.id, "Production")
        assert group
        yield Subject(platform, faults, clock, waits, workspace, group)


@pytest.fixture
def files(tmp_path: Path) -> list[tuple[str, Path]]:
    """What an upload carries."""
    file = tmp_path / "app.py"
    file.write_text("print('hello')\n", "utf-8")
    return [("backend/app.py", file)]
