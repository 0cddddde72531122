"""Finishing what must be finished, even while the task that does it is being cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


async def to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Await work to its end; a cancellation that came meanwhile is raised afterwards, so give the work a time limit.

    It goes before an error of the work, which is its cause then: who asked to end must not be told of a failure only.
    """
    task = asyncio.ensure_future(work)
    interruption: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            interruption = error
    if interruption:
        raise interruption from None if task.cancelled() else task.exception()
    task.result()
