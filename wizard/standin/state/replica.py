"""One process of a deployment, started again by its restart policy until it has none left."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Awaitable, Callable

from wizard.clock import Clock
from wizard.standin.addresses import Address
from wizard.standin.state.machine import Process, StartError
from wizard.standin.state.restarts import RestartPolicy, exit_code, told

Starter = Callable[["Replica"], Awaitable[Process]]
Say = Callable[[str, str], None]
"""Writes a line of the platform into the deployment's log: text and severity."""


class Replica:
    """A supervised process; `gone` is set when it has ended for good.

    Attributes:
        id: the deployment instance's, the same through every restart.
        status: in the words of Railway's `DeploymentInstanceStatus`.
        restarts: how often the policy started it again.
        exit_code: how it ended for good, None while it may run and where it was stopped.
    """

    def __init__(
        self, clock: Clock, policy: RestartPolicy, starter: Starter, *, say: Say, changed: Callable[[], None]
    ) -> None:
        self._clock = clock
        self._policy = policy
        self._starter = starter
        self._say = say
        self._changed = changed
        self._process: Process | None = None
        self._supervision: asyncio.Task[None] | None = None
        self.id = str(uuid.uuid4())
        self.status = "CREATED"
        self.restarts = 0
        self.exit_code: int | None = None
        self.gone = asyncio.Event()

    @property
    def address(self) -> Address | None:
        """Where the process is reached; None while there is none."""
        return self._process.address if self._process else None

    def pids(self) -> list[int]:
        """Return the live processes."""
        return list(self._process.pids()) if self._process else []

    async def start(self) -> None:
        """Start the process; raises StartError."""
        self._set("INITIALIZING")
        try:
            self._process = await self._starter(self)
        except StartError:
            self._set("CRASHED")
            raise
        self.gone.clear()
        self.exit_code = None
        self._set("RUNNING")
        self._supervision = asyncio.create_task(self._supervise())

    async def halt(self, grace: float) -> None:
        """Stop the process, supervise it no more, and keep it for a later start."""
        await self._end_supervision()
        process, self._process = self._process, None
        if process:
            with self._clock.busy():
                await process.stop(grace)
        self._set("STOPPED")

    async def stop(self, grace: float) -> None:
        """Stop the process for good."""
        await self.halt(grace)
        self.gone.set()

    async def _end_supervision(self) -> None:
        task, self._supervision = self._supervision, None
        if task and task is not asyncio.current_task():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _supervise(self) -> None:
        while self._process:
            code = exit_code(await self._process.wait())
            self._process = None
            self._say(told(code), "error" if code else "info")
            if not self._policy.starts_again(code, self.restarts):
                self._give_up(code)
                return
            await self._start_again()

    async def _start_again(self) -> None:
        self._set("RESTARTING")
        await self._clock.sleep(self._policy.pause(self.restarts))
        self.restarts += 1
        try:
            self._process = await self._starter(self)
        except StartError as error:
            self._say(str(error), "error")
            self._give_up(1)
            return
        self._say("Starting Container", "info")
        self._set("RUNNING")

    def _give_up(self, code: int) -> None:
        self.exit_code = code
        self._set("CRASHED" if code else "EXITED")
        self.gone.set()

    def _set(self, status: str) -> None:
        self.status = status
        self._changed()
