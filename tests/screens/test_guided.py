"""The guided set-up on screen: steps in order, answers taken, runs shown, failures tried again or left by name."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from screens.dialogs.confirm import ConfirmDialog
from screens.guided.page import GuidedPage
from tests.support.screens import ScriptedEngine, application, text_of, until
from wizard.clock import SystemClock
from wizard.errors import UsageError
from wizard.events import Emitter, Event, Listener, Note, PhaseChanged, Result, RunFinished, RunStarted, Status
from wizard.locale import Language
from wizard.messages import message
from wizard.questions import Asker, Choice, Confirm, Option, SecretText, Text
from wizard.report.record import RunRecord
from wizard.report.sections import Section, sections
from wizard.secrets import Secret
from wizard.setup.view import Answer, StepView

WORD = message("setup.welcome-free")


@dataclass
class ScriptedStep:
    """A step that shows what a test wrote, and remembers what it was given."""

    id: str
    shown: StepView = field(default_factory=StepView)
    refuses: UsageError | None = None
    taken: list[Mapping[str, Answer]] = field(default_factory=list)

    async def view(self) -> StepView:
        return self.shown

    async def take(self, answers: Mapping[str, Answer]) -> None:
        if self.refuses:
            raise self.refuses
        self.taken.append(answers)

    async def ended(self, record: RunRecord) -> tuple[Section, ...]:
        return sections(record)


@dataclass
class ScriptedWork:
    """A run whose events and ends a test wrote, one end a call."""

    ends: list[RunFinished]
    events: Sequence[Event] = ()
    held: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        del asker
        emitter = Emitter("run-1", SystemClock(), list(listeners))
        emitter.emit(RunStarted("rehearse", "rehearsal", "http://127.0.0.1:1", tier="sandbox"))
        for event in self.events:
            emitter.emit(event)
        await self.held.wait()
        finished = self.ends.pop(0)
        emitter.emit(finished)
        return finished


async def test_a_form_is_answered_by_key_and_its_answers_are_taken() -> None:
    questions = (
        Text(id="name", prompt=WORD, default="app"),
        Choice(id="region", prompt=WORD, options=(Option("a", WORD), Option("b", WORD)), default="a"),
        Confirm(id="keep", prompt=WORD),
        SecretText(id="token", prompt=WORD),
    )
    form, last = ScriptedStep("choices", StepView(questions=questions)), ScriptedStep("verified")
    app = application(ScriptedEngine(steps=(form, last)), start="guided")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Step 1 of 2" in text_of(app))
        await pilot.press(*"shop", "tab", "down", "tab", "up", "tab", "ctrl+n")
        await until(pilot, lambda: app.say(message("questions.empty"))[:20] in text_of(app))
        assert form.taken == []
        await pilot.press(*"pw", "ctrl+n")
        await until(pilot, lambda: "Step 2 of 2" in text_of(app))
        await pilot.press("f9")
        await until(pilot, lambda: "Step 1 of 2" in text_of(app))
    assert form.taken == [{"name": "shop", "region": "b", "keep": True, "token": Secret("pw")}]


async def test_a_refused_answer_stays_and_says_why() -> None:
    step = ScriptedStep("detection", StepView(questions=(Text(id="port", prompt=WORD, default="1"),)))
    step.refuses = UsageError("setup.does-not-fit", where="services.backend.port")
    app = application(ScriptedEngine(steps=(step, ScriptedStep("verified"))), start="guided")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Step 1 of 2" in text_of(app))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "services.backend.port" in text_of(app))
        step.refuses = None
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "Step 2 of 2" in text_of(app))


async def test_a_run_is_shown_read_and_left_by_the_next_key() -> None:
    work = ScriptedWork([RunFinished(Result.VERIFIED, 0)], [PhaseChanged("deploy", Status.RUNNING), Note(WORD)])
    steps = (ScriptedStep("rehearsal", StepView(work=work)), ScriptedStep("verified"))
    app = application(ScriptedEngine(steps=steps), start="guided")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Step 1 of 2" in text_of(app))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "▶ running Deploy" in text_of(app))
        await pilot.press("ctrl+n", "ctrl+b")
        assert "Step 1 of 2" in text_of(app)
        work.held.set()
        await until(pilot, lambda: "✓ verified" in text_of(app))
        assert "Step 1 of 2" in text_of(app)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "Step 2 of 2" in text_of(app))


async def test_a_failed_run_is_tried_again_or_left_by_name() -> None:
    work = ScriptedWork([RunFinished(Result.FAILED, 1), RunFinished(Result.FAILED, 1)])
    work.held.set()
    steps = (ScriptedStep("rehearsal", StepView(work=work)), ScriptedStep("verified"))
    app = application(ScriptedEngine(steps=steps), start="guided")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Step 1 of 2" in text_of(app))
        for left in (1, 0):
            await pilot.press("ctrl+n")
            await until(pilot, lambda left=left: len(work.ends) == left and not app.runs.busy)  # type: ignore[misc]
        await until(pilot, lambda: isinstance(app.screen, GuidedPage) and app.screen.failed)
        await pilot.press("ctrl+k")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await until(pilot, lambda: "Step 2 of 2" in text_of(app))


async def test_a_deployment_wants_a_yes_and_cannot_be_left_behind() -> None:
    work = ScriptedWork([RunFinished(Result.FAILED, 1)])
    work.held.set()
    steps = (ScriptedStep("deployment", StepView(work=work, confirm=WORD)), ScriptedStep("verified"))
    app = application(ScriptedEngine(steps=steps), start="guided", language=Language.KOREAN)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "2단계 중 1단계" in text_of(app))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, GuidedPage))
        assert len(work.ends) == 1
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("ㅛ")
        await until(pilot, lambda: isinstance(app.screen, GuidedPage) and app.screen.failed)
        await pilot.press("ctrl+k")
        await pilot.pause()
        assert isinstance(app.screen, GuidedPage)
        assert app.screen.place == 0
