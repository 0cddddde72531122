"""A block of `.env` text: pasted, judged line by line, and taken as far as it may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from screens.dialogs.dialog import Dialog
from screens.widgets.report_text import TONES
from wizard.errors import WizardError
from wizard.messages import message
from wizard.secrets import Secret


class PasteDialog(Dialog[Mapping[str, Secret]]):
    """Asks for the block; the lines that would be taken are shown by name before they are."""

    BINDINGS: ClassVar = [Binding("ctrl+n,f10", "take", "", show=False)]
    AUTO_FOCUS = "TextArea"

    def __init__(self, service: str) -> None:
        super().__init__(message("screens.paste-into", service=service), message("screens.paste-help"))
        self._service = service
        self._taken: dict[str, Secret] = {}

    def compose_answer(self) -> ComposeResult:
        """Room for the block, for what becomes of each line, and the two answers."""
        yield TextArea(soft_wrap=False, id="block")
        yield Static(id="judged", markup=False)
        with Horizontal(classes="dialog-buttons"):
            yield Button(f"{self.app.say(message('screens.paste-take'))} (^n)", id="take", variant="primary")
            yield Button(f"{self.app.say(message('screens.no'))} (esc)", id="leave")

    @on(TextArea.Changed)
    def judge(self, event: TextArea.Changed) -> None:
        """Say of each line whether it will be taken, and if not why."""
        event.stop()
        try:
            lines = self.app.launch.engine.judge_pasted(self._service, event.text_area.text)
        except WizardError as error:
            self.query_one("#judged", Static).update(self.app.say(error.what))
            return
        self._taken = {line.name: line.value for line, why in lines if why.id == "edits.taken"}
        told = [
            Content.styled(
                f"{'✓' if why.id == 'edits.taken' else '–'} {line.name}: ",
                TONES["good" if why.id == "edits.taken" else "warning"],
            )
            + Content(self.app.say(why))
            for line, why in lines
        ]
        self.query_one("#judged", Static).update(Content("\n").join(told))

    def action_take(self) -> None:
        """Take what may be taken."""
        self.dismiss(self._taken or None)

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Take a button's answer."""
        event.stop()
        self.dismiss((self._taken or None) if event.button.id == "take" else None)
