"""Every variable of every service in a table, with the keys that change them; no cell ever holds a value."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from screens.actions import Action, bindings
from screens.checklist.paste import PasteDialog
from screens.checklist.rows import Filter, cells, headings, source
from screens.dialogs.entry import EntryDialog
from screens.page import Page
from screens.runs import Work
from screens.widgets.rows_table import RowsTable
from wizard.errors import WizardError
from wizard.messages import Message, message
from wizard.questions import Problem
from wizard.secrets import Secret

if TYPE_CHECKING:
    from wizard.plan.checklist import Row

T = TypeVar("T")


class ChecklistPage(Page):
    """Reads the checklist when it is shown, and again when something was changed."""

    TITLE_ID = "checklist.title"
    CSS_PATH = "page.tcss"
    AUTO_FOCUS = "DataTable"
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(id="checklist.read", keys="r,f5", call="read", command="railwizard checklist", shown=False),
        Action(id="checklist.filter", keys="f", call="next_filter", command="railwizard checklist"),
        Action(id="checklist.edit", keys="e,f10", call="edit", command="railwizard set SERVICE.NAME"),
        Action(id="checklist.generate", keys="n,f6", call="generate", command="railwizard set SERVICE.NAME --generate"),
        Action(id="checklist.take", keys="t,f7", call="take", shown=False),
        Action(id="checklist.send", keys="s,f8", call="send", command="railwizard deploy --only variables"),
        Action(id="checklist.paste", keys="p,f9", call="paste", command="railwizard import SERVICE FILE", shown=False),
        Action(id="checklist.copy", keys="y", call="copy_name", shown=False),
        Action(
            id="checklist.export", keys="w,f11", call="export", command="railwizard checklist --markdown", shown=False
        ),
    )
    BINDINGS: ClassVar = bindings(ACTIONS)

    table = getters.query_one(RowsTable)
    about = getters.query_one("#about", Static)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._shown: list[Row] = []
        self._filter = Filter.ALL

    def compose_page(self) -> ComposeResult:
        """The table, and what is known of the chosen row."""
        yield RowsTable()
        yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        """Read once; after that only what is changed here, or a key, costs requests."""
        super().on_mount()
        self.read()

    def action_read(self) -> None:
        """Read again."""
        self.read()

    @work(group="checklist", exclusive=True)
    async def read(self) -> None:
        """Read the checklist from plan and platform."""
        self.table.loading = not self._rows
        try:
            self._rows = await self.app.launch.engine.checklist(self.app.asker)
        except WizardError as error:
            self.app.tell(error)
        self.table.loading = False
        self.speak()

    def speak(self) -> None:
        """Write the table."""
        self._shown = [row for row in self._rows if self._filter.fits(row.state.value)]
        self.table.write(headings(self.say), [cells(row, self.say) for row in self._shown])
        self._say_about()

    def _say_about(self) -> None:
        row = self._chosen
        filtered = self.say(message(f"screens.checklist-{self._filter}"))
        counted = self.say(message("screens.checklist-count", shown=len(self._shown), all=len(self._rows)))
        if row is None:
            self.about.update(f"{filtered} · {counted}")
            return
        readers = ", ".join(row.readers) or self.say(message("checklist.nobody"))
        self.about.update(f"{filtered} · {counted}\n{row.service}.{row.name} · {source(row, self.say)} · {readers}")

    @property
    def _chosen(self) -> Row | None:
        place = self.table.cursor_row
        return self._shown[place] if 0 <= place < len(self._shown) else None

    @on(DataTable.RowHighlighted)
    def choose(self, event: DataTable.RowHighlighted) -> None:
        """Say who reads the chosen variable."""
        event.stop()
        self._say_about()

    @on(DataTable.RowSelected)
    def edit_selected(self, event: DataTable.RowSelected) -> None:
        """Enter edits."""
        event.stop()
        self.action_edit()

    def action_next_filter(self) -> None:
        """Show all, what is missing, what differs, or what has no effect."""
        self._filter = self._filter.next()
        self.speak()

    @work(group="edit", exclusive=True)
    async def action_edit(self) -> None:
        """Ask for a new value, say its effect, send it."""
        row = self._chosen
        if row is None:
            return
        prompt = message("phases.ask-variable", service=row.service, name=row.name)
        typed = await self.app.shown(EntryDialog(prompt, self._effect(row), validate=_something, hidden=True))
        if typed:
            await self._change(partial(self.app.launch.engine.set_variable, row.service, row.name, Secret(typed)))

    @work(group="edit", exclusive=True)
    async def action_generate(self) -> None:
        """Generate a new value after a yes to its effect."""
        row = self._chosen
        if row and await self.app.confirmed(self._effect(row), "actions.checklist-generate"):
            await self._change(partial(self.app.launch.engine.set_variable, row.service, row.name, None))

    @work(group="edit", exclusive=True)
    async def action_take(self) -> None:
        """Take what the platform has into the plan after a yes."""
        row = self._chosen
        question = message("screens.checklist-take", name=row.name, service=row.service) if row else None
        if row and question and await self.app.confirmed(question, "actions.checklist-take"):
            await self._told(self.app.launch.engine.take_variable(row.service, row.name, self.app.asker))
            self.read()

    @work(group="edit", exclusive=True)
    async def action_send(self) -> None:
        """Send what the plan says after a yes."""
        if await self.app.confirmed(message("screens.checklist-send"), "actions.checklist-send"):
            await self._change(self.app.launch.engine.send_variables)

    @work(group="edit", exclusive=True)
    async def action_paste(self) -> None:
        """Take a block of `.env` text into the chosen row's service."""
        row = self._chosen
        taken = await self.app.shown(PasteDialog(row.service)) if row else None
        if row and taken:
            await self._change(partial(self.app.launch.engine.import_variables, row.service, taken))

    def action_copy_name(self) -> None:
        """Put the variable's name on the clipboard; never its value."""
        if row := self._chosen:
            self.app.copy_to_clipboard(row.name)
            self.notify(self.say(message("screens.copied", text=row.name)), markup=False)

    @work(group="save", exclusive=True)
    async def action_export(self) -> None:
        """Write the list as Markdown a person can tick off."""
        place = await self._told(self.app.launch.engine.save_checklist(tuple(self._rows), self.app.language))
        if place:
            self.notify(self.say(message("screens.saved", place=place)), markup=False)

    def _effect(self, row: Row) -> Message:
        return self.app.launch.engine.effect(row.service, row.name)

    async def _change(self, change: Work) -> None:
        finished = await self.app.run_now(change)
        if finished is None or finished.exit_code:
            errors = self.app.runs.view.errors
            if errors:
                self.app.tell_event(errors[-1])
        else:
            self.notify(self.say(message("screens.checklist-changed")), markup=False)
        self.read()

    async def _told(self, work: Awaitable[T]) -> T | None:
        try:
            return await work
        except WizardError as error:
            self.app.tell(error)
            return None


def _something(answer: str) -> Problem:
    return None if answer.strip() else message("questions.empty")
