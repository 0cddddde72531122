"""One of several, or any of several, each with its consequence."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, OptionList, SelectionList
from textual.widgets.option_list import Option as ListOption
from textual.widgets.selection_list import Selection

from screens.dialogs.dialog import Dialog
from wizard.messages import message
from wizard.questions import Choice, MultiChoice


class ChoiceDialog(Dialog[str]):
    """One of several."""

    def __init__(self, question: Choice) -> None:
        super().__init__(question.prompt, question.help)
        self._question = question

    def compose_answer(self) -> ComposeResult:
        """List the options, the default one highlighted."""
        values = [option.value for option in self._question.options]
        options = [
            ListOption(Content(self.app.say(one.label)), id=str(i)) for i, one in enumerate(self._question.options)
        ]
        choices = OptionList(*options, markup=False)
        choices.highlighted = values.index(self._question.default) if self._question.default in values else 0
        yield choices

    @on(OptionList.OptionSelected)
    def answer(self, event: OptionList.OptionSelected) -> None:
        """Take the option."""
        event.stop()
        self.dismiss(self._question.options[event.option_index].value)


class MultiChoiceDialog(Dialog[tuple[str, ...]]):
    """Any of several."""

    def __init__(self, question: MultiChoice) -> None:
        super().__init__(question.prompt, question.help)
        self._question = question

    def compose_answer(self) -> ComposeResult:
        """List the options, the default ones ticked."""
        yield SelectionList[str](
            *(
                Selection(Content(self.app.say(one.label)), one.value, one.value in self._question.default)
                for one in self._question.options
            )
        )
        yield Button(self.app.say(message("screens.take-these")), variant="primary")

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Take what is ticked."""
        event.stop()
        ticked = set(self.query_one(SelectionList).selected)
        self.dismiss(tuple(one.value for one in self._question.options if one.value in ticked))
