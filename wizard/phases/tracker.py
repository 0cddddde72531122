"""Turns steps into phases: a phase runs from its first step to its last and ends as its steps ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wizard.events import ErrorRaised, PhaseChanged, PhaseSummary, Status, StepChanged
from wizard.messages import Message, message
from wizard.phases.run import Run
from wizard.phases.step import Outcome, Phase, Step

_WORST_FIRST = (Status.FAILED, Status.SKIPPED, Status.STALE, Status.UNKNOWN, Status.DONE, Status.UNCHANGED)


@dataclass(slots=True)
class Tracker:
    """Reports steps as events and keeps what becomes of each phase."""

    run: Run
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    summaries: dict[Phase, PhaseSummary] = field(default_factory=dict)
    _left: dict[Phase, set[str]] = field(default_factory=dict)
    _ended: dict[Phase, list[Outcome]] = field(default_factory=dict)
    _started: dict[Phase, float] = field(default_factory=dict)
    _since: dict[str, datetime] = field(default_factory=dict)

    def expect(self, steps: Sequence[Step]) -> None:
        """Know the steps that will run, so that a phase's end can be told."""
        for step in steps:
            self._left.setdefault(step.phase, set()).add(step.id)
            self.run.emit(
                StepChanged(step.phase.value, step.id, step.resource, Status.WAITING, _waits_for(step, steps))
            )

    def step(self, step: Step, status: Status, *, waiting_for: Message | None = None) -> None:
        """A step started or waits for something."""
        if step.phase not in self._started:
            self._started[step.phase] = self.run.clock.monotonic()
            self.run.emit(PhaseChanged(step.phase.value, Status.RUNNING))
        since = self.run.clock.now()
        self.run.emit(StepChanged(step.phase.value, step.id, step.resource, status, waiting_for, since, step.usual_s))

    def ended(self, step: Step, outcome: Outcome) -> None:
        """A step ended; the last one ends its phase."""
        self.outcomes[step.id] = outcome
        self.run.emit(StepChanged(step.phase.value, step.id, step.resource, outcome.status, detail=outcome.detail))
        if outcome.error:
            self.run.emit(ErrorRaised.of(outcome.error, step.phase.value, step.id))
        self._ended.setdefault(step.phase, []).append(outcome)
        self._left[step.phase].discard(step.id)
        if not self._left[step.phase]:
            worst = _worst(self._ended[step.phase])
            self.conclude(step.phase, worst.status, worst.detail)

    def conclude(self, phase: Phase, status: Status, detail: Message | None = None) -> None:
        """End a phase."""
        now = self.run.clock.monotonic()
        seconds = now - self._started.get(phase, now)
        detail = detail if status not in {Status.DONE, Status.UNCHANGED} else None
        self.summaries[phase] = PhaseSummary(phase.value, status, round(seconds, 3), detail)
        self.run.emit(PhaseChanged(phase.value, status, detail, round(seconds, 3)))

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Steps that failed, in the order they did."""
        return tuple(outcome for outcome in self.outcomes.values() if outcome.status is Status.FAILED)


def _waits_for(step: Step, steps: Sequence[Step]) -> Message | None:
    names = ", ".join(sorted(step.requires & {other.id for other in steps}))
    return message("phases.after", steps=names) if names else None


def _worst(outcomes: Iterable[Outcome]) -> Outcome:
    return min(outcomes, key=lambda outcome: _WORST_FIRST.index(outcome.status))
