"""What a run looks like at one moment: one frozen value made from its events, which screens paint and never change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from wizard.errors import ExitCode, WizardError
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
from wizard.messages import Message, message
from wizard.phases.step import Phase

_GOING_ON = frozenset({Status.RUNNING, Status.PAUSED})


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
        kept_from: exit code of the error that kept it from beginning; None where it began.
        past: it is read from what is kept; nothing of it goes on.
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
    kept_from: int | None = None
    past: bool = False

    @property
    def running(self) -> bool:
        """Whether it began and has not ended."""
        return bool(self.run) and self.finished is None and self.kept_from is None and not self.past

    @property
    def exit_code(self) -> int | None:
        """How it ended, as a shell is told; None while it has not."""
        return self.finished.exit_code if self.finished else self.kept_from

    @property
    def failed_phase(self) -> str:
        """The first phase that failed; empty where none did."""
        return next((name for name, phase in self.phases.items() if phase.status is Status.FAILED), "")

    @property
    def running_phase(self) -> str:
        """The first phase that runs; empty where none does."""
        return next((name for name, phase in self.phases.items() if phase.status is Status.RUNNING), "")

    @classmethod
    def of_the_past(cls, events: Iterable[Stamped]) -> RunView:
        """Return a run that is over, also where nobody wrote down how it ended."""
        view = replace(cls().after(events), past=True)
        return view if view.finished else view.left()

    def kept_from_beginning(self, error: WizardError) -> RunView:
        """Return what is known of a run that an error kept from beginning; where it was named, it stays named."""
        view = self if self.running else RunView()
        return replace(view, errors=(ErrorRaised.of(error),), kept_from=int(error.exit_code))

    def interrupted(self) -> RunView:
        """Return the run as it is once a person stopped it, also where it ended without a word."""
        return replace(self.left(), kept_from=int(ExitCode.INTERRUPTED)) if self.running else self

    def left(self) -> RunView:
        """Return the run with nothing running in it any more: it was interrupted."""
        phases = {name: _phase_left(phase) for name, phase in self.phases.items()}
        return replace(self, phases=MappingProxyType(phases), paused=None)

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


def _phase_left(view: PhaseView) -> PhaseView:
    """Return a phase of a run that ended: what still ran was interrupted."""
    if view.status not in _GOING_ON:
        return view
    steps = {
        name: replace(step, status=Status.UNKNOWN, waiting_for=None) if step.status in _GOING_ON else step
        for name, step in view.steps.items()
    }
    return replace(view, status=Status.UNKNOWN, detail=message("panel.interrupted"), steps=MappingProxyType(steps))


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
            return replace(view, finished=event, checks=event.checks or view.checks).left()
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
