"""What a run is doing right now, folded from its events: the state both live region and heartbeat are drawn from."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from wizard.events import (
    LogLines,
    PhaseChanged,
    RateBudget,
    RunFinished,
    RunPaused,
    RunResumed,
    ServiceStatus,
    Stamped,
    Status,
    StepChanged,
)

TAIL_LINES = 4
"""Lines of a running step that stay visible."""


@dataclass(slots=True)
class Progress:
    """The present of one run.

    Attributes:
        phases: the last word on each phase, in the order they began.
        running: steps that run or wait, by id.
        tails: the last log lines of each source.
        latest: the source that spoke last.
    """

    phases: dict[str, PhaseChanged] = field(default_factory=dict)
    running: dict[str, StepChanged] = field(default_factory=dict)
    services: dict[str, ServiceStatus] = field(default_factory=dict)
    tails: dict[str, deque[str]] = field(default_factory=dict)
    latest: str = ""
    budget: RateBudget | None = None
    paused: RunPaused | None = None
    over: bool = False

    def add(self, stamped: Stamped) -> None:
        """Take one event in."""
        match stamped.event:
            case LogLines(source=source, lines=lines):
                self.tails.setdefault(source, deque(maxlen=TAIL_LINES)).extend(lines[-TAIL_LINES:])
                self.latest = source
            case StepChanged() as step:
                self._step(step)
            case PhaseChanged() as phase:
                self.phases[phase.phase] = phase
            case ServiceStatus() as service:
                self.services[service.service] = service
            case RateBudget() as budget:
                self.budget = budget
            case RunPaused() | RunResumed() | RunFinished() as event:
                self.paused = event if isinstance(event, RunPaused) else None
                self.over = isinstance(event, RunFinished)

    def tail(self) -> tuple[str, tuple[str, ...]]:
        """Return the source to show and its last lines: a running step's that spoke last, else whoever did."""
        source = self.latest
        return source, tuple(self.tails.get(source, ()))

    def last_line(self, resource: str) -> str:
        """Return the last thing a resource said, empty where it is silent."""
        lines = self.tails.get(resource)
        return lines[-1] if lines else ""

    def _step(self, step: StepChanged) -> None:
        if step.status in {Status.RUNNING, Status.WAITING, Status.PAUSED}:
            self.running[step.step] = step
        else:
            self.running.pop(step.step, None)
            self.tails.pop(step.resource, None)
