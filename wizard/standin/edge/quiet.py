"""When an open connection has been silent for too long, in both directions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wizard.clock import Clock


class Quiet:
    """Knows when something last came from either side."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._last = clock.monotonic()

    @asynccontextmanager
    async def noting(self) -> AsyncIterator[None]:
        """Stand around one wait for a side: what ends it is no silence."""
        yield
        self._last = self._clock.monotonic()

    async def over(self) -> None:
        """Return when nothing came from either side for that long."""
        while (left := self._last + self._seconds - self._clock.monotonic()) > 0:
            await self._clock.idle(left)
