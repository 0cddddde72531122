"""The panel of the chosen phase, painted again when the run moves and, for its clocks, every second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from screens.deploy.panel_text import PanelText
from screens.deploy.remedies import Remedy
from screens.run_view import RunView
from screens.spoken import Spoken
from screens.widgets.prose import Prose
from wizard.phases.step import Phase

if TYPE_CHECKING:
    from screens.app import WizardApp


class PhasePanel(VerticalScroll, Spoken):
    """Describes the chosen phase."""

    DEFAULT_CSS = (
        "PhasePanel { height: 1fr; padding: 0 1; scrollbar-gutter: stable; } PhasePanel Prose { height: auto; }"
    )

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self) -> None:
        super().__init__(id="panel")
        self._view = RunView()
        self._phase = next(iter(Phase)).value
        self._remedies: tuple[Remedy, ...] = ()
        self._written = Content("")

    def compose(self) -> ComposeResult:
        """One text: it is selected and scrolled as a whole."""
        yield Prose(id="panel-text")

    def show(self, view: RunView, phase: str, remedies: tuple[Remedy, ...]) -> None:
        """Paint a phase; another one from its beginning."""
        if phase != self._phase:
            self.scroll_home(animate=False)
        self._view, self._phase, self._remedies = view, phase, remedies
        self.speak()

    def speak(self) -> None:
        """Write the panel again."""
        text = PanelText(self._view, self._phase, self._remedies, self.app.say, self.app.launch.clock.now())
        content = text.content()
        if not content.is_same(self._written):  # most events of a run concern another phase
            self._written = content
            self.query_one("#panel-text", Prose).tell(content)
