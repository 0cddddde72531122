"""What a public domain leads to: one deployment, whoever of its replicas takes the request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from wizard.clock import Clock
from wizard.standin.addresses import Address, Streams


@dataclass(frozen=True, slots=True)
class Reached:
    """An open connection to one replica."""

    instance_id: str
    address: Address
    streams: Streams


class Visit:
    """One request while it is served; `upgraded` says that it became a connection that may last."""

    def __init__(self, visits: Visits) -> None:
        self._visits = visits
        self.lasting = False

    def upgraded(self) -> None:
        """Count it among the connections that nobody waits for."""
        self._visits.move(self)


class Visits:
    """Who a deployment serves: requests, which a switch waits for, and upgraded connections, which it does not."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._quiet = asyncio.Event()
        self._quiet.set()
        self.requests = 0
        self.lasting = 0
        self.last = clock.monotonic()
        """When the last one came or went, on the clock."""

    @property
    def open(self) -> int:
        """How many are being served."""
        return self.requests + self.lasting

    @contextmanager
    def visit(self) -> Iterator[Visit]:
        """Count one request until it is over."""
        one = Visit(self)
        self.requests += 1
        self._changed()
        try:
            yield one
        finally:
            if one.lasting:
                self.lasting -= 1
            else:
                self.requests -= 1
            self._changed()

    def move(self, one: Visit) -> None:
        """Make a request a lasting connection."""
        one.lasting = True
        self.requests -= 1
        self.lasting += 1
        self._changed()

    def touch(self) -> None:
        """Note that there was traffic by another way."""
        self.last = self._clock.monotonic()

    async def drained(self) -> None:
        """Wait until no request is under way; the caller brings the time limit."""
        await self._quiet.wait()

    def _changed(self) -> None:
        self.touch()
        if self.requests:
            self._quiet.clear()
        else:
            self._quiet.set()


class Backend(Protocol):
    """One deployment as the edge sees it."""

    @property
    def deployment_id(self) -> str:
        """Who serves, as the request log names it."""
        ...

    @property
    def visits(self) -> Visits:
        """Who it serves."""
        ...

    async def reach(self, *, limit: int) -> Reached:
        """Connect to the replica whose turn it is, woken first where it sleeps; raises OSError where none answers."""
        ...
