"""What a run looks like at one moment: one frozen value made from its events, which screens paint and never change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from wizard.events import (
    Change,
    ChangeApplied,
    ChangePlanned,
    CheckResult,
    ErrorRaised,
    Event,
    Finding,
    Note,
    PhaseChanged,
    RateBudget,
    RunFinished,
    RunPaused,
    RunResumed,
    RunStarted,
    ServiceStatus,
    Stamped,
    Status,
    StepChanged,
    TargetNamed,
)
from wizard.messages import Message
from wizard.phases.step import Phase


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One phase as it stands.

    Attributes:
        since: when it began to run; `seconds` is how long it took once it ended.
        steps: newest state of each step, in the order they first moved.
    """

    phase: str
    status: Status = Status.WAITING
    detail: Message | None = None
    since: datetime | None = None
    seconds: float | None = None
    steps: Mapping[str, StepChanged] = field(default_factory=lambda: MappingProxyType({}))
    planned: tuple[Change, ...] = ()
    applied: tuple[Change, ...] = ()
    errors: tuple[ErrorRaised, ...] = ()


def _phases() -> Mapping[str, PhaseView]:
    return MappingProxyType({phase.value: PhaseView(phase.value) for phase in Phase})


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as it stands.

    Attributes:
        run: its id; empty before the first one.
        paused: why it waits for the world, while it does.
        services: newest status of each service and database.
    """

    run: str = ""
    at: datetime | None = None
    started_at: datetime | None = None
    started: RunStarted | None = None
    named: TargetNamed | None = None
    phases: Mapping[str, PhaseView] = field(default_factory=_phases)
    findings: tuple[Finding, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    notes: tuple[Message, ...] = ()
    errors: tuple[ErrorRaised, ...] = ()
    services: Mapping[str, ServiceStatus] = field(default_factory=lambda: MappingProxyType({}))
    budget: RateBudget | None = None
    paused: RunPaused | None = None
    finished: RunFinished | None = None

    @property
    def running(self) -> bool:
        """Whether it began and has not ended."""
        return bool(self.run) and self.finished is None

    def after(self, events: Iterable[Stamped]) -> RunView:
        """Return the view after these events; a run that starts begins a new one."""
        view = self
        for stamped in events:
            view = view._after(stamped)
        return view

    def _after(self, stamped: Stamped) -> RunView:
        event = stamped.event
        if isinstance(event, RunStarted):
            return RunView(run=stamped.run, at=stamped.at, started_at=stamped.at, started=event)
        view = replace(self, run=self.run or stamped.run, at=stamped.at)
        phase = getattr(event, "phase", "")
        if phase in view.phases:
            changed = _phase_after(view.phases[phase], event, stamped.at)
            view = replace(view, phases=MappingProxyType({**view.phases, phase: changed}))
        return _run_after(view, event)


def _phase_after(view: PhaseView, event: Event, at: datetime) -> PhaseView:
    match event:
        case PhaseChanged():
            since = at if event.status is Status.RUNNING and view.since is None else view.since
            return replace(view, status=event.status, detail=event.detail, seconds=event.seconds, since=since)
        case StepChanged():
            return replace(view, steps=MappingProxyType({**view.steps, event.step: event}))
        case ChangePlanned(change=change):
            return replace(view, planned=(*view.planned, change))
        case ChangeApplied(change=change):
            return replace(view, applied=(*view.applied, change))
        case ErrorRaised():
            return replace(view, errors=(*view.errors, event))
    return view


def _run_after(view: RunView, event: Event) -> RunView:
    match event:
        case TargetNamed():
            return replace(view, named=event)
        case ServiceStatus():
            return replace(view, services=MappingProxyType({**view.services, event.service: event}))
        case RateBudget():
            return replace(view, budget=event)
        case RunPaused() | RunResumed():
            return replace(view, paused=event if isinstance(event, RunPaused) else None)
        case RunFinished():
            return replace(view, finished=event, paused=None, checks=event.checks or view.checks)
    return _gathered(view, event)


def _gathered(view: RunView, event: Event) -> RunView:
    match event:
        case Finding():
            return replace(view, findings=(*view.findings, event))
        case CheckResult():
            return replace(view, checks=(*view.checks, event))
        case Note(text=text):
            return replace(view, notes=(*view.notes, text))
        case ErrorRaised():
            return replace(view, errors=(*view.errors, event))
    return view
