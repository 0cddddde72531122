"""Time as a dependency: product code asks a clock, so that tests and benchmarks can own it."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the product knows of time."""

    def now(self) -> datetime:
        """Return the wall time in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, for durations and deadlines."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait that long on this clock."""
        ...

    async def idle(self, seconds: float) -> None:
        """Wait at least that long, as work does that nobody waits for: a manual clock never jumps because of it."""
        ...

    def timeout(self, seconds: float | None) -> AbstractAsyncContextManager[object]:
        """Return an async context manager that raises TimeoutError after that long; None never does."""
        ...

    def busy(self) -> AbstractContextManager[None]:
        """Mark work that takes real time (a request, a child process): a manual clock must not jump in it."""
        ...

    def resting(self) -> AbstractContextManager[None]:
        """Take one `busy` back: that work waits for nothing but this clock now, as a request that is answered late."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the wall time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        await asyncio.sleep(seconds)

    async def idle(self, seconds: float) -> None:
        """Wait that long."""
        await asyncio.sleep(seconds)

    def timeout(self, seconds: float | None) -> AbstractAsyncContextManager[object]:
        """Return asyncio's own time-out."""
        return asyncio.timeout(seconds)

    def busy(self) -> AbstractContextManager[None]:
        """Real time needs no marking."""
        return nullcontext()

    def resting(self) -> AbstractContextManager[None]:
        """Real time needs no marking."""
        return nullcontext()
