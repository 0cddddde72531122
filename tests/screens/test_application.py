"""The frame around every screen: places, language, palette, leaving, dialogs for the engine's questions."""

from __future__ import annotations

import asyncio

import pytest

from screens.deploy.page import DeployPage
from screens.dialogs.confirm import ConfirmDialog
from screens.hangul import TWINS, with_twins
from screens.page import Page
from tests.support.screens import ScriptedEngine, application, text_of, until
from wizard.events import PhaseChanged, Status
from wizard.locale import Language
from wizard.messages import message
from wizard.phases.step import Phase
from wizard.questions import Choice, Confirm, MultiChoice, Option, Question, SecretText, Text
from wizard.secrets import Secret

PROMPT = message("screens.welcome")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("language", list(Language))
async def test_the_first_screen_names_the_target_and_the_uses(size: tuple[int, int], language: Language) -> None:
    app = application(ScriptedEngine(), language=language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = text_of(app)
    assert app.say(message("screens.target-production")) in shown.splitlines()[0]
    assert app.say(message("actions.home-deploy")) in shown


async def test_the_language_changes_while_it_runs() -> None:
    app = application(ScriptedEngine(), start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Preflight (waiting)" in text_of(app)
        await pilot.press("f2")
        await pilot.pause()
        korean = text_of(app)
        assert app.say(message("actions.deploy-run")) in korean.splitlines()[-1]
        assert "Preflight" not in korean
        await pilot.press("f2")
        await until(pilot, lambda: "Preflight (waiting)" in text_of(app))


async def test_a_small_terminal_gets_a_notice_and_the_screen_back() -> None:
    app = application(ScriptedEngine())
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert "60 columns and 20 rows" in text_of(app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: app.say(message("actions.home-deploy")) in text_of(app))


@pytest.mark.parametrize("key", ["d", "ㅇ", "2"])
async def test_a_key_and_its_hangul_twin_do_the_same(key: str) -> None:
    app = application(ScriptedEngine())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, DeployPage))


def test_every_letter_of_the_two_set_layout_has_its_twin() -> None:
    assert len(TWINS) == 33
    assert with_twins("r,f5") == "r,ㄱ,f5"


async def test_the_palette_lists_every_action_of_the_place() -> None:
    app = application(ScriptedEngine(), start="deploy")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+p")
        await until(pilot, lambda: app.say(message("actions.deploy-run-from")) in text_of(app))


@pytest.mark.parametrize(
    ("question", "keys", "answer"),
    [
        (Confirm(id="a", prompt=PROMPT), ["y"], True),
        (Confirm(id="a", prompt=PROMPT), ["ㅛ"], True),
        (Confirm(id="a", prompt=PROMPT), ["enter"], False),
        (Confirm(id="a", prompt=PROMPT, default=True), ["enter"], True),
        (Choice(id="a", prompt=PROMPT, options=(Option("x", PROMPT), Option("y", PROMPT))), ["down", "enter"], "y"),
        (
            MultiChoice(id="a", prompt=PROMPT, options=(Option("x", PROMPT), Option("y", PROMPT)), default=("y",)),
            ["space", "tab", "enter"],
            ("x", "y"),
        ),
        (Text(id="a", prompt=PROMPT), [*"hi", "enter"], "hi"),
        (SecretText(id="a", prompt=PROMPT), [*"pw", "enter"], Secret("pw")),
    ],
)
async def test_a_question_of_the_engine_is_answered_in_a_dialog(
    question: Question, keys: list[str], answer: object
) -> None:
    engine = ScriptedEngine([question])
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: not isinstance(app.screen, Page))
        await pilot.press(*keys)
        await until(pilot, lambda: bool(engine.answers))
        await until(pilot, lambda: not app.runs.busy)
    assert engine.answers == [answer]


async def test_a_wrong_line_is_kept_and_what_is_wrong_is_said() -> None:
    app = application(ScriptedEngine([Text(id="a", prompt=PROMPT)]), start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: not isinstance(app.screen, Page))
        await pilot.press("space", "enter")
        await until(pilot, lambda: app.say(message("questions.empty"))[:20] in text_of(app))
        assert app.runs.busy


async def test_leaving_a_question_stops_the_run() -> None:
    engine = ScriptedEngine([Text(id="a", prompt=PROMPT)])
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: not isinstance(app.screen, Page))
        await pilot.press("escape")
        await until(pilot, lambda: not app.runs.busy)
    assert engine.answers == []


async def test_leaving_during_a_run_is_asked_about_and_stops_it() -> None:
    engine = ScriptedEngine([PhaseChanged("preflight", Status.RUNNING), asyncio.Event()])
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: app.runs.busy)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, Page))
        assert app.runs.busy
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await until(pilot, lambda: not app.is_running)
    assert engine.stopped
    assert app.return_code == 130


async def test_running_calls_the_engine_with_the_chosen_phases() -> None:
    engine = ScriptedEngine([PhaseChanged("variables", Status.DONE, seconds=1.5)])
    app = application(engine, start="deploy")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: app.runs.view.finished is not None and not app.runs.busy)
        await pilot.press("down", "down", "o")
        await until(pilot, lambda: len(engine.calls) == 2 and not app.runs.busy)
        await pilot.press("h")
        await until(pilot, lambda: len(engine.calls) == 3 and not app.runs.busy)
        await until(pilot, lambda: "1.5" in text_of(app))
    order = list(Phase)
    assert engine.calls == [
        ("deploy", frozenset(order)),
        ("deploy", frozenset({Phase.VARIABLES})),
        ("deploy", frozenset(order[2:])),
    ]
