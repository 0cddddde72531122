"""Serverless services: asleep after ten minutes in which a deployment sent nothing, woken by the next request.

Railway counts outbound packets. Here a deployment sends something while it answers a request of the edge, and while one
of its processes has an open TCP connection when it is looked at, once a minute: a pool that keeps its connections to a
database open keeps it awake, as on Railway. What is sent over UDP, and connections shorter than a look, are not seen.
"""

from __future__ import annotations

import asyncio

from wizard.clock import Clock
from wizard.standin.state.replica_set import ReplicaSet
from wizard.standin.state.sockets import connected

QUIET_SECONDS = 10 * 60
_LOOK_SECONDS = 60


async def slumber(replicas: ReplicaSet, clock: Clock, grace: float) -> None:
    """Put the replicas to sleep whenever they were quiet for long enough, until they have ended for good."""
    while not replicas.over:
        await clock.idle(_LOOK_SECONDS)
        if replicas.asleep:
            continue
        if replicas.visits.open or await asyncio.to_thread(connected, replicas.pids()):
            replicas.visits.touch()
        elif clock.monotonic() - replicas.visits.last >= QUIET_SECONDS:
            await replicas.sleep(grace)
