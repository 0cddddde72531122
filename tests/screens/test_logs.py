"""The log: a reader keeps their place, filters show what fits, hostile lines stay text."""

from __future__ import annotations

import asyncio

import pytest

from screens.app import WizardApp
from screens.logs.lines import Level, LogFilter, LogStore, level_of
from screens.logs.page import LogPage
from screens.widgets.log_pane import LogPane
from tests.support.screens import ScriptedEngine, application, text_of, until
from wizard.events import LogLines


def pane(app: WizardApp) -> LogPane:
    return app.screen.query_one(LogPane)


@pytest.mark.parametrize(
    ("line", "level"),
    [("all good", Level.ALL), ("npm warn old", Level.WARNING), ("[ERROR] x", Level.ERROR), ("errors: none", Level.ALL)],
)
def test_a_line_is_judged_by_its_words(line: str, level: Level) -> None:
    assert level_of(line) is level


def test_a_filter_narrows_by_source_level_and_text() -> None:
    lines = ["backend build | Step 1", "backend deploy | ERROR Boom", "frontend build | warning: old"]
    assert [one for one in lines if LogFilter(source="backend deploy").fits(one)] == lines[1:2]
    assert [one for one in lines if LogFilter(level=Level.WARNING).fits(one)] == lines[1:]
    assert [one for one in lines if LogFilter(text="boom").fits(one)] == lines[1:2]
    assert LogFilter().next_level().next_level().next_level() == LogFilter()
    assert LogFilter().next_source(["a", "b"]).next_source(["a", "b"]).source == "b"


def test_the_store_keeps_the_newest() -> None:
    store = LogStore(kept=100)
    for number in range(50):
        store.add(LogLines("a", "build", tuple(f"{number}-{i}" for i in range(10))))
    assert 100 <= len(store.lines) <= 110
    assert store.lines[-1] == "a build | 49-9"


async def test_filters_searching_and_saving() -> None:
    engine = ScriptedEngine(
        [
            LogLines("backend", "build", ("Step 1/2", "npm warn deprecated")),
            LogLines("frontend", "build", ("compiled", "ERROR broken")),
            asyncio.Event(),
        ]
    )
    app = application(engine, start="deploy")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: len(app.log_store.lines) == 4)
        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, LogPage) and len(pane(app).lines) == 4)
        await pilot.press("n")
        assert [line.split(" | ")[1] for line in pane(app).lines] == ["Step 1/2", "npm warn deprecated"]
        await pilot.press("e")
        assert [line.split(" | ")[1] for line in pane(app).lines] == ["npm warn deprecated"]
        await pilot.press("n", "n", "slash", *"brok")
        await until(pilot, lambda: [line.split(" | ")[1] for line in pane(app).lines] == ["ERROR broken"])
        await pilot.press("enter", "w")
        await until(pilot, lambda: bool(engine.saved))
        app.runs.stop()
        await until(pilot, lambda: not app.runs.busy)
    assert engine.saved == {"log.txt": "frontend build | ERROR broken\n"}


async def test_who_scrolled_up_stays_and_who_did_not_follows() -> None:
    app = application(ScriptedEngine(), start="logs")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        shown = pane(app)
        shown.extend(f"line {number}" for number in range(500))
        await pilot.pause()
        assert shown.is_vertical_scroll_end
        shown.scroll_to(y=100, animate=False)
        await pilot.pause()
        shown.extend(["one more"])
        await pilot.pause()
        assert shown.scroll_offset.y == 100
        await pilot.press("f", "f")
        await until(pilot, lambda: shown.is_vertical_scroll_end)


async def test_hostile_lines_are_text() -> None:
    app = application(ScriptedEngine(), start="logs")
    hostile = ["\x1b]0;owned\x07\x1b[2J", "[bold red]markup[/]", "\u202egnp.exe", "x" * 1_000_000, "a\tb\x00c\udcff"]
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        pane(app).extend(hostile)
        await pilot.pause()
        shown = text_of(app)
    assert "[bold red]markup[/]" in shown
    assert not [letter for letter in shown if letter != "\n" and not letter.isprintable()]
