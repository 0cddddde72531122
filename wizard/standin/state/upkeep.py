"""What the platform does by itself, now and then: backups that are due, what has come to its end, readings.

It idles on the clock: a manual clock never jumps because of it, and finds it done where it jumps past its time.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from wizard.standin.state import backups, custom_domains, patches, resources, spending, volumes
from wizard.standin.state.activity import Activity
from wizard.standin.state.alerts import watch_volumes
from wizard.standin.state.notifications import notify
from wizard.standin.state.railway import LocalRailway

_LOGGER = logging.getLogger(__name__)


async def read(railway: LocalRailway) -> None:
    """Take a reading of what runs, drop old ones, and tell of lines that were too many."""
    await railway.metrics.read_all()
    railway.metrics.prune()
    railway.cloud.logs.flush()


JOBS: tuple[Callable[[LocalRailway], Awaitable[None]], ...] = (
    read,
    spending.enforce,
    watch_volumes,
    backups.upkeep,
    volumes.purge,
    resources.delete_due_projects,
)


def begin(railway: LocalRailway) -> None:
    """Keep up in the background, tell of what happens, and walk on where a restart of the stand-in interrupted."""
    activity = Activity(railway.cloud, lambda event: notify(railway, event))
    railway.store.observers.append(activity.observe)
    custom_domains.recover(railway)
    backups.recover(railway)
    patches.recover(railway)
    railway.in_background(keep_up(railway))


async def keep_up(railway: LocalRailway) -> None:
    """Do every job once per reading interval until cancelled; one that fails is told and tried again."""
    while True:
        await railway.cloud.clock.idle(railway.cloud.settings.sample_seconds)
        for job in JOBS:
            try:
                await job(railway)
            except Exception:
                _LOGGER.exception("%s failed", job.__module__)
