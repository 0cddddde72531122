"""What a run left behind, gathered from its events: the common ground of every report and of the closing summary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from wizard.events import (
    Change,
    ChangeApplied,
    ChangePlanned,
    CheckResult,
    ErrorRaised,
    Event,
    Finding,
    Note,
    RunFinished,
    RunStarted,
    Stamped,
    TargetNamed,
)


@dataclass(slots=True)
class RunRecord:
    """The lasting facts of one run; progress and log lines are not kept.

    Attributes:
        started_at: time of the first event.
        checks: as they came; the finished event's own list is complete and wins.
    """

    run: str = ""
    started_at: datetime | None = None
    started: RunStarted | None = None
    named: TargetNamed | None = None
    findings: list[Finding] = field(default_factory=list)
    planned: list[Change] = field(default_factory=list)
    applied: list[Change] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    errors: list[ErrorRaised] = field(default_factory=list)
    finished: RunFinished | None = None
    _checks: list[CheckResult] = field(default_factory=list)

    @classmethod
    def of(cls, events: Iterable[Stamped]) -> RunRecord:
        """Gather a whole stream."""
        record = cls()
        for stamped in events:
            record.add(stamped)
        return record

    def add(self, stamped: Stamped) -> None:
        """Take one event in."""
        if self.started_at is None:
            self.run, self.started_at = stamped.run, stamped.at
        self._once(stamped.event)
        self._many(stamped.event)

    def _once(self, event: Event) -> None:
        match event:
            case RunStarted():
                self.started = event
            case TargetNamed():
                self.named = event
            case RunFinished():
                self.finished = event

    def _many(self, event: Event) -> None:
        match event:
            case ErrorRaised():
                self.errors.append(event)
            case Finding():
                self.findings.append(event)
            case CheckResult():
                self._checks.append(event)
            case Note():
                self.notes.append(event)
            case ChangePlanned(change=change):
                self.planned.append(change)
            case ChangeApplied(change=change):
                self.applied.append(change)

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """Every check with what it saw."""
        return self.finished.checks if self.finished and self.finished.checks else tuple(self._checks)

    @property
    def place(self) -> tuple[str, str, str]:
        """Workspace, project and environment as far as they became known."""
        if self.named:
            return self.named.workspace, self.named.project, self.named.environment
        if self.started:
            return self.started.workspace, self.started.project, self.started.environment
        return "", "", ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The platform's ids of project and environment, as far as they became known."""
        if self.named:
            return tuple(filter(None, (self.named.project_id, self.named.environment_id)))
        return self.started.ids if self.started else ()
