"""The replicas of one deployment: started and stopped together, reached in turn, asleep while nobody asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from wizard.standin.addresses import STREAM_LIMIT, Address, LoopbackAddress, Streams
from wizard.standin.edge import Reached, Visits
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.machine import Process, StartError
from wizard.standin.state.replica import Replica
from wizard.standin.state.restarts import policy_of
from wizard.standin.state.rows import Deployment
from wizard.standin.state.sockets import listening

Launcher = Callable[[Replica], Awaitable[Process]]
_WAKING_SECONDS = 60.0
"""How long a request waits for a woken process to listen."""
_REAL_PAUSE = 0.05
"""A process needs real time to start, even where the clock is not the machine's."""


class ReplicaSet:
    """What runs of one deployment; `gone` is set when none of it runs any more.

    Attributes:
        visits: who it serves through the public addresses.
        asleep: whether the next request has to wake it.
    """

    def __init__(
        self, cloud: Cloud, deployment: Deployment, count: int, launcher: Launcher, moved: Callable[[], None]
    ) -> None:
        self._cloud = cloud
        self._deployment = deployment
        self._moved = moved
        self._turn = 0
        self._waking = asyncio.Lock()
        self.visits = Visits(cloud.clock)
        self.asleep = False
        self._known: list[Address] = []
        self._replicas = [
            Replica(
                cloud.clock, policy_of(deployment.settings), self._starter(launcher), say=self._say, changed=self._told
            )
            for _ in range(count)
        ]

    @property
    def deployment_id(self) -> str:
        """Whose they are."""
        return self._deployment.id

    @property
    def address(self) -> Address | None:
        """Where the first that runs is reached; None while none does."""
        return next(iter(self.addresses), None)

    @property
    def addresses(self) -> list[Address]:
        """Where those that run are reached."""
        return [one.address for one in self._replicas if one.address]

    @property
    def replicas(self) -> list[Replica]:
        """All of them."""
        return self._replicas

    @property
    def exit_code(self) -> int | None:
        """How the one that ended worst ended; None while none has ended for good."""
        return max((one.exit_code for one in self._replicas if one.exit_code is not None), default=None)

    @property
    def over(self) -> bool:
        """Whether every one of them has ended for good."""
        return all(one.gone.is_set() for one in self._replicas)

    async def gone(self) -> None:
        """Wait until every one of them has ended for good."""
        await asyncio.gather(*(one.gone.wait() for one in self._replicas))

    def pids(self) -> list[int]:
        """Return the live processes."""
        return [pid for one in self._replicas for pid in one.pids()]

    async def start(self) -> None:
        """Start all of them; raises StartError where one cannot be, and then none is left."""
        started = await asyncio.gather(*(one.start() for one in self._replicas), return_exceptions=True)
        failed = [error for error in started if isinstance(error, BaseException)]
        if failed:
            await self.stop(0)
            raise failed[0]

    async def stop(self, grace: float) -> None:
        """Stop all of them for good."""
        await asyncio.gather(*(one.stop(grace) for one in self._replicas))

    async def restart(self, grace: float) -> None:
        """Start the same processes again with the same variables; raises StartError."""
        async with self._waking:
            await asyncio.gather(*(one.halt(grace) for one in self._replicas))
            self.asleep = False
            await self.start()

    async def sleep(self, grace: float) -> None:
        """Stop the processes until somebody asks."""
        async with self._waking:
            self.asleep = True
            self._status("SLEEPING")
            await asyncio.gather(*(one.halt(grace) for one in self._replicas))

    async def reach(self, port: int | None, limit: int) -> Reached:
        """Connect to the one whose turn it is, to the next where that does not answer; raises OSError."""
        if self.asleep or self._waking.locked():
            await self._wake(port)
        self._turn += 1
        refused: OSError = ConnectionRefusedError("no replica is running")
        for number in range(len(self._replicas)):
            chosen = self._replicas[(self._turn + number) % len(self._replicas)]
            try:
                address, streams = await _connected(chosen, port, limit)
            except OSError as error:
                refused = error
            else:
                return Reached(chosen.id, address, streams)
        raise refused

    async def _wake(self, port: int | None) -> None:
        """Start the processes again and wait until one listens; one request does it, the others wait for it."""
        async with self._waking:
            if not self.asleep:
                return
            self._say("Waking up: a request came", "info")
            try:
                await self.start()
            except StartError as error:
                raise ConnectionRefusedError(str(error)) from error
            self.asleep = False
            await self._listening(port)
            self._status("SUCCESS")

    async def _listening(self, port: int | None) -> None:
        deadline = self._cloud.clock.monotonic() + _WAKING_SECONDS
        while self._cloud.clock.monotonic() < deadline and not self.over:
            for one in self._replicas:
                with suppress(OSError):
                    _, streams = await _connected(one, port)
                    streams[1].close()
                    return
            await asyncio.sleep(_REAL_PAUSE)
            with self._cloud.clock.resting():
                await self._cloud.clock.sleep(_REAL_PAUSE)

    def _starter(self, launcher: Launcher) -> Launcher:
        async def start(replica: Replica) -> Process:
            with self._cloud.clock.busy():
                return await launcher(replica)

        return start

    def _say(self, text: str, severity: str) -> None:
        self._cloud.logs.write(self._deployment.id, "deploy", text, severity)

    def _status(self, status: str) -> None:
        now = self._cloud.clock.now()
        self._cloud.store.change(self._deployment, status=status, status_updated_at=now)

    def _told(self) -> None:
        shown = [{"id": one.id, "status": one.status, "restarts": one.restarts} for one in self._replicas]
        self._cloud.store.change(self._deployment, instances=shown)
        if self.addresses != self._known:
            self._known = self.addresses
            self._moved()


@dataclass(frozen=True, slots=True)
class Route:
    """One port of a deployment's replicas: what a public domain leads to.

    Attributes:
        port: the domain's target port; None for the one that the processes are to serve.
    """

    replicas: ReplicaSet
    port: int | None

    @property
    def deployment_id(self) -> str:
        """Who serves, as the request log names it."""
        return self.replicas.deployment_id

    @property
    def visits(self) -> Visits:
        """Who the deployment serves."""
        return self.replicas.visits

    async def reach(self, *, limit: int) -> Reached:
        """Connect to a replica; raises OSError."""
        return await self.replicas.reach(self.port, limit)


async def _connected(replica: Replica, port: int | None, limit: int = STREAM_LIMIT) -> tuple[Address, Streams]:
    """Connect to the port; without one to what PORT names, and where nobody listens there to what is listened on."""
    address = replica.address
    if address is None:
        raise ConnectionRefusedError("the process is not running")
    wanted = address.at(port) if port else address
    try:
        return wanted, await wanted.connect(limit=limit)
    except OSError:
        found = [] if port else await asyncio.to_thread(listening, replica.pids())
        if not found:
            raise
    detected = _really(address, found[0].port)
    return detected, await detected.connect(limit=limit)


def _really(address: Address, port: int) -> Address:
    """Return a port that was seen open: on loopback `at` takes the words of the settings, which it need not be in."""
    return LoopbackAddress(port) if isinstance(address, LoopbackAddress) else address.at(port)
