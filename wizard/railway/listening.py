"""Streams kept open: asked for again when they break, replayed lines passed on once."""

from __future__ import annotations

from collections import deque
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
    """Lines that were passed on, by time and text: a new subscription replays the last ones."""

    _known: set[tuple[str, str]] = field(default_factory=set)
    _order: deque[tuple[str, str]] = field(default_factory=deque)

    def fresh(self, lines: Sequence[LogFields]) -> tuple[LogLine, ...]:
        """Return the lines not seen before and remember them."""
        return tuple(log_line(line) for line in lines if self._remember((line.timestamp, line.message)))

    def _remember(self, key: tuple[str, str]) -> bool:
        if key in self._known:
            return False
        self._known.add(key)
        self._order.append(key)
        if len(self._order) > _REMEMBERED_LINES:
            self._known.discard(self._order.popleft())
        return True
