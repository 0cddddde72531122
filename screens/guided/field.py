"""One question of a form: what is asked, what the answer changes, where to answer, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from screens.spoken import Spoken
from screens.widgets.choice_list import ChoiceList
from wizard.messages import Message, message
from wizard.questions import Choice, Confirm, MultiChoice, Question, SecretText, Text
from wizard.secrets import Secret

if TYPE_CHECKING:
    from screens.app import WizardApp

Answer = str | bool | tuple[str, ...] | Secret


class FormField(Vertical, Spoken):
    """Asks one question in place."""

    DEFAULT_CSS = """
    FormField { height: auto; margin-bottom: 1; }
    FormField .field-help { color: $text-muted; height: auto; }
    FormField .field-prompt { height: auto; text-style: bold; }
    FormField .field-problem { color: $text-error; height: auto; display: none; }
    FormField SelectionList { height: auto; max-height: 8; border: none; }
    FormField Input { border: none; height: 1; padding: 0 1; background: $panel; }
    FormField Input:focus { border: none; background: $primary 30%; }
    """

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self._widget = _widget(question)

    def compose(self) -> ComposeResult:
        """The prompt, the consequence, the widget, room for a problem."""
        yield Static(classes="field-prompt", markup=False)
        yield Static(classes="field-help", markup=False)
        yield self._widget
        yield Static(classes="field-problem", markup=False)

    def on_mount(self) -> None:
        """Say it for the first time."""
        self.speak()

    def speak(self) -> None:
        """Write prompt, consequence and options."""
        self.query_one(".field-prompt", Static).update(self.app.say(self.question.prompt))
        help_ = self.query_one(".field-help", Static)
        help_.display = self.question.help is not None
        if self.question.help:
            help_.update(self.app.say(self.question.help))
        if isinstance(self._widget, ChoiceList):
            self._widget.name_options([self.app.say(label) for label in self._labels()])

    def _labels(self) -> list[Message]:
        if isinstance(self.question, Choice):
            return [option.label for option in self.question.options]
        return [message("screens.yes"), message("screens.no")]

    def answer(self) -> Answer:
        """Return what was answered."""
        match self._widget:
            case ChoiceList():
                return self._chosen(self._widget.chosen)
            case SelectionList():
                return tuple(self._widget.selected)
            case Input():
                text = self._widget.value
                return Secret(text) if isinstance(self.question, SecretText) else text
        raise TypeError(type(self._widget).__name__)

    def _chosen(self, index: int) -> str | bool:
        return self.question.options[index].value if isinstance(self.question, Choice) else index == 0

    def problem(self) -> Message | None:
        """Say what is wrong below the widget, and return it."""
        found = None
        if isinstance(self._widget, Input) and isinstance(self.question, Text | SecretText):
            found = self.question.validate(self._widget.value)
        below = self.query_one(".field-problem", Static)
        below.display = found is not None
        below.update(self.app.say(found) if found else "")
        return found

    def take_focus(self) -> None:
        """Let a person answer here."""
        self._widget.focus()


def _widget(question: Question) -> Widget:
    match question:
        case Confirm():
            return ChoiceList(2, 0 if question.default else 1)
        case Choice():
            values = [one.value for one in question.options]
            return ChoiceList(len(values), values.index(question.default) if question.default in values else 0)
        case MultiChoice():
            ticked = (Selection(one.value, one.value, one.value in question.default) for one in question.options)
            return SelectionList[str](*ticked)
        case SecretText():
            return Input(password=True)
        case Text():
            return Input(question.default or "")
    raise TypeError(type(question).__name__)
