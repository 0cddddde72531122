"""Services with a cron schedule: their deployment serves nothing, it runs when it is due, and ends.

An execution that is due while the one before still runs is left out, as Railway's documentation says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from wizard.standin.state.cloud import Cloud
from wizard.standin.state.cron import Cron
from wizard.standin.state.machine import Process, StartError
from wizard.standin.state.restarts import exit_code, told
from wizard.standin.state.rows import Deployment, Execution

Launcher = Callable[[str], Awaitable[Process]]
"""Starts the process of the execution with that id; raises StartError."""


class Schedule:
    """Runs one deployment by its schedule until it is stopped."""

    def __init__(self, cloud: Cloud, deployment: Deployment, cron: Cron, launcher: Launcher) -> None:
        self._cloud = cloud
        self._deployment = deployment
        self._cron = cron
        self._launcher = launcher
        self._process: Process | None = None
        self._execution: asyncio.Task[None] | None = None
        self._waiting = asyncio.create_task(self._wait())

    def pids(self) -> list[int]:
        """Return the live processes."""
        return list(self._process.pids()) if self._process else []

    async def stop(self, grace: float) -> None:
        """Run no more, and stop what runs."""
        self._waiting.cancel()
        with suppress(asyncio.CancelledError):
            await self._waiting
        if self._process:
            with self._cloud.clock.busy():
                await self._process.stop(grace)
        if self._execution:
            await asyncio.gather(self._execution, return_exceptions=True)

    def run_now(self) -> bool:
        """Run it now; false where it is running."""
        if self._execution and not self._execution.done():
            self._say("Skipping execution: the one before has not ended")
            return False
        self._execution = asyncio.create_task(self._run())
        return True

    async def _wait(self) -> None:
        while due := self._cron.after(self._cloud.clock.now()):
            while (left := (due - self._cloud.clock.now()).total_seconds()) > 0:
                await self._cloud.clock.idle(left)
            self.run_now()

    async def _run(self) -> None:
        row = self._cloud.store.put(
            Execution(**self._cloud.stamp(), deployment_id=self._deployment.id, status="INITIALIZING")
        )
        self._say("Starting Container")
        try:
            with self._cloud.clock.busy():
                self._process = await self._launcher(row.id)
            self._told(row, "RUNNING")
            code = exit_code(await self._process.wait())
            self._say(told(code), "error" if code else "info")
        except StartError as error:
            self._say(str(error), "error")
            code = 1
        self._process = None
        self._told(row, "CRASHED" if code else "EXITED")

    def _told(self, row: Execution, status: str) -> None:
        ended = None if status == "RUNNING" else self._cloud.clock.now()
        self._cloud.store.change(row, status=status, completed_at=ended)
        self._cloud.store.change(self._deployment, instances=[{"id": row.id, "status": status, "restarts": 0}])

    def _say(self, text: str, severity: str = "info") -> None:
        self._cloud.logs.write(self._deployment.id, "deploy", text, severity)
