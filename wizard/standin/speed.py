"""A clock that runs faster than time: deadlines of hours and builds of minutes within a coffee break."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class FastClock:
    """Implements `wizard.clock.Clock`: it starts at the present moment and then runs `speed` times as fast.

    What really runs does not: a health check's window and a drain are that much shorter for the application.
    """

    speed: float
    _began: datetime = field(default_factory=lambda: datetime.now(UTC))
    _real: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """Return this clock's time in UTC."""
        return self._began + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Return seconds of this clock since it was made."""
        return (time.monotonic() - self._real) * self.speed

    async def sleep(self, seconds: float) -> None:
        """Wait that long on this clock."""
        await asyncio.sleep(seconds / self.speed)

    async def idle(self, seconds: float) -> None:
        """Wait that long on this clock."""
        await asyncio.sleep(seconds / self.speed)

    def timeout(self, seconds: float | None) -> AbstractAsyncContextManager[object]:
        """Return a time-out of that long on this clock."""
        return asyncio.timeout(None if seconds is None else seconds / self.speed)

    def busy(self) -> AbstractContextManager[None]:
        """This clock never waits for work."""
        return nullcontext()

    def resting(self) -> AbstractContextManager[None]:
        """This clock never waits for work."""
        return nullcontext()
