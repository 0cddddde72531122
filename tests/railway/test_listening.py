"""Streams that are opened again, and lines that are passed on once."""

from collections.abc import AsyncIterator

from tests.support.railway_api import SkippingClock
from wizard.railway.client.fragments import LogFields
from wizard.railway.listening import Lost, SeenLines, kept_open
from wizard.railway.streams import StreamError


def line(text: str, second: int = 0) -> LogFields:
    return LogFields(timestamp=f"2026-01-01T00:00:{second:02}.000000001Z", message=text, severity="error")


def test_replayed_lines_are_passed_on_once() -> None:
    seen = SeenLines()
    first = seen.fresh([line("one"), line("two")])
    seen.replay()
    again = seen.fresh([line("one"), line("two"), line("three"), line("one", second=1)])
    assert [one.text for one in first] == ["one", "two"]
    assert [one.text for one in again] == ["three", "one"]


def test_equal_lines_of_one_moment_are_all_passed_on_and_once() -> None:
    seen = SeenLines()
    banner = [line("===="), line("Starting"), line("====")]
    assert [one.text for one in seen.fresh(banner)] == ["====", "Starting", "===="]
    seen.replay()
    assert seen.fresh(banner) == ()
    assert [one.text for one in seen.fresh([line("====")])] == ["===="]


def test_what_is_remembered_is_bounded() -> None:
    seen = SeenLines()
    for number in range(12_000):
        seen.fresh([line(str(number))])
    assert len(seen._known) == len(seen._replayed) == len(seen._order) == 5000


async def collect(attempts: list[list[int | None]], *, ends: bool, most: int) -> tuple[list[int | None], list[float]]:
    """Run through scripted attempts, None for a break; return items (None for lost) and pauses."""
    clock, found = SkippingClock(), list[int | None]()

    async def attempt() -> AsyncIterator[int]:
        for item in attempts.pop(0) if attempts else []:
            if item is None:
                raise StreamError("railway.stream-broken", reason="cut")
            yield item

    async for told in kept_open(attempt, clock, ends=ends):
        found.append(None if isinstance(told, Lost) else told)
        if len(found) == most:
            break
    return found, clock.slept


async def test_a_broken_stream_is_opened_again() -> None:
    found, pauses = await collect([[1, None], [2, 3, None], [4]], ends=True, most=99)
    assert found == [1, None, 2, 3, None, 4]
    assert pauses == [1.0, 1.0]


async def test_pauses_grow_while_nothing_is_heard() -> None:
    found, pauses = await collect([], ends=True, most=9)
    assert found == [None] * 9
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]


async def test_an_early_completion_is_no_end_where_the_stream_has_none() -> None:
    found, _ = await collect([[1], [2]], ends=False, most=4)
    assert found == [1, None, 2, None]
