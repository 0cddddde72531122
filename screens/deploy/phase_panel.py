"""One phase's panel: what it will change, what it does, since when, what is usual, and how it failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from screens.run_view import PhaseView, RunView
from screens.spoken import Spoken
from screens.widgets.prose import Prose
from wizard.events import Change, ErrorRaised, Status, StepChanged
from wizard.messages import Message, message
from wizard.phases.step import Phase
from wizard.report.words import EFFECT, STATUS, phase_name

if TYPE_CHECKING:
    from screens.app import WizardApp

_TONES = {"good": "$text-success", "bad": "$text-error", "warning": "$text-warning", "active": "$text-accent"}


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

    def compose(self) -> ComposeResult:
        """One text: it is selected and scrolled as a whole."""
        yield Prose(id="panel-text")

    def show(self, view: RunView, phase: str) -> None:
        """Paint a phase."""
        self._view, self._phase = view, phase
        self.speak()

    def speak(self) -> None:
        """Write the panel again."""
        phase = self._view.phases[self._phase]
        lines = [*self._head(phase), *self._steps(phase), *self._changes(phase), *self._errors(phase)]
        self.query_one("#panel-text", Prose).tell(Content("\n").join(lines))

    def _say(self, text: Message | str) -> str:
        return text if isinstance(text, str) else self.app.say(text)

    def _head(self, phase: PhaseView) -> Iterator[Content]:
        mark = STATUS[phase.status]
        named = f"{mark.glyph} {self._say(phase_name(phase.phase))} · {self._say(mark.word)}"
        seconds = (
            ""
            if phase.seconds is None
            else f" · {self._say(message('report.seconds', seconds=round(phase.seconds, 1)))}"
        )
        yield Content.styled(named + seconds, f"bold {_TONES.get(mark.tone, '')}".strip())
        yield Content(self._say(Message(f"screens.phase-{phase.phase}")))
        if phase.detail:
            yield Content(self._say(phase.detail))

    def _steps(self, phase: PhaseView) -> Iterator[Content]:
        for step in phase.steps.values():
            mark = STATUS[step.status]
            detail = step.waiting_for if step.status is Status.RUNNING else step.detail
            told = " · ".join(filter(None, (self._say(detail) if detail else "", self._times(step))))
            yield Content.styled(
                f"  {mark.glyph} {step.resource} ({self._say(mark.word)})", _TONES.get(mark.tone, "")
            ) + (Content(f"  {told}") if told else Content(""))

    def _times(self, step: StepChanged) -> str:
        if step.status is not Status.RUNNING:
            return ""
        since = message("progress.since", time=_local(step.since)) if step.since else None
        usual = message("progress.usual", seconds=round(step.usual_s)) if step.usual_s is not None else None
        return ", ".join(self._say(one) for one in (since, usual) if one)

    def _changes(self, phase: PhaseView) -> Iterator[Content]:
        done = set(phase.applied)
        for change in phase.planned:
            yield Content(f"  {'✓' if change in done else '→'} {self._change(change)}")

    def _change(self, change: Change) -> str:
        told = f"{change.resource} {change.field}: {change.before or '∅'} → {change.after or '∅'}"
        return f"{told} · {self._say(EFFECT[change.effect])}"

    def _errors(self, phase: PhaseView) -> Iterator[Content]:
        for error in phase.errors:
            yield Content("")
            yield Content.styled(f"✗ {self._say(error.what)}", "bold $text-error")
            yield from self._explained(error)

    def _explained(self, error: ErrorRaised) -> Iterator[Content]:
        yield Content(f"  {self._say(message('report.why'))}: {self._say(error.why)}")
        for line in error.lines:
            yield Content.styled(f"    │ {line}", "$text-muted")
        for fix in (error.fix, *error.more):
            yield Content(f"  {self._say(message('report.fix'))}: {self._say(fix)}")


def _local(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M:%S")
