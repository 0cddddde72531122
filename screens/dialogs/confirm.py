"""Yes or no; the harmless answer has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Button

from screens.dialogs.dialog import Dialog
from screens.hangul import with_twins
from wizard.messages import Message, message


class ConfirmDialog(Dialog[bool]):
    """Asks for a yes."""

    BINDINGS: ClassVar = [
        Binding(with_twins("y"), "dismiss(True)", show=False),
        Binding(with_twins("n"), "dismiss(False)", show=False),
    ]

    def __init__(self, prompt: Message, yes: Message, detail: Message | None = None, *, default: bool = False) -> None:
        super().__init__(prompt, detail)
        self._yes = yes
        self._default = default

    def compose_answer(self) -> ComposeResult:
        """Offer both."""
        with Horizontal(classes="dialog-buttons"):
            yield Button(f"{self.app.say(self._yes)} (y)", id="yes", variant="primary" if self._default else "default")
            yield Button(f"{self.app.say(message('screens.no'))} (n)", id="no")

    def on_mount(self) -> None:
        """Give the focus to the answer that is taken by Enter."""
        self.query_one("#yes" if self._default else "#no").focus()

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Take a button's answer."""
        event.stop()
        self.dismiss(event.button.id == "yes")
