"""Services and databases with status, code and address; every figure says how old it is."""

from __future__ import annotations

from contextlib import aclosing
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens.actions import Action, bindings
from screens.page import Page
from screens.widgets.rows_table import RowsTable
from screens.widgets.service_state import service_state
from wizard.errors import WizardError
from wizard.messages import Message, message

if TYPE_CHECKING:
    from wizard.operations.status import ServiceLine
    from wizard.operations.watch import Look

_COLUMNS = ("service", "status", "newest", "code", "since", "url")
_HEADINGS = {"since": message("screens.status-since")}
"""What a page says otherwise than a table of the command line: ages instead of moments."""


class StatusPage(Page):
    """Follows the environment within the budget of the watch while it is shown for the first time and after."""

    TITLE_ID = "screens.status"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "DataTable"
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="status.look", keys="r,f5", call="look", command="railwizard watch"),
        Action(id="status.copy", keys="y", call="copy_address"),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    table = getters.query_one(RowsTable)
    about = getters.query_one("#about", Static)

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None

    def compose_page(self) -> ComposeResult:
        """The table, and when it was seen."""
        yield RowsTable()
        yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        """Begin to look; the age is written again every second, which asks nobody."""
        super().on_mount()
        self.watch_environment()
        self.set_interval(1.0, self._say_age)

    @work(group="watch", exclusive=True)
    async def watch_environment(self) -> None:
        """Show every look as it comes."""
        self.table.loading = True
        try:
            async with aclosing(self.app.launch.engine.watch(self.app.asker)) as looks:
                async for look in looks:
                    self._look = look
                    self.table.loading = False
                    self.speak()
        except WizardError as error:
            self.table.loading = False
            self.app.tell(error)

    def action_look(self) -> None:
        """Look now."""
        self.app.launch.engine.look_now()

    def action_copy_address(self) -> None:
        """Put the chosen service's address on the clipboard."""
        report = self._look.report if self._look else None
        row = self.table.cursor_row
        if report and 0 <= row < len(report.lines) and report.lines[row].url:
            self.app.copy_to_clipboard(report.lines[row].url)
            self.notify(self.say(message("screens.copied", text=report.lines[row].url)), markup=False)

    def speak(self) -> None:
        """Write the table."""
        report = self._look.report if self._look else None
        rows = [self._cells(line, report.at) for line in report.lines] if report else []
        headings = [self.say(_HEADINGS.get(column) or Message(f"cli.column-{column}")) for column in _COLUMNS]
        self.table.write(headings, rows)
        self._say_age()

    def _cells(self, line: ServiceLine, now: datetime) -> tuple[Content, ...]:
        return (
            Content(line.name),
            service_state(line.status),
            service_state(line.newest) if line.newest else Content(""),
            Content(line.code),
            Content(self._ago((now - line.since).total_seconds()) if line.since else ""),
            Content(line.url),
        )

    def _say_age(self) -> None:
        look = self._look
        if look is None or look.report is None:
            return
        age = (self.app.launch.clock.now() - look.report.at).total_seconds()
        seen = self.say(message("screens.status-seen", ago=self._ago(age)))
        place = f"{look.report.project} · {look.report.environment}"
        trouble = f" · {self.say(look.trouble.what)}" if look.trouble else ""
        self.about.update(f"{place} · {seen}{trouble}")

    def _ago(self, seconds: float) -> str:
        """Say how long ago, in the largest unit that tells something."""
        for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
            if seconds >= size:
                return self.say(message(f"screens.ago-{unit}", count=int(seconds // size)))
        return self.say(message("screens.ago-seconds", count=int(max(seconds, 0))))
