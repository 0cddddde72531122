"""Mends what kept a run from going on: a value, a credential; and shows the log that tells the cause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from screens.dialogs.confirm import ConfirmDialog
from screens.dialogs.entry import EntryDialog
from screens.logs.lines import LogFilter
from wizard.errors import WizardError
from wizard.messages import Message, message
from wizard.questions import Problem
from wizard.secrets import Secret

if TYPE_CHECKING:
    from screens.app import WizardApp


@dataclass(frozen=True, slots=True)
class Mending:
    """Asks a person and lets the engine do it."""

    app: WizardApp

    async def edit(self, service: str, names: tuple[str, ...]) -> bool:
        """Ask for new values and send them; tell whether they were taken."""
        values: dict[str, Secret] = {}
        for name in names:
            prompt = message("phases.ask-variable", service=service, name=name)
            typed = await self._typed(prompt, self.app.launch.engine.effect(service, name))
            if not typed:
                return False
            values[name] = Secret(typed)
        finished = await self.app.run_now(partial(self.app.launch.engine.import_variables, service, values))
        return finished is not None and finished.exit_code == 0

    async def sign_in(self) -> bool:
        """Ask for a token and whether to keep it; tell whether it works."""
        typed = await self._typed(message("cli.ask-token"), message("cli.ask-token-help"))
        if not typed:
            return False
        asked = ConfirmDialog(message("setup.ask-keep"), message("screens.yes"), message("panel.keep-help"))
        keep = await self.app.shown(asked)
        if keep is None:
            return False
        try:
            name = await self.app.launch.engine.sign_in(Secret(typed.strip()), keep=keep)
        except WizardError as error:
            self.app.tell(error)
            return False
        self.app.notify(self.app.say(message("panel.signed-in", name=name)), markup=False)
        return True

    async def open_log(self, service: str, stream: str) -> None:
        """Show the log of a service: the stream that tells the cause where it is known."""
        from screens.logs.page import LogPage  # noqa: PLC0415 - each place is loaded when it is first shown

        own = [source for source in self.app.log_store.sources if source.startswith(f"{service} ")]
        named = f"{service} {stream}"
        await self.app.switch_mode("logs")
        if isinstance(self.app.screen, LogPage):
            self.app.screen.narrow(LogFilter(source=named if named in own else own[-1] if own else ""))

    async def _typed(self, prompt: Message, detail: Message) -> str | None:
        typed: str | None = await self.app.shown(EntryDialog(prompt, detail, validate=_something, hidden=True))
        return typed


def _something(answer: str) -> Problem:
    return None if answer.strip() else message("questions.empty")
