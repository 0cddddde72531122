from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.stories import START, verified_run
from wizard.events import Event, Stamped


@pytest.fixture
def stamp() -> Callable[[Sequence[Event]], list[Stamped]]:
    """Stamps events one second apart."""

    def stamped(events: Sequence[Event]) -> list[Stamped]:
        return [Stamped(i, START + timedelta(seconds=i), "run-1", event) for i, event in enumerate(events, 1)]

    return stamped


@pytest.fixture
def verified(stamp: Callable[[Sequence[Event]], list[Stamped]]) -> list[Stamped]:
    return stamp(verified_run())


@dataclass
class FrozenClock:
    """A wall clock that moves only by hand."""

    moment: datetime = field(default=START)

    def now(self) -> datetime:
        return self.moment

    def later(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(START.astimezone(UTC))
