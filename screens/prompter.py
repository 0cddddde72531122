"""The person at the screens as the last link of the chain of answers: each question is a dialog."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from screens.dialogs.choice import ChoiceDialog, MultiChoiceDialog
from screens.dialogs.confirm import ConfirmDialog
from screens.dialogs.entry import EntryDialog
from screens.launch import Answer
from wizard.messages import message
from wizard.questions import Choice, Confirm, MultiChoice, Question, SecretText, Text
from wizard.secrets import Secret

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from screens.app import WizardApp


class ScreenPrompter:
    """Asks by dialogs; leaving one ends the run in order."""

    def __init__(self, app: WizardApp) -> None:
        self._app = app

    async def prompt(self, question: Question) -> Answer:
        """Return what the person answered; raises CancelledError when they left the question."""
        answer = await self._app.shown(_dialog(question))
        if answer is None:
            raise asyncio.CancelledError
        return Secret(answer) if isinstance(question, SecretText) and isinstance(answer, str) else answer


def _dialog(
    question: Question,
) -> ModalScreen[bool | None] | ModalScreen[str | None] | ModalScreen[tuple[str, ...] | None]:
    match question:
        case Confirm():
            return ConfirmDialog(question.prompt, message("screens.yes"), question.help, default=question.default)
        case Choice():
            return ChoiceDialog(question)
        case MultiChoice():
            return MultiChoiceDialog(question)
        case SecretText():
            return EntryDialog(question.prompt, question.help, validate=question.validate, hidden=True)
        case Text():
            return EntryDialog(question.prompt, question.help, validate=question.validate, value=question.default or "")
    raise TypeError(type(question).__name__)
