"""Walks a person through the set-up: shows a step, takes its answers, runs its work, goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from screens.actions import Action, bindings
from screens.guided.pane import StepPane
from screens.page import Page
from screens.run_view import RunView
from screens.widgets.report_text import marked
from wizard.errors import WizardError
from wizard.events import RunFinished, Stamped, Status
from wizard.messages import Message, message
from wizard.report.record import RunRecord
from wizard.report.words import STATUS, Mark
from wizard.setup.view import SetupStep, StepView

_HERE = Mark("▶", ">", message("screens.guided-here"), "active")


class GuidedPage(Page):
    """The guided set-up.

    Attributes:
        place: index of the step that is shown.
        failed: the shown step's work ended badly: it may be tried again, or left behind by name.
    """

    TITLE_ID = "screens.guided"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "StepPane"
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="guided.next", keys="ctrl+n,f10", call="next", command="railwizard setup"),
        Action(id="guided.back", keys="ctrl+b,f9", call="back"),
        Action(id="guided.skip", keys="ctrl+k,f11", call="skip"),
        Action(id="guided.stop", keys="f8", call="stop"),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    place: reactive[int] = reactive(0, bindings=True, init=False)
    failed: reactive[bool] = reactive(False, bindings=True, init=False)
    busy: reactive[bool] = reactive(False, bindings=True, init=False)
    pane = getters.query_one(StepPane)
    rail = getters.query_one("#steps", Static)

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[SetupStep] = ()
        self._view = StepView()
        self._worked: set[int] = set()
        self._heard: list[Stamped] = []

    def compose_page(self) -> ComposeResult:
        """The steps on the left where there is room, the shown one beside them."""
        yield Static(id="at", markup=False)
        with Horizontal():
            yield Static(id="steps", markup=False)
            yield StepPane()

    def on_mount(self) -> None:
        """Begin."""
        super().on_mount()
        self.app.run_changed.subscribe(self, self.show_run)
        self.begin()

    @work(group="guided", exclusive=True)
    async def begin(self) -> None:
        """Load the steps and show the first."""
        self._steps = await self.app.launch.engine.setup(self.app.language)
        await self._show(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what fits: nothing but stopping while something runs."""
        if action in {"next", "back"}:
            end = 0 if action == "back" else len(self._steps) - 1
            return None if self.busy or self.place == end else True
        if action == "skip":
            return self._may_skip
        if action == "stop":
            return self.busy
        return super().check_action(action, parameters)

    def speak(self) -> None:
        """Write the list of steps."""
        lines = [
            marked(self._mark(index), self.say) + Content(f" {self.say(Message(f'setup.{step.id}'))}")
            for index, step in enumerate(self._steps)
        ]
        self.rail.update(Content("\n").join(lines))
        if self._steps:
            name = self.say(Message(f"setup.{self._steps[self.place].id}"))
            at = message("screens.guided-at", step=self.place + 1, steps=len(self._steps), name=name)
            self.query_one("#at", Static).update(f"{self.say(at)} · {self.say(message(self._hint()))}")

    def _hint(self) -> str:
        """Return the message that says which key comes next: on first sight nothing else tells."""
        if self.busy:
            return "screens.guided-runs"
        if self.failed:
            return "screens.guided-failed" if self._may_skip else "screens.guided-again"
        if self.place + 1 == len(self._steps):
            return "screens.guided-end"
        if self._view.work is None:
            return "screens.guided-on"
        return "screens.guided-done" if self.place in self._worked else "screens.guided-begin"

    @property
    def _may_skip(self) -> bool:
        return self.failed and not self.busy and self._steps[self.place].id != "deployment"

    def watch_busy(self) -> None:
        """Let the hint follow."""
        self.speak()

    def _mark(self, index: int) -> Mark:
        if index == self.place:
            return STATUS[Status.FAILED] if self.failed else _HERE
        return STATUS[Status.DONE if index < self.place else Status.WAITING]

    def show_run(self, view: RunView) -> None:
        """Show the run of the step while it goes on."""
        if self.busy:
            self.pane.show_run(view)

    @work(group="guided", exclusive=True)
    async def action_next(self) -> None:
        """Take the answers, do the work, go on."""
        answers = self.pane.answers()
        if answers is None:
            return
        step = self._steps[self.place]
        try:
            await step.take(answers)
            done = self._view.work is None or self.place in self._worked or await self._work(step)
            if done and self.place + 1 < len(self._steps) and not self._read_first():
                await self._show(self.place + 1)
        except WizardError as error:
            self.failed = True
            self.pane.show_error(error)
        self.speak()

    def _read_first(self) -> bool:
        """Tell whether a run just ended whose result nobody has read yet; the next key goes on."""
        fresh = self._view.work is not None and self.place not in self._worked
        if fresh:
            self._worked.add(self.place)
        return fresh

    @work(group="guided", exclusive=True)
    async def action_back(self) -> None:
        """Show the step before."""
        await self._show(max(0, self.place - 1))

    @work(group="guided", exclusive=True)
    async def action_skip(self) -> None:
        """Go on although the step failed, once a person said yes to what that means."""
        title = self.say(Message(f"setup.{self._steps[self.place].id}"))
        if await self.app.confirmed(message("screens.guided-skip", step=title), "actions.guided-skip"):
            await self._show(self.place + 1)

    @work(group="guided-stop", exclusive=True)
    async def action_stop(self) -> None:
        """Stop the run of this step once a person said yes."""
        if await self.app.confirmed(message("screens.stop-run"), "screens.stop"):
            self.app.runs.stop()

    async def _show(self, place: int) -> None:
        """Show a step; where it cannot be shown, what is wrong stands in its place."""
        step = self._steps[place]
        self.place, self.failed = place, False
        try:
            self._view = await step.view()
            await self.pane.show(step.id, self._view)
        except WizardError as error:
            self._view, self.failed = StepView(), True
            await self.pane.show(step.id, self._view)
            self.pane.show_error(error)
        self.speak()

    async def _work(self, step: SetupStep) -> bool:
        """Run the step's work; returns whether it ended well."""
        if self._view.work is None:
            return True
        if self._view.confirm and not await self.app.confirmed(self._view.confirm, "screens.yes"):
            return False
        self._heard, self.busy, self.failed = [], True, False
        self.pane.show_run(RunView())
        try:
            finished = await self.app.run_now(self._view.work, self._heard.append)
        finally:
            self.busy = False
            self.pane.show_run(None)
        self.pane.show_sections(await step.ended(RunRecord.of(self._heard)))
        self.failed = not _well(finished)
        if finished is None and self.app.runs.view.errors:
            self.app.tell_event(self.app.runs.view.errors[-1])
        return not self.failed


def _well(finished: RunFinished | None) -> bool:
    """Tell whether a run did what it was asked for; a dry run that found changes did."""
    return finished is not None and finished.exit_code in {0, 8}
