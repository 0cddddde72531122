"""The phases as a list to choose from: every state has a glyph and a word, never colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import getters
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.run_view import PhaseView, RunView
from screens.spoken import Spoken
from wizard.phases.step import Phase
from wizard.report.words import STATUS, phase_name

if TYPE_CHECKING:
    from screens.app import WizardApp


class PhaseRail(OptionList, Spoken):
    """Shows where each phase stands; choosing one shows its panel."""

    DEFAULT_CSS = "PhaseRail { width: 30; height: 1fr; border: none; }"

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self) -> None:
        super().__init__(*(Option(phase.value, id=phase.value) for phase in Phase), id="rail", markup=False)
        self._view = RunView()

    @property
    def chosen(self) -> str:
        """The highlighted phase."""
        return list(Phase)[self.highlighted or 0].value

    def show(self, view: RunView) -> None:
        """Paint the phases that moved."""
        before, self._view = self._view, view
        for name, phase in view.phases.items():
            if before.phases[name] is not phase:
                self.replace_option_prompt(name, self._label(phase))

    def speak(self) -> None:
        """Name every phase again."""
        for name, phase in self._view.phases.items():
            self.replace_option_prompt(name, self._label(phase))

    def _label(self, phase: PhaseView) -> Content:
        mark, name = STATUS[phase.status], phase_name(phase.phase)
        named = name if isinstance(name, str) else self.app.say(name)
        return Content(f"{mark.glyph} {named} ({self.app.say(mark.word)})")
