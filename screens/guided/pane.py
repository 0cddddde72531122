"""What a step shows: its words, its form, and its run while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from screens.guided.field import Answer, FormField
from screens.run_view import RunView
from screens.spoken import Spoken
from screens.widgets.prose import Prose
from screens.widgets.report_text import TONES, section_lines
from screens.widgets.run_text import run_text
from wizard.errors import WizardError
from wizard.messages import Message, message
from wizard.report.sections import Section
from wizard.setup.view import StepView

if TYPE_CHECKING:
    from screens.app import WizardApp


class StepPane(VerticalScroll, Spoken):
    """Shows one step at a time."""

    DEFAULT_CSS = """
    StepPane { padding: 0 2; width: 1fr; scrollbar-gutter: stable; }
    StepPane > Prose { height: auto; margin-bottom: 1; }
    StepPane #step-text { margin-bottom: 0; }
    StepPane #form { height: auto; }
    """

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self) -> None:
        super().__init__()
        self._step = ""
        self._sections: tuple[Section, ...] = ()
        self._error: WizardError | None = None
        self._run: RunView | None = None

    def compose(self) -> ComposeResult:
        """Words, form, run, and what went wrong."""
        yield Prose(id="step-text")
        yield Vertical(id="form")
        yield Prose(id="step-run")
        yield Prose(id="step-error")

    async def show(self, step: str, view: StepView) -> None:
        """Show a step from its beginning."""
        self._step, self._sections, self._error, self._run = step, view.sections, None, None
        form = self.query_one("#form", Vertical)
        await form.remove_children()
        fields = [FormField(question) for question in view.questions]
        await form.mount_all(fields)
        self.speak()
        self.scroll_home(animate=False)
        if fields:
            fields[0].take_focus()
        else:
            self.focus()

    def show_run(self, run: RunView | None) -> None:
        """Show a run as it goes on; None when it ended."""
        self._run = run
        self._error = None
        self.speak()

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Show what a run left."""
        self._sections = sections
        self.speak()
        self.scroll_home(animate=False)

    def show_error(self, error: WizardError | None) -> None:
        """Show what went wrong, why, and what to do."""
        self._error = error
        self.speak()
        if error:
            self.call_after_refresh(self.query_one("#step-error").scroll_visible, animate=False)

    def answers(self) -> dict[str, Answer] | None:
        """Return the answers; None, with what is wrong said beside it, where one does not do."""
        fields = list(self.query(FormField))
        wrong = [field for field in fields if field.problem()]
        if wrong:
            wrong[0].take_focus()
            return None
        return {field.question.id: field.answer() for field in fields}

    def speak(self) -> None:
        """Write the words again."""
        if not self._step:
            return
        say = self.app.say
        head = [
            Content.styled(say(Message(f"setup.{self._step}")), "bold $text-primary"),
            Content.styled(say(Message(f"setup.{self._step}-intro")), "$text-muted"),
            Content(""),
        ]
        lines = [] if self._run else [line for one in self._sections for line in section_lines(one, say)]
        self.query_one("#step-text", Prose).tell(Content("\n").join([*head, *lines]))
        run = self.query_one("#step-run", Prose)
        run.display = self._run is not None
        if self._run:
            run.tell(run_text(self._run, say))
        self._say_error()

    def _say_error(self) -> None:
        shown = self.query_one("#step-error", Prose)
        shown.display = self._error is not None
        if error := self._error:
            say = self.app.say
            lines = [
                Content.styled(f"✗ {say(error.what)}", f"bold {TONES['bad']}"),
                Content(f"  {say(message('report.why'))}: {say(error.why)}"),
                *(Content.styled(f"    │ {line}", "$text-muted") for line in error.lines),
                Content(f"  {say(message('report.fix'))}: {say(error.fix)}"),
            ]
            shown.tell(Content("\n").join(lines))
