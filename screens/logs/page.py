"""The whole log on one page."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.widgets import Input, Static

from screens.actions import Action, bindings
from screens.logs.lines import LogFilter
from screens.page import Page
from screens.widgets.log_pane import LogPane
from wizard.errors import WizardError
from wizard.messages import message


class LogPage(Page):
    """Shows the lines that a filter lets through; who scrolled up stays where they are."""

    TITLE_ID = "screens.logs"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "LogPane"
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="logs.search", keys="slash,ctrl+f", call="search"),
        Action(id="logs.source", keys="n,f6", call="next_source", command="railwizard logs SERVICE"),
        Action(id="logs.level", keys="e,f7", call="next_level"),
        Action(id="logs.follow", keys="f,f8", call="follow"),
        Action(id="logs.save", keys="w,f9", call="save", command="railwizard logs SERVICE --lines 5000"),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    pane = getters.query_one(LogPane)
    entry = getters.query_one("#search", Input)
    told = getters.query_one("#told", Static)

    def __init__(self) -> None:
        super().__init__()
        self.filter = LogFilter()

    def compose_page(self) -> ComposeResult:
        """The log, what it is filtered by, and where to search."""
        yield LogPane(id="log")
        yield Static(id="told", markup=False)
        yield Input(id="search")

    def on_mount(self) -> None:
        """Show what there is and follow what comes."""
        super().on_mount()
        self.app.logged.subscribe(self, self.append)
        self._filter(self.filter)

    def on_screen_resume(self) -> None:
        """Show what came while another place was shown."""
        self._filter(self.filter)

    def append(self, lines: list[str]) -> None:
        """Show fresh lines; those of a run that just began stand alone."""
        self.pane.extend(line for line in lines if self.filter.fits(line))
        self.speak()

    def speak(self) -> None:
        """Say what is shown."""
        shown = self.filter
        source = shown.source or self.say(message("screens.log-all-sources"))
        level = self.say(message(f"screens.log-level-{shown.level}"))
        follow = self.say(message("screens.log-follows" if self.pane.follow else "screens.log-stays"))
        count = self.say(message("screens.log-lines", shown=len(self.pane.lines), all=len(self.app.log_store.lines)))
        self.told.update(f"{source} · {level} · {follow} · {count}")
        self.entry.placeholder = self.say(message("screens.log-search"))

    def action_search(self) -> None:
        """Type what to look for."""
        self.entry.focus()

    def action_next_source(self) -> None:
        """Show the next source alone."""
        self._filter(self.filter.next_source(self.app.log_store.sources))

    def action_next_level(self) -> None:
        """Show all lines, warnings and graver, or errors alone."""
        self._filter(self.filter.next_level())

    def action_follow(self) -> None:
        """Follow the end, or stay."""
        self.pane.follow = not self.pane.follow
        if self.pane.follow:
            self.pane.scroll_end(animate=False)
        self.speak()

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Write what is shown into a file and say where it lies."""
        try:
            place = await self.app.launch.engine.save("log.txt", "\n".join(self.pane.lines) + "\n")
        except WizardError as error:
            self.app.tell(error)
            return
        self.notify(self.say(message("screens.saved", place=place)), markup=False)

    @on(Input.Changed, "#search")
    def look_for(self, event: Input.Changed) -> None:
        """Show the lines that hold what was typed."""
        event.stop()
        self._filter(replace(self.filter, text=event.value))

    @on(Input.Submitted, "#search")
    def back_to_lines(self, event: Input.Submitted) -> None:
        """Go back to the lines with what was typed kept."""
        event.stop()
        self.pane.focus()

    def narrow(self, chosen: LogFilter) -> None:
        """Show what another place asks for."""
        self.entry.value = chosen.text
        self._filter(chosen)

    def _filter(self, chosen: LogFilter) -> None:
        self.filter = chosen
        self.pane.replace(line for line in self.app.log_store.lines if chosen.fits(line))
        self.speak()
