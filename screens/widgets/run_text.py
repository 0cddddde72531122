"""A run in a few lines: every phase with its state, and what the steps that run now wait for."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from screens.run_view import PhaseView, RunView
from screens.widgets.report_text import Say, marked
from wizard.events import Status
from wizard.messages import message
from wizard.report.words import STATUS, phase_name


def run_text(view: RunView, say: Say) -> Content:
    """Return the run as text."""
    lines = [line for phase in view.phases.values() for line in _phase(phase, say)]
    if view.paused:
        lines.append(marked(STATUS[Status.PAUSED], say) + Content(f" {say(view.paused.why)}"))
    return Content("\n").join(lines)


def _phase(phase: PhaseView, say: Say) -> Iterator[Content]:
    named = phase_name(phase.phase)
    name = named if isinstance(named, str) else say(named)
    took = "" if phase.seconds is None else f" · {say(message('report.seconds', seconds=round(phase.seconds, 1)))}"
    yield marked(STATUS[phase.status], say) + Content(f" {name}{took}")
    for step in phase.steps.values():
        if step.status is Status.RUNNING:
            waits = f": {say(step.waiting_for)}" if step.waiting_for else ""
            yield Content.styled(f"    {step.resource}{waits}", "$text-muted")
