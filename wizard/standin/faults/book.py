"""Which faults are armed, how often each struck, and which calls are held right now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from wizard.clock import Clock
from wizard.standin.faults.model import ANY, PLACES, SUBSCRIBE, Fault, FaultKind

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """Something a client or the platform is about to do.

    Attributes:
        places: every name a fault may strike it under.
        variables: of the request; whatever describes the call elsewhere.
        service: the name of the service it concerns, where that is known.
    """

    places: frozenset[str]
    variables: Mapping[str, Any] = field(default_factory=dict)
    service: str | None = None

    @classmethod
    def at(cls, place: str, service: str | None = None, **variables: Any) -> Call:
        """Return a call at one place."""
        return cls(frozenset({place}), variables, service)

    def matches(self, fault: Fault) -> bool:
        """Say whether the fault is meant for it."""
        if fault.on not in self.places:
            return False
        return all(self._has(path, wanted) for path, wanted in fault.match.items())

    def _has(self, path: str, wanted: str) -> bool:
        if path == "service":
            return self.service == wanted
        found: Any = self.variables
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found is not None and str(found) == wanted


@dataclass(frozen=True, slots=True)
class Decision:
    """How a held call goes on.

    Attributes:
        apply: whether what was held before it was applied is carried out; a real platform may do either for a client
            that has died.
        answer: whether the client is answered; otherwise its connection is cut.
    """

    apply: bool = True
    answer: bool = True


_LOST = Decision(apply=False, answer=False)


@dataclass(slots=True, eq=False)
class Held:
    """A call that waits to be released; `side` is `before` or `after`."""

    id: str
    fault: str
    on: str
    side: str
    since: float
    variables: Mapping[str, Any]
    service: str | None
    _decision: asyncio.Future[Decision] = field(repr=False)

    def release(self, decision: Decision) -> None:
        """Let it go on."""
        if not self._decision.done():
            self._decision.set_result(decision)


@dataclass(slots=True)
class Armed:
    """A fault in force: how many calls matched it, how many it struck."""

    id: str
    fault: Fault
    seen: int = 0
    fired: int = 0

    def claims(self, call: Call) -> bool:
        """Count a matching call and say whether this fault would strike it."""
        if not call.matches(self.fault):
            return False
        self.seen += 1
        return self.seen > self.fault.skip and (self.fault.times is None or self.fired < self.fault.times)


@dataclass(slots=True)
class Shot:
    """A fault that strikes a call."""

    book: Faults
    armed: Armed
    call: Call

    @property
    def fault(self) -> Fault:
        """What strikes."""
        return self.armed.fault

    @property
    def kind(self) -> FaultKind:
        """How it strikes."""
        return self.armed.fault.kind

    @property
    def seconds(self) -> float:
        """How long it lasts; a fault that needs a duration has one."""
        return self.armed.fault.seconds or 0.0

    async def sleep(self) -> None:
        """Wait that long; its client's request rests meanwhile."""
        with self.book.clock.resting():
            await self.book.clock.sleep(self.seconds)

    async def held(self, side: str) -> Decision:
        """Wait until the call is released."""
        return await self.book.hold(self, side)


class Faults:
    """The faults of one stand-in."""

    def __init__(self, clock: Clock, faults: Iterable[Fault] = ()) -> None:
        self.clock = clock
        self.armed: dict[str, Armed] = {}
        self.held: dict[str, Held] = {}
        self.listeners: list[Callable[[Shot], None]] = []
        """Told of every strike."""
        self._ids = count(1)
        self._later: set[asyncio.Task[None]] = set()
        for fault in faults:
            self.arm(fault)

    def arm(self, fault: Fault) -> Armed:
        """Put a fault into force."""
        armed = Armed(f"fault-{next(self._ids)}", fault)
        self.armed[armed.id] = armed
        return armed

    def disarm(self, id_: str | None = None) -> None:
        """Take one fault out of force, or all; what is held stays held until it is released."""
        if id_ is None:
            self.armed.clear()
        else:
            self.armed.pop(id_, None)

    def claim(self, call: Call, kinds: Container[FaultKind] = frozenset(FaultKind)) -> Shot | None:
        """Return the fault that strikes a call: the first one armed; every other one that matches counts the call.

        Args:
            call: what is about to happen.
            kinds: those that can happen at this moment of it.
        """
        meant = [armed for armed in list(self.armed.values()) if armed.fault.kind in kinds]
        claiming = [armed for armed in meant if armed.claims(call)]
        if not claiming:
            return None
        claiming[0].fired += 1
        shot = Shot(self, claiming[0], call)
        for listener in self.listeners:
            listener(shot)
        return shot

    async def hold(self, shot: Shot, side: str) -> Decision:
        """Keep a call waiting until it is released; the list of what is held shows it meanwhile."""
        decision: asyncio.Future[Decision] = asyncio.get_running_loop().create_future()
        id_, call = f"held-{next(self._ids)}", shot.call
        held = Held(
            id_, shot.armed.id, shot.fault.on, side, self.clock.monotonic(), call.variables, call.service, decision
        )
        self.held[id_] = held
        try:
            return await decision
        finally:
            self.held.pop(id_, None)

    def release(self, id_: str | None = None, decision: Decision | None = None) -> list[str]:
        """Let one held call go on, or all; returns their ids."""
        chosen = [held for held in self.held.values() if id_ in {None, held.id}]
        for held in chosen:
            held.release(decision or Decision())
        return [held.id for held in chosen]

    def later(self, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
        """Do something after its client was cut off."""

        async def wait_and_work() -> None:
            await self.clock.idle(seconds)
            await work()

        task = asyncio.create_task(wait_and_work())
        self._later.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._later.discard(task)
        if not task.cancelled() and task.exception():
            _LOGGER.error("a late request ended by a defect of the stand-in", exc_info=task.exception())

    async def close(self) -> None:
        """Let go of everything: what is held is lost, what was to come later never does."""
        self.disarm()
        self.release(decision=_LOST)
        tasks = list(self._later)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def unknown_places(faults: Iterable[Fault], roots: Iterable[str], streams: Iterable[str]) -> list[str]:
    """Return the places no call can have: a misspelt one would otherwise never strike."""
    known = {*roots, *ANY, *PLACES, *(f"{SUBSCRIBE}{name}" for name in (*streams, "*"))}
    return sorted({fault.on for fault in faults if fault.on not in known})
