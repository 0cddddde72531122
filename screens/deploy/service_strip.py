"""Below the rail: what each service and database said last, and what is left of the rate budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import getters
from textual.content import Content
from textual.widgets import Static

from screens.run_view import RunView
from screens.spoken import Spoken
from screens.widgets.service_state import service_state
from wizard.messages import message

if TYPE_CHECKING:
    from screens.app import WizardApp


class ServiceStrip(Static, Spoken):
    """As high as it has lines; nothing before the first service spoke."""

    DEFAULT_CSS = "ServiceStrip { height: auto; max-height: 10; padding: 0 1; border-top: solid $panel; }"

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self) -> None:
        super().__init__(id="services", markup=False)
        self._view = RunView()

    def show(self, view: RunView) -> None:
        """Paint the services of a run."""
        if view.services is not self._view.services or view.budget is not self._view.budget:
            self._view = view
            self.speak()

    def speak(self) -> None:
        """Write the lines again."""
        lines = list(self._lines())
        self.display = bool(lines)
        self.update(Content("\n").join(lines))

    def _lines(self) -> Iterator[Content]:
        for service in self._view.services.values():
            yield service_state(service.status) + Content(f" {service.service}")
        if budget := self._view.budget:
            told = message("progress.budget", remaining=budget.remaining, limit=budget.limit)
            yield Content.styled(self.app.say(told), "$text-muted")
