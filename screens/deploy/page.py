"""Runs the phases and shows them: the rail, the panel of the chosen phase, the log below."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widgets import OptionList

from screens.actions import Action, bindings
from screens.deploy.phase_panel import PhasePanel
from screens.page import Page
from screens.run_view import RunView
from screens.widgets.log_pane import LogPane
from screens.widgets.phase_rail import PhaseRail
from wizard.events import RunFinished
from wizard.messages import message
from wizard.phases.step import Phase


class DeployPage(Page):
    """Run all phases, one, or those from here on."""

    TITLE_ID = "screens.deploy"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "PhaseRail"
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="deploy.run", keys="r,f5", call="run", command="railwizard deploy"),
        Action(id="deploy.run-one", keys="o,f6", call="run_one", command="railwizard deploy --only PHASE"),
        Action(id="deploy.run-from", keys="h,f7", call="run_from", command="railwizard deploy --from PHASE"),
        Action(id="deploy.stop", keys="s,f8", call="stop"),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    busy: reactive[bool] = reactive(False, bindings=True, init=False)
    rail = getters.query_one(PhaseRail)
    panel = getters.query_one(PhasePanel)
    log_pane = getters.query_one(LogPane)

    def compose_page(self) -> ComposeResult:
        """The rail on the left, panel and log beside it."""
        with Horizontal():
            yield PhaseRail()
            with Vertical():
                yield PhasePanel()
                yield LogPane(id="log")

    def on_mount(self) -> None:
        """Follow the run."""
        super().on_mount()
        self.app.run_changed.subscribe(self, self.show_run)
        self.app.logged.subscribe(self, self.show_log)
        self.show_run(self.app.runs.view)
        self.log_pane.extend(self.app.log_store.lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer running while nothing runs, stopping while something does."""
        if action in {"run", "run_one", "run_from"}:
            return None if self.busy else True
        if action == "stop":
            return self.busy
        return super().check_action(action, parameters)

    def show_run(self, view: RunView) -> None:
        """Paint the phases and the panel of the chosen one."""
        self.busy = self.app.runs.busy and view.finished is None
        with self.app.batch_update():
            self.rail.show(view)
            self.panel.show(view, self.rail.chosen)

    def show_log(self, lines: list[str]) -> None:
        """Append what builds and services said."""
        self.log_pane.extend(lines)

    @on(OptionList.OptionHighlighted, "PhaseRail")
    def choose(self, event: OptionList.OptionHighlighted) -> None:
        """Show the panel of another phase."""
        event.stop()
        self.panel.show(self.app.runs.view, self.rail.chosen)

    def action_run(self) -> None:
        """Run every phase that is not done."""
        self._start(frozenset(Phase))

    def action_run_one(self) -> None:
        """Run the chosen phase alone."""
        self._start(frozenset({Phase(self.rail.chosen)}))

    def action_run_from(self) -> None:
        """Run the chosen phase and those behind it."""
        order = list(Phase)
        self._start(frozenset(order[order.index(Phase(self.rail.chosen)) :]))

    @work(group="stop", exclusive=True)
    async def action_stop(self) -> None:
        """Stop the run once a person said yes."""
        if await self.app.confirmed(message("screens.stop-run"), "screens.stop"):
            self.app.runs.stop()

    def _start(self, phases: frozenset[Phase]) -> None:
        self.busy = True
        self.app.start_run(partial(self.app.launch.engine.deploy, phases), self._ended)

    async def _ended(self, finished: RunFinished | None) -> None:
        del finished
        self.show_run(self.app.runs.view)
