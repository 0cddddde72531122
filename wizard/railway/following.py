"""Follows one deployment: streams tell what happens, reads tell what became of it.

Steps come by subscription, and so do the build's and the service's logs, each from when it can have something to
say. A status is only ever believed from a read: at the beginning, when no step runs any more, when the steps fall
silent, and at intervals that depend on whether they are heard. While they are not, logs are read too. The last item
is the final state.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from wizard.errors import WizardError
from wizard.platform.handles import Handle
from wizard.platform.ports import LogBatch, Progress, StepProgress
from wizard.platform.states import DeploymentState, DeploymentStatus
from wizard.railway.client.fragments import LogFields, StepFields, StepPage
from wizard.railway.listening import Lost, SeenLines, kept_open
from wizard.railway.mapping import deployment as deployment_state
from wizard.railway.session import PAGE, Session, pages

READ_WHILE_HEARD_SECONDS = 120.0
"""Between two reads of the status while steps are heard: they say when there is something to read."""
READ_WHILE_DEAF_SECONDS = 20.0
"""Between two reads while they are not."""
LOGS_WHILE_DEAF_SECONDS = 45.0
"""Between two reads of the logs while they are not."""
SETTLE_SECONDS = 1.0
"""Between the end of a step and the read: steps follow each other closely, and the status follows the last."""
FIRST_SOON_SECONDS, SOON_GROWTH = 4.0, 5.0
"""Until the next read when all steps are over and the status is not final; longer each time."""
REASON_READS, REASON_SECONDS = 3, 2.0
"""Of a failed deployment's steps, where none of them says that it failed."""
REPLAYED_LINES = 500
LINES_READ = 200

_BUILD_STEPS = frozenset({"SNAPSHOT_CODE", "BUILD_IMAGE", "PUBLISH_IMAGE"})
_BUILD_STATUSES = frozenset({DeploymentStatus.QUEUED, DeploymentStatus.BUILDING, DeploymentStatus.PENDING})


@dataclass(slots=True)
class Following:
    """One deployment being followed."""

    session: Session
    deployment: Handle
    _heard: bool = False
    _steps: dict[str, StepFields] = field(default_factory=dict)
    _told: asyncio.Queue[Progress | BaseException] = field(default_factory=asyncio.Queue)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _lines: dict[str, SeenLines] = field(default_factory=lambda: {"build": SeenLines(), "deploy": SeenLines()})
    _tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _state: DeploymentState | None = None
    _soon: float = FIRST_SOON_SECONDS

    async def progress(self) -> AsyncGenerator[Progress, None]:
        """Yield what happens until the status is final; raises where reading itself fails for good."""
        self._start("status", self._watch_status())
        try:
            while True:
                told = await self._told.get()
                if isinstance(told, BaseException):
                    raise told
                yield told
                if isinstance(told, DeploymentState) and told.status.final:
                    return
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _start(self, name: str, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work, name=f"{name} of deployment {self.deployment.id}")
        task.add_done_callback(self._ended)
        self._tasks[name] = task

    def _ended(self, task: asyncio.Task[None]) -> None:
        """An error of any part ends the whole: nobody waits for a part that is gone."""
        if not task.cancelled() and (error := task.exception()):
            self._told.put_nowait(error)

    # the status, by reading

    async def _watch_status(self) -> None:
        while not (state := await self._read()).status.final:
            if self._state is None or self._state.raw != state.raw:
                self._told.put_nowait(state)
            self._state = state
            if "steps" not in self._tasks:
                self._start("steps", self._hear_steps())
            await self._until_worth_reading()
        if not state.status.good:
            state = await self._with_reason(state)
            for log in ("build", "deploy"):
                await self._read_lines(log)
        self._told.put_nowait(state)

    async def _with_reason(self, state: DeploymentState) -> DeploymentState:
        """Wait for the step that failed: where a deployment fails at once, its steps can trail its status."""
        for _ in range(REASON_READS):
            if state.failure is not None or state.status is not DeploymentStatus.FAILED:
                break
            await self.session.clock.sleep(REASON_SECONDS)
            state = await self._read()
        return state

    async def _read(self) -> DeploymentState:
        client, id_ = self.session.client, self.deployment.id
        self._moved.clear()
        told = await client.read_deployment(id_, PAGE)

        async def more(after: str) -> StepPage:
            return (await client.read_more_steps(id_, PAGE, after)).deployment_events

        for page in await pages(told.deployment_events, more):
            for edge in page.edges:
                self._note(edge.node)
        return deployment_state(told.deployment, self.deployment.name, self._steps.values())

    async def _until_worth_reading(self) -> None:
        """Wait until the steps are over or have fallen silent, or until the interval is."""
        clock = self.session.clock
        deadline = clock.monotonic() + self._pause()
        while await self._step_moved(deadline - clock.monotonic()):
            await clock.sleep(SETTLE_SECONDS)
            self._soon = FIRST_SOON_SECONDS
            if self._over or not self._heard:
                return
            deadline = clock.monotonic() + self._pause()

    def _pause(self) -> float:
        """Return the seconds until the next read, should nothing be heard: short, then longer, once steps are over."""
        longest = READ_WHILE_HEARD_SECONDS if self._heard else READ_WHILE_DEAF_SECONDS
        if not self._over:
            return longest
        pause, self._soon = self._soon, self._soon * SOON_GROWTH
        return min(pause, longest)

    @property
    def _over(self) -> bool:
        """No step that is known runs any more."""
        return bool(self._steps) and all(step.completed_at for step in self._steps.values())

    async def _step_moved(self, seconds: float) -> bool:
        """Wait for a step to begin or end, at most so long; tell whether one did."""
        with suppress(TimeoutError):
            async with self.session.clock.timeout(max(seconds, 0)):
                await self._moved.wait()
                self._moved.clear()
                return True
        return False

    # steps and logs, by streams

    async def _hear_steps(self) -> None:
        async for step in kept_open(self._step_stream, self.session.clock, ends=False):
            if isinstance(step, Lost):
                self._deafen()
                continue
            self._heard = True
            if self._note(step):
                self._moved.set()
            self._listen("build" if step.step.value in _BUILD_STEPS else "deploy")

    def _deafen(self) -> None:
        """The steps fell silent: perhaps it is over, perhaps the stream broke; a read will tell."""
        if self._heard:
            self._moved.set()
        self._heard = False
        if "lines" not in self._tasks:
            self._start("lines", self._read_lines_while_deaf())

    def _note(self, step: StepFields) -> bool:
        """Take over a step, pass on what is new about it, and tell whether anything was."""
        known = self._steps.get(step.id)
        if known is not None and (known.completed_at or not step.completed_at):
            return False
        self._steps[step.id] = step
        error = step.payload.error if step.payload else None
        told = StepProgress(self.deployment, step.step.value, step.completed_at is not None, error or "")
        self._told.put_nowait(told)
        return True

    def _listen(self, stream: str) -> None:
        """Open a log stream with the first step that can write to it."""
        if stream not in self._tasks:
            self._start(stream, self._hear_lines(stream))

    async def _hear_lines(self, stream: str) -> None:
        opens = self._build_lines if stream == "build" else self._deploy_lines
        async for lines in kept_open(opens, self.session.clock, ends=True):
            if not isinstance(lines, Lost):
                self._pass_on(stream, lines)

    async def _step_stream(self) -> AsyncIterator[StepFields]:
        async for told in self.session.client.stream_steps(self.deployment.id):
            yield told.deployment_events

    async def _build_lines(self) -> AsyncIterator[Sequence[LogFields]]:
        self._lines["build"].replay()
        async for told in self.session.client.stream_build_logs(self.deployment.id, REPLAYED_LINES):
            yield told.build_logs

    async def _deploy_lines(self) -> AsyncIterator[Sequence[LogFields]]:
        self._lines["deploy"].replay()
        async for told in self.session.client.stream_deploy_logs(self.deployment.id, REPLAYED_LINES):
            yield told.deployment_logs

    # logs, by reading

    async def _read_lines_while_deaf(self) -> None:
        while True:
            await self.session.clock.sleep(LOGS_WHILE_DEAF_SECONDS)
            if not self._heard:
                building = self._state is None or self._state.status in _BUILD_STATUSES
                await self._read_lines("build" if building else "deploy")

    async def _read_lines(self, stream: str) -> None:
        """Read the newest lines of a log; that it cannot be read is no reason to fail."""
        client, id_ = self.session.client, self.deployment.id
        with suppress(WizardError):
            lines: Sequence[LogFields]
            if stream == "build":
                lines = (await client.read_build_logs(id_, LINES_READ)).build_logs
            else:
                lines = (await client.read_deploy_logs(id_, LINES_READ)).deployment_logs
            self._lines[stream].replay()
            self._pass_on(stream, lines)

    def _pass_on(self, stream: str, lines: Sequence[LogFields]) -> None:
        if fresh := self._lines[stream].fresh(lines):
            self._told.put_nowait(LogBatch(self.deployment, stream, fresh))
