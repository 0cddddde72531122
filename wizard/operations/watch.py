"""The environment looked at again and again, within a budget that leaves the hour to everybody else.

A whole environment is one request. Every hundred seconds makes 36 an hour, so that a free plan's hundred are never
spent by looking; what was begun elsewhere is seen within two minutes, lag included, and at once when somebody asks.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from wizard.errors import PlatformError
from wizard.operations.status import StatusReport, read_status
from wizard.phases.run import Run

INTERVAL_SECONDS = 100.0
"""Between two looks nobody asked for."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look.

    Attributes:
        report: as last seen; its `at` is when, however long ago that was.
        trouble: why this look failed; the report is then an older one.
    """

    report: StatusReport | None
    trouble: PlatformError | None = None


@dataclass(slots=True)
class Watch:
    """Looks at intervals; `wake` makes it look now."""

    run: Run
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def looks(self) -> AsyncGenerator[Look, None]:
        """Yield a look now and at every interval, for ever; raises FailedError where there is no project."""
        report: StatusReport | None = None
        while True:
            try:
                report = await read_status(self.run)
                yield Look(report)
            except PlatformError as trouble:
                yield Look(report, trouble)
            await self._pause()
            self.run.world.wrote()  # whatever was read before may be old by now

    async def _pause(self) -> None:
        self.wake.clear()
        try:
            async with self.run.clock.timeout(INTERVAL_SECONDS):
                await self.wake.wait()
        except TimeoutError:
            return
