"""Past runs: the report of the chosen one, and a marked one beside it, oldest first."""

from __future__ import annotations

from datetime import timedelta

from tests.cli.stories import START, failed_run, verified_run
from tests.support.screens import ScriptedEngine, application, text_of, until
from wizard.events import Event, Stamped
from wizard.locale import Language
from wizard.report.record import RunRecord


def past(run: str, events: list[Event], day: int) -> RunRecord:
    at = START + timedelta(days=day)
    return RunRecord.of(Stamped(seq, at, run, event) for seq, event in enumerate(events))


async def test_a_run_is_read_again_and_two_are_compared() -> None:
    engine = ScriptedEngine(past=(past("new1", verified_run(), 1), past("old1", failed_run(), 0)))
    app = application(engine, start="home")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("h")
        await until(pilot, lambda: "backend-abcd.localhost" in text_of(app))
        await pilot.press("w")
        await until(pilot, lambda: engine.saved == {"new1": "en"})
        await pilot.press("m", "down")
        await until(pilot, lambda: "old1 → new1" in text_of(app))
        assert "Deploy: ✗ failed 12.0 s → ✓ done 12.0 s" in text_of(app)
        await pilot.press("f2")
        await until(pilot, lambda: "Deploy:" not in text_of(app) and "old1 → new1" in text_of(app))


async def test_without_a_past_it_says_so() -> None:
    app = application(ScriptedEngine(), start="history", language=Language.KOREAN)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "실행 기록이 없습니다" in text_of(app))
