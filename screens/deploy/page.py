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
from screens.deploy.banner import RunBanner
from screens.deploy.mending import Mending
from screens.deploy.phase_panel import PhasePanel
from screens.deploy.remedies import SKIPPED_MEANS, Trouble, remedies
from screens.deploy.service_strip import ServiceStrip
from screens.dialogs.choice import ChoiceDialog
from screens.page import Page
from screens.run_view import RunView
from screens.runs import Work
from screens.widgets.log_pane import LogPane
from screens.widgets.phase_rail import PhaseRail
from wizard.errors import WizardError
from wizard.events import RunFinished
from wizard.messages import message
from wizard.phases.step import Phase
from wizard.questions import Choice, Option

_STARTS = {"run", "run_one", "run_from", "plan", "rehearse"}


class DeployPage(Page):
    """Run all phases, one, or those from here on; mend what failed by a key.

    Attributes:
        busy: a run goes on.
        helped: keys of what can be done now about a run that did not end well.
    """

    TITLE_ID = "screens.deploy"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "PhaseRail"
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="deploy.run", keys="r,f5", call="run", command="railwizard deploy"),
        Action(id="deploy.run-one", keys="o,f6", call="run_one", command="railwizard deploy --only PHASE"),
        Action(id="deploy.run-from", keys="h,f7", call="run_from", command="railwizard deploy --from PHASE"),
        Action(id="deploy.plan", keys="p,f9", call="plan", command="railwizard plan"),
        Action(id="deploy.rehearse", keys="a,f11", call="rehearse", command="railwizard rehearse"),
        Action(id="deploy.stop", keys="s,f8", call="stop"),
        Action(id="deploy.retry", keys="t", call="retry", command="railwizard deploy --from PHASE", shown=False),
        Action(id="deploy.edit", keys="e", call="edit", command="railwizard set SERVICE.NAME", shown=False),
        Action(id="deploy.open-log", keys="l", call="open_log", command="railwizard logs SERVICE", shown=False),
        Action(id="deploy.skip", keys="k", call="skip", command="railwizard deploy --only PHASE", shown=False),
        Action(id="deploy.token", keys="n", call="token", command="railwizard login", shown=False),
        Action(id="deploy.guided", keys="g", call="app.go('guided')", command="railwizard setup", shown=False),
        Action(id="deploy.copy", keys="y", call="copy_address", shown=False),
        Action(id="deploy.log-size", keys="z", call="log_size", shown=False),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    busy: reactive[bool] = reactive(False, bindings=True, init=False)
    helped: reactive[frozenset[str]] = reactive(frozenset(), bindings=True, init=False)
    rail = getters.query_one(PhaseRail)
    panel = getters.query_one(PhasePanel)
    banner = getters.query_one(RunBanner)
    services = getters.query_one(ServiceStrip)
    log_pane = getters.query_one(LogPane)

    def __init__(self) -> None:
        super().__init__()
        self._past = RunView()
        self._logged = ""
        self._asked: frozenset[Phase] = frozenset(Phase)

    def compose_page(self) -> ComposeResult:
        """Rail and services on the left; panel, how the run stands, and log beside them."""
        with Horizontal():
            with Vertical(id="left"):
                yield PhaseRail()
                yield ServiceStrip()
            with Vertical(id="right"):
                yield PhasePanel()
                yield RunBanner()
                yield LogPane(id="log")

    def on_mount(self) -> None:
        """Follow the run."""
        super().on_mount()
        self.app.run_changed.subscribe(self, self.show_run)
        self.app.logged.subscribe(self, self.show_log)
        self.set_interval(1.0, self._tick)
        self._make_room()
        self.show_run(self.view)
        if not self.app.runs.busy:
            self.read_past()

    def speak(self) -> None:
        """Name the log and the key that makes it larger."""
        self.log_pane.border_title = self.say(message("panel.log"))

    @property
    def view(self) -> RunView:
        """The newest run of these screens; before the first one, the last of this plan that is kept."""
        view = self.app.runs.view
        return view if view.run or view.errors else self._past

    @property
    def trouble(self) -> Trouble:
        """What went wrong with the shown run."""
        return Trouble(self.view, self._asked)

    @work(group="past", exclusive=True)
    async def read_past(self) -> None:
        """Show the last run of this plan until one begins."""
        try:
            events = await self.app.launch.engine.last_run()
        except WizardError as error:
            self._past = self._past.kept_from_beginning(error)
        else:
            self._past = RunView.of_the_past(events) if events else RunView()
        self.show_run(self.view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer running while nothing runs, stopping while something does, mending where something failed."""
        if action in _STARTS:
            return not self.busy
        if action == "stop":
            return self.busy
        if action in {"retry", "edit", "open_log", "skip", "token"}:
            return action in self.helped and not self.busy
        if action == "copy_address":
            return bool(self._addresses)
        return super().check_action(action, parameters)

    def show_run(self, view: RunView) -> None:
        """Paint rail, panel, services and how the run stands."""
        if view.run != self._logged:
            self._logged = view.run
            self.log_pane.replace(self.app.log_store.lines)
            self._make_room()
        view = self.view
        self.busy = self.app.runs.busy and not view.past and view.exit_code is None
        with self.app.batch_update():
            self.rail.show(view)
            self.services.show(view)
            self._show_words()

    def _show_words(self) -> None:
        found = () if self.busy else tuple(remedies(self.trouble, tuple(self.app.log_store.sources)))
        self.helped = frozenset(one.call.removeprefix("screen.") for one in found)
        self.panel.show(self.view, self.rail.chosen, found)
        self.banner.show(self.view, found)

    def _tick(self) -> None:
        """Let clocks go on while somebody looks."""
        if self.is_current and self.view.running:
            self._show_words()

    def show_log(self, lines: list[str]) -> None:
        """Append what builds and services said."""
        self.log_pane.extend(lines)
        self._make_room()

    def _make_room(self) -> None:
        """Leave the panel the room of a log that says nothing yet."""
        self.set_class(not self.log_pane.lines, "-log-empty")

    @on(OptionList.OptionHighlighted, "PhaseRail")
    def choose(self, event: OptionList.OptionHighlighted) -> None:
        """Show the panel of another phase."""
        event.stop()
        self.rail.moved(event.option_id or "")
        self._show_words()

    def action_run(self) -> None:
        """Run every phase that is not done."""
        self.deploy(frozenset(Phase))

    def action_run_one(self) -> None:
        """Run the chosen phase alone."""
        self.deploy(frozenset({Phase(self.rail.chosen)}))

    def action_run_from(self) -> None:
        """Run the chosen phase and those behind it."""
        order = list(Phase)
        self.deploy(frozenset(order[order.index(Phase(self.rail.chosen)) :]))

    def action_plan(self) -> None:
        """Show what every phase would change, changing nothing."""
        self.look(frozenset(Phase))

    def action_rehearse(self) -> None:
        """Run everything on this machine."""
        self._asked = frozenset(Phase)
        self._start(self.app.launch.engine.rehearse)

    def deploy(self, phases: frozenset[Phase]) -> None:
        """Run phases against the target."""
        self._asked = phases
        self._start(partial(self.app.launch.engine.deploy, phases))

    def look(self, phases: frozenset[Phase]) -> None:
        """Say what phases would change."""
        self._asked = phases
        self._start(partial(self.app.launch.engine.plan, phases))

    def action_retry(self) -> None:
        """Do again what failed, of the same kind: a rehearsal stays one."""
        trouble = self.trouble
        if trouble.rehearses:
            self.action_rehearse()
        elif trouble.only_looks:
            self.look(trouble.again)
        else:
            self.deploy(trouble.again)

    @work(group="mend", exclusive=True)
    async def action_skip(self) -> None:
        """Run what is behind the failed phase without it, once a person said yes to what that means."""
        trouble = self.trouble
        if trouble.failed and await self.app.confirmed(SKIPPED_MEANS[trouble.failed], "actions.deploy-skip"):
            self.deploy(trouble.behind)

    @work(group="mend", exclusive=True)
    async def action_edit(self) -> None:
        """Give the variables that are what is wrong new values, send them, go on from the failed phase."""
        trouble = self.trouble
        if await Mending(self.app).edit(*trouble.variables):
            self.deploy(trouble.again)

    @work(group="mend", exclusive=True)
    async def action_token(self) -> None:
        """Take a token, try it, and do again what was asked for."""
        if await Mending(self.app).sign_in() and self.trouble.again:
            self.action_retry()

    @work(group="mend", exclusive=True)
    async def action_open_log(self) -> None:
        """Show the log of the service that failed."""
        await Mending(self.app).open_log(self.trouble.service, self.trouble.stream)

    @work(group="stop", exclusive=True)
    async def action_stop(self) -> None:
        """Stop the run once a person said yes."""
        if await self.app.confirmed(message("screens.stop-run"), "screens.stop"):
            self.app.runs.stop()

    def action_log_size(self) -> None:
        """Let the log take the panel's place, or give it back."""
        self.toggle_class("-log-large")

    @property
    def _addresses(self) -> tuple[tuple[str, str], ...]:
        return self.view.finished.urls if self.view.finished else ()

    @work(group="copy", exclusive=True)
    async def action_copy_address(self) -> None:
        """Put an address on the clipboard; of several, the one a person chooses."""
        urls = [url for _, url in self._addresses]
        options = tuple(Option(url, message("phases.verbatim", text=f"{name} {url}")) for name, url in self._addresses)
        several = Choice(id="url", prompt=message("panel.which-address"), options=options)
        chosen = urls[0] if len(urls) == 1 else await self.app.shown(ChoiceDialog(several))
        if chosen:
            self.app.copy_to_clipboard(chosen)
            self.notify(self.say(message("screens.copied", text=chosen)), markup=False)

    def _start(self, work: Work) -> None:
        self.busy = True
        self.app.start_run(work, self._ended)

    async def _ended(self, finished: RunFinished | None) -> None:
        del finished
        self.show_run(self.view)
