"""The process of one deployment, started again by its restart policy until it has none left."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from wizard.standin.addresses import Address
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.machine import Process, StartError
from wizard.standin.state.rows import Deployment

Starter = Callable[[], Awaitable[Process]]


class Replica:
    """A supervised process; `gone` is set when it has ended for good."""

    def __init__(self, cloud: Cloud, deployment: Deployment, starter: Starter, moved: Callable[[], None]) -> None:
        self._cloud = cloud
        self._deployment = deployment
        self._starter = starter
        self._moved = moved
        self._process: Process | None = None
        self._supervision: asyncio.Task[None] | None = None
        self._restarts = 0
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
        self._process = await self._starter()
        self._set_instance("RUNNING")
        self._supervision = asyncio.create_task(self._supervise())

    async def stop(self, grace: float) -> None:
        """Stop the process and supervise it no more."""
        await self._end_supervision()
        process, self._process = self._process, None
        if process:
            with self._cloud.clock.busy():
                await process.stop(grace)
        self._set_instance("STOPPED")
        self.gone.set()

    async def restart(self, grace: float) -> None:
        """Start the same process again with the same variables."""
        await self.stop(grace)
        self.gone.clear()
        await self.start()
        self._moved()

    async def _end_supervision(self) -> None:
        task, self._supervision = self._supervision, None
        if task and task is not asyncio.current_task():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _supervise(self) -> None:
        while self._process:
            code = await self._process.wait()
            if not self._starts_again(code):
                self._give_up(code)
                return
            self._restarts += 1
            self._set_instance("RESTARTING")
            try:
                self._process = await self._starter()
            except StartError as error:
                self._cloud.logs.write(self._deployment.id, "deploy", str(error), "error")
                self._give_up(1)
                return
            self._set_instance("RUNNING")
            self._moved()

    def _starts_again(self, code: int) -> bool:
        policy = self._deployment.settings.get("restart_policy_type")
        if policy == "ALWAYS":
            return True
        retries = int(self._deployment.settings.get("restart_policy_max_retries") or 0)
        return policy == "ON_FAILURE" and code != 0 and self._restarts < retries

    def _give_up(self, code: int) -> None:
        self._process = None
        self.exit_code = code
        self._set_instance("CRASHED" if code else "EXITED")
        self.gone.set()

    def _set_instance(self, status: str) -> None:
        self._cloud.store.change(self._deployment, instance_status=status)
