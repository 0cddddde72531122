"""The checklist: filters, the effect said before a change, what is sent, and no value on the screen."""

from __future__ import annotations

import pytest
from textual.widgets import DataTable, TextArea

from screens.app import WizardApp
from screens.checklist.page import ChecklistPage
from screens.checklist.paste import PasteDialog
from screens.dialogs.confirm import ConfirmDialog
from screens.dialogs.entry import EntryDialog
from screens.page import Page
from tests.support.screens import ScriptedEngine, application, text_of, until
from wizard.locale import Language
from wizard.messages import message
from wizard.plan.checklist import Acts, Row, State
from wizard.plan.precedence import ValueSource
from wizard.secrets import Secret

ROWS = (
    Row("backend", "DATABASE_URL", State.SET, ValueSource.REFERENCE, Acts.AUTOMATIC, ("app/db.py:3",)),
    Row("backend", "API_KEY", State.MISSING, ValueSource.KEYRING, Acts.YOU, ("app/main.py:9",)),
    Row("backend", "LEVEL", State.DIFFERS, ValueSource.PLAN, Acts.AUTOMATIC),
    Row("frontend", "OLD", State.NO_EFFECT, None, Acts.YOU),
)


def names(app: WizardApp) -> list[str]:
    table = app.screen.query_one(DataTable)
    return [str(table.get_row_at(row)[1]) for row in range(table.row_count)]


async def shown(pilot: object, app: WizardApp) -> None:
    await until(pilot, lambda: isinstance(app.screen, ChecklistPage) and len(names(app)) == 4)


@pytest.mark.parametrize("language", list(Language))
async def test_filters_show_what_is_missing_different_or_without_effect(language: Language) -> None:
    app = application(ScriptedEngine(rows=ROWS), start="checklist", language=language)
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot, app)
        found = []
        for _ in range(4):
            await pilot.press("f")
            found.append(names(app))
        await until(pilot, lambda: app.say(message("checklist.state.missing")) in text_of(app))
    assert found == [["API_KEY"], ["LEVEL"], ["OLD"], [row.name for row in ROWS]]


async def test_a_value_is_typed_unseen_after_its_effect_was_said() -> None:
    engine = ScriptedEngine(rows=ROWS)
    app = application(engine, start="checklist")
    async with app.run_test(size=(100, 30)) as pilot:
        await shown(pilot, app)
        await pilot.press("down", "e")
        await until(pilot, lambda: isinstance(app.screen, EntryDialog))
        await until(pilot, lambda: "API_KEY restarts backend" in text_of(app))
        await pilot.press(*"s3ntinel")
        assert "s3ntinel" not in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: ("set", ("backend", "API_KEY", Secret("s3ntinel"))) in engine.calls)
        await until(pilot, lambda: engine.calls.count(("checklist", None)) == 2)


@pytest.mark.parametrize(
    ("key", "call"),
    [
        ("n", ("set", ("backend", "DATABASE_URL", None))),
        ("t", ("take", ("backend", "DATABASE_URL"))),
        ("s", ("send", None)),
    ],
)
async def test_generating_taking_over_and_sending_want_a_yes(key: str, call: tuple[str, object]) -> None:
    engine = ScriptedEngine(rows=ROWS)
    app = application(engine, start="checklist")
    async with app.run_test(size=(100, 30)) as pilot:
        await shown(pilot, app)
        for answer in ("n", "y"):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
            await pilot.press(answer)
            await until(pilot, lambda: isinstance(app.screen, Page))
            assert answer == "y" or call not in engine.calls
        await until(pilot, lambda: call in engine.calls)


async def test_a_pasted_block_is_judged_before_it_is_taken() -> None:
    engine = ScriptedEngine(rows=ROWS)
    app = application(engine, start="checklist")
    async with app.run_test(size=(100, 40)) as pilot:
        await shown(pilot, app)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PasteDialog))
        app.screen.query_one(TextArea).text = "LEVEL=debug\nURL=http://localhost:1\nOTHER=x"
        await until(pilot, lambda: "URL: no: an address of this machine" in text_of(app))
        assert "OTHER: no: the plan does not name it" in text_of(app)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: ("import", ("backend", {"LEVEL": Secret("debug")})) in engine.calls)


async def test_the_list_is_exported_and_a_name_copied() -> None:
    engine = ScriptedEngine(rows=ROWS)
    app = application(engine, start="checklist")
    async with app.run_test(size=(100, 30)) as pilot:
        await shown(pilot, app)
        await pilot.press("y", "w")
        await until(pilot, lambda: engine.saved == {"checklist": "en"})
    assert app.clipboard == "DATABASE_URL"
