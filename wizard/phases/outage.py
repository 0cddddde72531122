"""A database that is gone for a while: stopped, and started again whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from wizard.errors import FailedError
from wizard.phases.run import Run
from wizard.platform.errors import LostAnswerError
from wizard.shield import to_the_end

_STARTING_SECONDS = 90.0
_STARTS = 3


@asynccontextmanager
async def outage(run: Run, database: str) -> AsyncIterator[None]:
    """Stop a database of the plan for as long as the context lasts; it is started again even in a cancelled run.

    Raises:
        FailedError: nothing serves it, so there is nothing to stop.
    """
    state = (await run.world.state()).services.get(database)
    if state is None or state.active is None:
        raise FailedError("phases.nothing-to-stop", database=database)
    serving, datastores = state.active.handle, run.platform.datastores

    async def start() -> None:
        """Starting what runs restarts it, so that a lost answer is a reason to ask again."""
        async with run.clock.timeout(_STARTING_SECONDS):
            for _ in range(_STARTS - 1):
                with suppress(LostAnswerError):
                    await datastores.start(serving)
                    return
            await datastores.start(serving)

    try:
        await datastores.stop(serving)
        yield
    finally:
        await to_the_end(start())
