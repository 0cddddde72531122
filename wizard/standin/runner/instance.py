"""A running deployment and the watch over what it listens on."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from wizard.messages import Message, message
from wizard.standin.addresses import Address
from wizard.standin.processes import Child
from wizard.standin.runner.listening import Listening, exposed, listening

_QUICK_POLLS, _QUICK_SECONDS, _SLOW_SECONDS = 60, 0.25, 2.0
_EXPOSED_GRACE = 2.0


class Instance:
    """One running deployment."""

    def __init__(
        self,
        child: Child,
        differences: tuple[Message, ...],
        address: Address,
        *,
        guarded: bool = True,
        attendants: int = 0,
    ) -> None:
        """Watch over it.

        Args:
            child: its processes.
            differences: every substitution made to start it.
            address: where it is reached.
            guarded: it is ended when it listens where other machines could reach it.
            attendants: so many of its first processes are the stand-in's own.
        """
        self._child = child
        self._attendants = attendants
        self.address = address
        self._failure: Message | None = None
        self._watch = asyncio.create_task(self._keep_private()) if guarded else None
        self.differences = differences
        """Every substitution made to start it."""

    @property
    def pid(self) -> int:
        """The process that leads it."""
        return next(iter(self.members()), self._child.pid)

    @property
    def running(self) -> bool:
        """Whether it still runs."""
        return self._child.running

    @property
    def failure(self) -> Message | None:
        """Why the stand-in ended it, None where it ended by itself or by `stop`."""
        return self._failure

    def members(self) -> list[int]:
        """Return all its processes."""
        return self._child.members()[self._attendants :]

    async def wait(self) -> int:
        """Return its exit code; -N for signal N."""
        try:
            return await self._child.wait()
        finally:
            if not self._child.running:
                await self._end_watch()

    async def stop(self, grace: float) -> int:
        """Ask by SIGTERM, kill after `grace` seconds; returns the exit code."""
        code = await self._child.stop(grace)
        await self._end_watch()
        return code

    def listening_ports(self) -> tuple[int, ...]:
        """Return the TCP ports that it listens on."""
        return tuple(sorted({found.port for found in self._listening()}))

    def _listening(self) -> list[Listening]:
        return listening(self.members())

    async def _keep_private(self) -> None:
        """End the deployment when any of its processes listens where other machines could reach it."""
        count = 0
        while self._child.running:
            found = await asyncio.to_thread(self._exposed)
            if found:
                self._failure = message("runner.exposed", address=found.address, port=found.port)
                await self._child.stop(_EXPOSED_GRACE)
                return
            count += 1
            await asyncio.sleep(_QUICK_SECONDS if count < _QUICK_POLLS else _SLOW_SECONDS)

    def _exposed(self) -> Listening | None:
        return exposed(self.members)

    async def _end_watch(self) -> None:
        task = self._watch
        if task is None or task is asyncio.current_task():
            return
        if self._failure is None:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task
