"""A line of text, or a line nobody may look at; what is wrong with it is said below before it can be sent."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from screens.dialogs.dialog import Dialog
from wizard.messages import Message
from wizard.questions import Problem


class EntryDialog(Dialog[str]):
    """Asks for a line."""

    def __init__(
        self,
        prompt: Message,
        detail: Message | None = None,
        *,
        validate: Callable[[str], Problem],
        value: str = "",
        hidden: bool = False,
    ) -> None:
        super().__init__(prompt, detail)
        self._validate = validate
        self._value = value
        self._hidden = hidden

    def compose_answer(self) -> ComposeResult:
        """Offer the line and room for what is wrong with it."""
        yield Input(self._value, password=self._hidden)
        yield Static(classes="dialog-problem", markup=False)

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Take the line, or say what is wrong with it and keep it."""
        event.stop()
        problem = self._validate(event.value)
        if problem is None:
            self.dismiss(event.value)
        else:
            self.query_one(".dialog-problem", Static).update(self.app.say(problem))
