"""A failure on the deploy screen: what it says, and what each of its keys asks of the engine."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from screens.app import WizardApp
from screens.deploy.page import DeployPage
from screens.deploy.remedies import Trouble, remedies
from screens.dialogs.confirm import ConfirmDialog
from screens.dialogs.entry import EntryDialog
from screens.guided.page import GuidedPage
from screens.logs.page import LogPage
from screens.run_view import RunView
from screens.widgets.log_pane import LogPane
from tests.cli.stories import START
from tests.support.screens import ScriptedEngine, application, text_of, until
from wizard.errors import CredentialError, UsageError
from wizard.events import (
    ErrorRaised,
    Event,
    LogLines,
    PhaseChanged,
    Result,
    RunFinished,
    RunStarted,
    Stamped,
    Status,
    StepChanged,
)
from wizard.locale import Language
from wizard.messages import message
from wizard.phases.step import Phase
from wizard.report.record import RunRecord
from wizard.report.sections import Section
from wizard.secrets import Secret
from wizard.setup.view import Answer, StepView
from wizard.text import Quote

ORDER = list(Phase)
FAILED = RunFinished(Result.FAILED, 1)
NO_TOKEN = CredentialError("compose.no-credential", endpoint="http://127.0.0.1:1", variable="RAILWIZARD_TOKEN")
CAUSE = message("diagnosis.variable-missing", service="backend", names="API_KEY")
FIX = message("diagnosis.variable-missing.fix", service="backend", names="API_KEY")


def failure(phase: str = "deploy") -> list[Event]:
    word = message("questions.empty")
    quotes = (Quote("deploy", 41, "KeyError: 'API_KEY'"),)
    told = ErrorRaised("x.y", word, CAUSE, FIX, phase, f"{phase}.backend", ("KeyError",), quotes, (word,))
    return [
        PhaseChanged(phase, Status.RUNNING),
        LogLines("backend", "build", ("Step 1",)),
        LogLines("backend", "deploy", ("KeyError: 'API_KEY'",)),
        told,
        PhaseChanged(phase, Status.FAILED, seconds=2.0),
    ]


class Welcome:
    """The first step of a guided set-up, which asks nothing."""

    id = "welcome"

    async def view(self) -> StepView:
        return StepView()

    async def take(self, answers: Mapping[str, Answer]) -> None:
        """Nothing was asked."""

    async def ended(self, record: RunRecord) -> tuple[Section, ...]:
        raise NotImplementedError


async def failed(pilot: object, app: WizardApp) -> None:
    await until(pilot, lambda: not app.runs.busy and "retry" in page_of(app).helped)


def page_of(app: WizardApp) -> DeployPage:
    page = app.screen_stack[-1]
    assert isinstance(page, DeployPage)
    return page


@pytest.mark.parametrize("language", list(Language))
async def test_a_failure_says_step_cause_lines_fixes_and_keys(language: Language) -> None:
    app = application(ScriptedEngine(failure(), end=FAILED), start="deploy", language=language)
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await failed(pilot, app)
        shown = text_of(app)
        assert page_of(app).rail.chosen == "deploy"
        for told in ("deploy.backend", app.say(CAUSE), "deploy:41 KeyError: 'API_KEY'", app.say(FIX)):
            assert told in shown
        assert f"[t] {app.say(message('panel.do-retry'))}" in shown
        assert f"[k] {app.say(message('panel.skip-deploy'))}" in shown
        assert f"[e] {app.say(message('actions.deploy-edit'))}" in shown


async def test_it_runs_again_from_the_failed_phase_on_or_without_it() -> None:
    engine = ScriptedEngine(failure("migrate"), end=FAILED)
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await failed(pilot, app)
        await pilot.press("t")
        await until(pilot, lambda: len(engine.calls) == 2)
        await failed(pilot, app)
        await pilot.press("k")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, DeployPage))
        assert len(engine.calls) == 2
        await pilot.press("k")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("ㅛ")
        await until(pilot, lambda: len(engine.calls) == 3 and not app.runs.busy)
    asked = [frozenset(ORDER), frozenset(ORDER[4:]), frozenset({Phase.ADMIN, Phase.VERIFY})]
    assert engine.calls == [("deploy", phases) for phases in asked]


async def test_one_phase_that_failed_runs_again_alone_and_is_not_skipped() -> None:
    engine = ScriptedEngine(failure("preflight"), end=FAILED)
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("o")
        await failed(pilot, app)
        assert "skip" not in page_of(app).helped
        await pilot.press("t")
        await until(pilot, lambda: len(engine.calls) == 2 and not app.runs.busy)
    assert engine.calls == [("deploy", frozenset({Phase.PREFLIGHT}))] * 2


@pytest.mark.parametrize(("key", "call"), [("a", ("rehearse", None)), ("p", ("plan", frozenset(ORDER[3:])))])
async def test_what_failed_without_touching_the_target_never_becomes_a_deployment(
    key: str, call: tuple[str, object]
) -> None:
    engine = ScriptedEngine(failure(), end=FAILED)
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await failed(pilot, app)
        assert "skip" not in page_of(app).helped
        await pilot.press("t")
        await until(pilot, lambda: len(engine.calls) == 2 and not app.runs.busy)
    assert engine.calls[1] == call


async def test_the_value_that_is_wrong_is_given_sent_and_the_run_goes_on() -> None:
    engine = ScriptedEngine(failure(), end=FAILED)
    app = application(engine, start="deploy")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await failed(pilot, app)
        engine.script, engine.end = (), RunFinished(Result.APPLIED, 0)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EntryDialog))
        assert "API_KEY" in text_of(app)
        await pilot.press(*"s3ntinel")
        assert "s3ntinel" not in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: len(engine.calls) == 3 and not app.runs.busy)
    assert engine.calls[1:] == [
        ("import", ("backend", {"API_KEY": Secret("s3ntinel")})),
        ("deploy", frozenset(ORDER[3:])),
    ]


async def test_the_log_opens_at_what_the_failed_service_said() -> None:
    app = application(ScriptedEngine(failure(), end=FAILED), start="deploy")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await failed(pilot, app)
        await pilot.press("l")
        await until(pilot, lambda: isinstance(app.screen, LogPage) and app.screen.filter.source == "backend deploy")
        assert list(app.screen.query_one(LogPane).lines) == ["backend deploy | KeyError: 'API_KEY'"]


@pytest.mark.parametrize("keep", ["y", "n"])
async def test_without_a_credential_a_token_is_taken_tried_and_the_run_begins(keep: str) -> None:
    engine = ScriptedEngine(broken=[NO_TOKEN])
    app = application(engine, start="deploy")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("down", "o")
        await until(pilot, lambda: app.say(NO_TOKEN.what) in text_of(app))
        await failed(pilot, app)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, EntryDialog))
        await pilot.press(*"tok", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press(keep)
        await until(pilot, lambda: len(engine.calls) == 3 and not app.runs.busy)
    project = ("deploy", frozenset({Phase.PROJECT}))
    assert engine.calls == [project, ("sign-in", (Secret("tok"), keep == "y")), project]


async def test_without_a_plan_the_guided_set_up_is_one_key_away() -> None:
    engine = ScriptedEngine(broken=[UsageError("plan.missing-file", file="wizard.toml")], steps=(Welcome(),))
    app = application(engine, start="deploy", language=Language.KOREAN)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await until(pilot, lambda: app.say(message("panel.do-guided")) in text_of(app))
        assert page_of(app).helped == {"app.go('guided')"}
        await pilot.press("ㅎ")
        await until(pilot, lambda: isinstance(app.screen, GuidedPage))


def test_a_change_of_variables_that_failed_elsewhere_runs_again_as_that_alone() -> None:
    events = [RunStarted("set", "railway", "https://x"), *failure("variables"), FAILED]
    view = RunView().after(Stamped(number, START, "r1", event) for number, event in enumerate(events))
    trouble = Trouble(view, frozenset(Phase))
    assert trouble.again == {Phase.VARIABLES}
    assert not trouble.behind
    assert [remedy.key for remedy in remedies(trouble, ("backend deploy",))] == ["e", "l", "t"]


def test_a_past_run_runs_again_what_it_was_meant_to_do() -> None:
    step = StepChanged("verify", "verify.checks", "checks", Status.SKIPPED)
    events = [RunStarted("deploy", "railway", "https://x"), *failure(), step, FAILED]
    view = RunView.of_the_past(Stamped(number, START, "r1", event) for number, event in enumerate(events))
    assert Trouble(view, frozenset(Phase)).again == {Phase.DEPLOY, Phase.VERIFY}
