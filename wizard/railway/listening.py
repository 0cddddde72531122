"""Streams kept open: asked for again when they break, replayed lines passed on once."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from wizard.clock import Clock
from wizard.errors import WizardError
from wizard.platform.ports import LogLine
from wizard.railway.client.fragments import LogFields
from wizard.railway.mapping import log_line

FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS = 1.0, 60.0
"""Between two attempts to open a stream, growing; an item starts it over."""
_REMEMBERED_LINES = 5000

Item = TypeVar("Item")
Key = tuple[str, str]


class Lost:
    """The stream is not there at the moment."""


LOST = Lost()


async def kept_open(
    open_: Callable[[], AsyncIterator[Item]], clock: Clock, *, ends: bool
) -> AsyncGenerator[Item | Lost, None]:
    """Yield a stream's items, and LOST each time it is gone; it is opened again after a growing pause.

    Args:
        open_: opens the stream.
        clock: for the pauses.
        ends: the server completing a stream that has delivered something means that it is over.
    """
    pause = FIRST_RETRY_SECONDS
    while True:
        heard = False
        try:
            async for item in open_():
                heard, pause = True, FIRST_RETRY_SECONDS
                yield item
        except WizardError:
            heard = False
        if ends and heard:
            return
        yield LOST
        await clock.sleep(pause)
        pause = min(pause * 2, LONGEST_RETRY_SECONDS)


@dataclass(slots=True)
class SeenLines:
    """Lines that were passed on, by time and text: a new subscription and every read replay the last ones.

    Equal lines of one moment are counted, so that a banner drawn twice is not taken for a replay of itself.
    """

    _known: Counter[Key] = field(default_factory=Counter)
    _replayed: Counter[Key] = field(default_factory=Counter)
    _order: deque[Key] = field(default_factory=deque)

    def replay(self) -> None:
        """What comes next may start over."""
        self._replayed.clear()

    def fresh(self, lines: Sequence[LogFields]) -> tuple[LogLine, ...]:
        """Return the lines not seen before and remember them."""
        return tuple(log_line(line) for line in lines if self._remember((line.timestamp, line.message)))

    def _remember(self, key: Key) -> bool:
        self._replayed[key] += 1
        if self._replayed[key] <= self._known[key]:
            return False
        self._known[key] += 1
        self._order.append(key)
        if len(self._order) > _REMEMBERED_LINES:
            self._forget(self._order.popleft())
        return True

    def _forget(self, key: Key) -> None:
        for counts in (self._known, self._replayed):
            counts[key] -= 1
            if counts[key] <= 0:
                del counts[key]
