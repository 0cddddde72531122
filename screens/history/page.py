"""Past runs on the left, the chosen one's report on the right; a marked one is put beside it."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.actions import Action, bindings
from screens.page import Page
from screens.widgets.prose import Prose
from screens.widgets.report_text import comparison_text, report_text
from wizard.errors import WizardError
from wizard.history.comparison import compare
from wizard.messages import message
from wizard.report.record import RunRecord
from wizard.report.words import RESULT, STATUS


class HistoryPage(Page):
    """Lists what is kept of this plan's runs on this machine."""

    TITLE_ID = "screens.history"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "#runs"
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="history.mark", keys="m,space", call="mark", command="railwizard compare EARLIER LATER"),
        Action(id="history.save", keys="w,f9", call="save", command="railwizard report RUN"),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    runs = getters.query_one("#runs", OptionList)
    text = getters.query_one("#report", Prose)

    def __init__(self) -> None:
        super().__init__()
        self._records: tuple[RunRecord, ...] = ()
        self._marked: RunRecord | None = None

    def compose_page(self) -> ComposeResult:
        """The list and what is chosen of it."""
        with Horizontal():
            yield OptionList(id="runs", markup=False)
            with VerticalScroll():
                yield Prose(id="report")

    def on_screen_resume(self) -> None:
        """Read the runs again: one may have ended meanwhile."""
        self.read()

    @work(group="history", exclusive=True)
    async def read(self) -> None:
        """Read what is kept."""
        try:
            self._records = await self.app.launch.engine.history()
        except WizardError as error:
            self.app.tell(error)
        self.speak()

    def speak(self) -> None:
        """Write list and report."""
        chosen = self.runs.highlighted or 0
        self.runs.clear_options()
        self.runs.add_options([Option(self._line(record)) for record in self._records])
        if self._records:
            self.runs.highlighted = min(chosen, len(self._records) - 1)
        self._show()

    def _line(self, record: RunRecord) -> Content:
        when = f"{record.started_at.astimezone():%m-%d %H:%M}" if record.started_at else ""
        command = record.started.command if record.started else ""
        mark = RESULT[record.finished.result] if record.finished else STATUS[next(iter(STATUS))]
        word = self.say(mark.word) if record.finished else self.say(message("history.unfinished"))
        here = "◆ " if record is self._marked else ""
        return Content(f"{here}{when} {command}\n  {mark.glyph} {word}")

    @on(OptionList.OptionHighlighted, "#runs")
    def choose(self, event: OptionList.OptionHighlighted) -> None:
        """Show the report of another run."""
        event.stop()
        self._show()

    def action_mark(self) -> None:
        """Mark the chosen run, or take the mark away; with a mark the report is a comparison."""
        chosen = self._chosen
        self._marked = None if chosen is self._marked else chosen
        self.speak()

    @work(group="save", exclusive=True)
    async def action_save(self) -> None:
        """Write the chosen run's report into a file."""
        chosen = self._chosen
        if chosen is None:
            return
        try:
            place = await self.app.launch.engine.save_report(chosen.run, self.app.language)
        except WizardError as error:
            self.app.tell(error)
            return
        self.notify(self.say(message("screens.saved", place=place)), markup=False)

    @property
    def _chosen(self) -> RunRecord | None:
        place = self.runs.highlighted
        return None if place is None else self._records[place]

    def _show(self) -> None:
        chosen, marked = self._chosen, self._marked
        if chosen is None:
            self.text.tell(Content(self.say(message("history.none"))))
        elif marked is None or marked is chosen:
            self.text.tell(report_text(chosen, self.say))
        else:
            earlier, later = sorted((marked, chosen), key=lambda one: str(one.started_at))
            self.text.tell(comparison_text(compare(earlier, later), self.say))
