"""What every dialog shares: a frame, a sentence, what it changes, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from wizard.messages import Message

if TYPE_CHECKING:
    from screens.app import WizardApp

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Generic[T]):
    """A question in front of the screen; escape answers None."""

    BINDINGS: ClassVar = [("escape", "dismiss(None)", "")]
    AUTO_FOCUS = "Input, OptionList, SelectionList, Button"

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self, prompt: Message, detail: Message | None = None) -> None:
        super().__init__()
        self.prompt = prompt
        self.detail = detail

    def compose(self) -> ComposeResult:
        """Frame what the dialog asks."""
        with Vertical(classes="dialog"):
            yield Static(self.app.say(self.prompt), classes="dialog-prompt", markup=False)
            if self.detail:
                yield Static(self.app.say(self.detail), classes="dialog-detail", markup=False)
            yield from self.compose_answer()

    def compose_answer(self) -> ComposeResult:
        """Yield what is answered with."""
        yield from ()
