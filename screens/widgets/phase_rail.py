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
    """Shows where each phase stands; choosing one shows its panel.

    Attributes:
        follows: the phase that runs, or failed, is chosen by itself until a person chooses one.
    """

    DEFAULT_CSS = "PhaseRail, PhaseRail:focus { width: 30; height: 1fr; border: none; }"

    if TYPE_CHECKING:
        app = getters.app(WizardApp)

    def __init__(self) -> None:
        super().__init__(*(Option(phase.value, id=phase.value) for phase in Phase), id="rail", markup=False)
        self._view = RunView()
        self._sent = ""
        self.follows = True

    @property
    def chosen(self) -> str:
        """The highlighted phase."""
        return list(Phase)[self.highlighted or 0].value

    def show(self, view: RunView) -> None:
        """Paint the phases that moved, and go where the run is."""
        before, self._view = self._view, view
        for name, phase in view.phases.items():
            if before.phases[name] is not phase:
                self.replace_option_prompt(name, self._label(phase))
        if view.run != before.run:
            self.follows = True
        if self.follows and (place := view.failed_phase or view.running_phase):
            self.go(place)

    def go(self, phase: str) -> None:
        """Choose a phase for the person."""
        if phase != self.chosen:
            self._sent = phase
            self.highlighted = self.get_option_index(phase)

    def moved(self, phase: str) -> None:
        """Take note of a phase that was chosen: by the run, or by a person who from now on leads."""
        if phase == self._sent:
            self._sent = ""
        elif self._view.running:
            self.follows = False

    def speak(self) -> None:
        """Name every phase again."""
        for name, phase in self._view.phases.items():
            self.replace_option_prompt(name, self._label(phase))

    def _label(self, phase: PhaseView) -> Content:
        mark, name = STATUS[phase.status], phase_name(phase.phase)
        named = name if isinstance(name, str) else self.app.say(name)
        left = len(phase.planned) - len(phase.applied)
        pending = f" →{left}" if left > 0 else ""
        return Content(f"{mark.glyph} {named} ({self.app.say(mark.word)}){pending}")
