"""The deploy screen: what a phase says while it works, how a run stands, and what is kept of the last one."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from screens.app import WizardApp
from screens.deploy.page import DeployPage
from screens.dialogs.confirm import ConfirmDialog
from screens.run_view import RunView
from tests.cli.stories import START, failed_run, verified_run, work
from tests.support.screens import ScriptedEngine, application, text_of, until
from wizard.clock import SystemClock
from wizard.events import (
    Change,
    ChangeApplied,
    ChangePlanned,
    CheckResult,
    Effect,
    Event,
    Finding,
    LogLines,
    Note,
    PhaseChanged,
    PhaseSummary,
    RateBudget,
    Result,
    RunFinished,
    RunPaused,
    ServiceStatus,
    Severity,
    Stamped,
    Status,
    StepChanged,
)
from wizard.locale import Language
from wizard.messages import message
from wizard.phases.step import Phase

NOW = SystemClock().now()


def stamped(events: list[Event], run: str = "old1") -> tuple[Stamped, ...]:
    return tuple(Stamped(number, START + timedelta(seconds=number), run, event) for number, event in enumerate(events))


def change(field: str) -> Change:
    return Change("backend", field, "", "••••", Effect.RESTART)


def clocks(app: WizardApp) -> list[int]:
    """Return how long phase and step run by now, in seconds, as the screen says it."""
    said = app.say(message("progress.elapsed", seconds=0)).replace("0", r"(\d+)")
    return [int(seconds) for seconds in re.findall(said, text_of(app))]


@pytest.mark.parametrize("language", list(Language))
async def test_a_running_phase_says_what_it_does_since_when_and_what_is_usual(language: Language) -> None:
    waits = message("phases.reading-tree")
    engine = ScriptedEngine(
        [
            PhaseChanged("deploy", Status.RUNNING),
            StepChanged("deploy", "deploy.backend", "backend", Status.RUNNING, waits, NOW - timedelta(seconds=75), 40),
            ChangePlanned("deploy", "deploy.backend", change("A")),
            ChangePlanned("deploy", "deploy.backend", change("B")),
            ChangeApplied("deploy", "deploy.backend", change("A")),
            asyncio.Event(),
        ]
    )
    app = application(engine, start="deploy", language=language)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: app.say(message("panel.changes", made=1, count=2)) in text_of(app))
        shown = text_of(app)
        assert app.say(waits) in shown
        assert app.say(message("progress.usual", seconds=40)) in shown
        assert "✓ backend A: ∅ → ••••" in shown
        assert "→ backend B: ∅ → ••••" in shown
        assert "→1" in shown
        before = clocks(app)
        assert max(before) >= 75
        await until(pilot, lambda: clocks(app) > before)
        app.runs.stop()
        await until(pilot, lambda: app.say(message("panel.interrupted")) in text_of(app))


async def test_a_run_says_why_it_waits_how_services_stand_and_what_is_left_of_the_budget() -> None:
    resume = asyncio.Event()
    engine = ScriptedEngine(
        [
            PhaseChanged("deploy", Status.RUNNING),
            ServiceStatus("backend", "building", "BUILDING"),
            RateBudget(1000, 980, None, 20),
            RunPaused(message("compose.ask-credential", endpoint="x"), NOW + timedelta(hours=1)),
            resume,
        ]
    )
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: "‖ paused" in text_of(app))
        shown = text_of(app)
        assert f"until {(NOW + timedelta(hours=1)).astimezone():%H:%M:%S}" in " ".join(shown.split())
        assert "▶ building backend" in shown
        assert "rate budget 980 of 1000" in shown
        resume.set()
        await until(pilot, lambda: "✓ verified deploy" in text_of(app))


async def test_preflight_shows_findings_by_gravity_and_notes_and_verify_shows_checks() -> None:
    word = message("questions.empty")
    findings = (Finding("late", Severity.NOTE, word, word), Finding("bad", Severity.ERROR, word, word, "a.py:3"))
    checks = [event for event in verified_run() if isinstance(event, CheckResult)]
    engine = ScriptedEngine([*findings, Note(word), *checks])
    app = application(engine, start="deploy")
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: "· note late" in text_of(app))
        shown = text_of(app)
        assert shown.index("✗ error bad a.py:3") < shown.index("· note late")
        await pilot.press("end")
        await until(pilot, lambda: "! warned" in text_of(app))
        assert text_of(app).index("! warned") < text_of(app).index("✓ passed")


async def test_the_rail_goes_where_the_run_is_until_a_person_leads() -> None:
    first, second = asyncio.Event(), asyncio.Event()
    engine = ScriptedEngine(
        [
            PhaseChanged("variables", Status.RUNNING),
            first,
            PhaseChanged("variables", Status.DONE),
            PhaseChanged("deploy", Status.RUNNING),
            second,
        ]
    )
    app = application(engine, start="deploy")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        page = app.screen
        assert isinstance(page, DeployPage)
        await until(pilot, lambda: page.rail.chosen == "variables")
        await pilot.press("home")
        await until(pilot, lambda: not page.rail.follows)
        first.set()
        await until(pilot, lambda: page.view.running_phase == "deploy")
        assert page.rail.chosen == "preflight"
        second.set()
        await until(pilot, lambda: not app.runs.busy)


async def test_what_would_change_is_asked_for_by_a_key_and_a_rehearsal_by_another() -> None:
    engine = ScriptedEngine([ChangePlanned("variables", "v", change("A"))], end=RunFinished(Result.PLANNED, 0))
    app = application(engine, start="deploy")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("p")
        await until(pilot, lambda: app.say(message("panel.next-planned")) in text_of(app))
        await pilot.press("down")
        await until(pilot, lambda: app.say(message("panel.nothing-to-change")) in text_of(app))
        await pilot.press("down")
        await until(pilot, lambda: "→ backend A" in text_of(app))
        await pilot.press("a")
        await until(pilot, lambda: len(engine.calls) == 2 and not app.runs.busy)
    assert engine.calls == [("plan", frozenset(Phase)), ("rehearse", None)]


async def test_addresses_are_copied_and_stale_phases_named() -> None:
    urls = (("backend", "http://b.localhost:1"), ("frontend", "http://f.localhost:1"))
    phases = (PhaseSummary("deploy", Status.STALE, 0.1),)
    why = message("phases.stale-never", service="backend")
    engine = ScriptedEngine(
        [PhaseChanged("deploy", Status.STALE, why, 0.1)],
        end=RunFinished(Result.APPLIED, 0, phases=phases, urls=urls),
    )
    app = application(engine, start="deploy")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "down", "o")
        await until(pilot, lambda: app.say(message("panel.next-stale", phase="Deploy")) in text_of(app))
        assert app.say(why) in text_of(app)
        await pilot.press("y", "down", "enter")
        await until(pilot, lambda: app.clipboard == "http://f.localhost:1")


async def test_the_log_takes_the_panels_place_and_gives_it_back() -> None:
    engine = ScriptedEngine([event for event in work() if isinstance(event, LogLines)])
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page = app.screen
        assert isinstance(page, DeployPage)
        assert not page.log_pane.display
        await pilot.press("r")
        await until(pilot, lambda: page.log_pane.display and page.panel.size.height > page.log_pane.size.height)
        await pilot.press("z")
        await until(pilot, lambda: not page.panel.display and page.log_pane.size.height > 10)
        await pilot.press("z")
        await until(pilot, lambda: page.panel.display)


async def test_opened_again_it_shows_the_last_run_until_one_begins() -> None:
    engine = ScriptedEngine(last=stamped(failed_run()))
    app = application(engine, start="deploy", language=Language.KOREAN)
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: "✗ 배포 (실패)" in text_of(app))
        shown = text_of(app)
        assert "ModuleNotFoundError: redis" in shown
        assert f"{START.astimezone():%m-%d %H:%M} rehearse" in shown
        assert app.say(message("screens.target-production")) in shown.splitlines()[0]
        await pilot.press("r")
        await until(pilot, lambda: "✓ 검증됨 deploy" in text_of(app))
        assert "ModuleNotFoundError" not in text_of(app)


def test_a_run_that_died_is_told_as_interrupted() -> None:
    view = RunView.of_the_past(stamped(work()))
    assert not view.running
    assert view.phases["deploy"].status is Status.UNKNOWN
    assert [step.status for step in view.phases["deploy"].steps.values()] == [Status.UNKNOWN]
    assert view.phases["project"].status is Status.DONE


async def test_a_run_that_began_at_another_place_is_shown_and_stopped_here() -> None:
    engine = ScriptedEngine([PhaseChanged("deploy", Status.RUNNING), asyncio.Event()])
    app = application(engine)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.start_run(engine.rehearse)
        await until(pilot, lambda: app.runs.view.running_phase == "deploy")
        await pilot.press("d")
        await until(pilot, lambda: "▶ running rehearse" in text_of(app) and "▶ Deploy (running)" in text_of(app))
        await pilot.press("r", "s")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await until(pilot, lambda: app.say(message("panel.next-rehearse-again"))[:30] in text_of(app))
    assert engine.calls == [("rehearse", None)]
    assert engine.stopped
