"""The line on top of every screen: where this is, and above all whether it is production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.content import Content
from textual.widgets import Static

from screens.run_view import RunView
from screens.spoken import Spoken
from wizard.messages import Message, message

if TYPE_CHECKING:
    from screens.app import WizardApp


class TargetBar(Static, Spoken):
    """Names page, target, endpoint, project and environment; production and a rehearsal look different."""

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self, title: str) -> None:
        super().__init__(markup=False)
        self._title = title

    def on_mount(self) -> None:
        """Follow the run."""
        self.app.run_changed.subscribe(self, self.show)

    def show(self, view: RunView) -> None:
        """Name what the run works in."""
        del view
        self.speak()

    def speak(self) -> None:
        """Write the line again."""
        target = self.app.target
        self.set_classes(f"-{target.kind}")
        parts = [self.app.say(Message(self._title)), self.app.say(message(f"screens.target-{target.kind}"))]
        parts += [part for part in (target.endpoint, target.project, target.environment) if part]
        self.update(Content(" railwizard · " + " · ".join(parts)))
