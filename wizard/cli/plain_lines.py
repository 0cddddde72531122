"""What the plain face writes for each event: lines that stay, in the order things happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from rich.text import Text

from wizard.cli.typesetting import Typesetter
from wizard.events import (
    ChangePlanned,
    CheckResult,
    ErrorRaised,
    Event,
    Finding,
    LogLines,
    Note,
    PhaseChanged,
    QuestionAnswered,
    RateBudget,
    RunPaused,
    RunResumed,
    RunStarted,
    ServiceStatus,
    Status,
    StepChanged,
    TargetNamed,
)
from wizard.messages import Message, message
from wizard.report.sections import Row, Say, error_rows
from wizard.report.words import EFFECT, SEVERITY, STATUS, VERDICT, phase_name

_SCARCE = 0.1
"""Part of the rate budget below which it is worth a line."""


@dataclass(slots=True)
class PlainLines:
    """Writes events as lines.

    Attributes:
        every_step: also write what each step begins to wait for: where nothing is redrawn, that is the progress.
        log_lines: write every line of builds and services.
    """

    setter: Typesetter
    every_step: bool
    log_lines: bool = False
    _waits: dict[str, tuple[Status, str]] = field(default_factory=dict)
    _places: tuple[str, ...] = ()
    _statuses: dict[str, str] = field(default_factory=dict)

    def write(self, event: Event) -> None:
        """Write what an event is worth; progress that is only fleeting is worth nothing here."""
        match event:
            case RunStarted() | TargetNamed():
                self._header(event)
            case PhaseChanged():
                self._phase(event)
            case StepChanged():
                self._step(event)
            case CheckResult():
                self.setter.write(self.setter.mark(VERDICT[event.verdict]), self._join(event.title, event.seen))
            case ServiceStatus() | LogLines():
                self._service(event)
            case Finding():
                self._finding(event)
            case ErrorRaised():
                self._error(event)
            case _:
                self._aside(event)

    def _aside(self, event: Event) -> None:
        match event:
            case ChangePlanned(change=change):
                values = f"{change.resource} {change.field}: {change.before or '∅'} → {change.after or '∅'}"
                self.setter.write("    ", self._join(values, EFFECT[change.effect], between=" · "))
            case QuestionAnswered() if event.source != "prompt":
                self._plain(message("progress.answered", id=event.id, source=event.source))
            case RunPaused():
                until = message("progress.until", time=_clock(event.until)) if event.until else ""
                self.setter.write(self.setter.mark(STATUS[Status.PAUSED]), self._join(event.why, until))
            case RunResumed():
                self.setter.write(
                    self.setter.mark(STATUS[Status.RUNNING]), self.setter.say(message("progress.resumed"))
                )
            case Note():
                self._plain(event.text)
            case RateBudget() if event.remaining < event.limit * _SCARCE:
                self._plain(message("progress.budget", remaining=event.remaining, limit=event.limit))

    def _service(self, event: ServiceStatus | LogLines) -> None:
        if isinstance(event, LogLines):
            if self.log_lines:
                self.setter.write_all(f"    {event.source} {event.stream} ", [f"| {line}" for line in event.lines])
        elif self._statuses.get(event.service) != event.status:
            self._statuses[event.service] = event.status
            if self.every_step:
                self._plain(message("progress.service", service=event.service, status=event.status))

    def _header(self, event: RunStarted | TargetNamed) -> None:
        if isinstance(event, RunStarted):
            said = (event.target, event.endpoint, event.tier)
            self.setter.write(Text(f"railwizard {event.command}", style="bold"), f" · {' · '.join(filter(None, said))}")
            ids: tuple[str, ...] = event.ids
        else:
            ids = (event.project_id, event.environment_id)
        places = (event.workspace, event.project, event.environment, ", ".join(filter(None, ids)))
        if any(places) and places != self._places:
            self._places = places
            labels = ("report.workspace", "report.project", "report.environment", "report.ids")
            named = [f"{self.setter.say(Message(i))} {p}" for i, p in zip(labels, places, strict=True) if p]
            self.setter.write("  ", " · ".join(named))
        if isinstance(event, RunStarted) and event.overlay:
            self.setter.write(f"  {self.setter.say(message('report.overlay'))}: ", ", ".join(event.overlay))

    def _phase(self, event: PhaseChanged) -> None:
        name = Text(self.setter.say(phase_name(event.phase)), style="bold")
        parts: list[Say] = []
        if event.seconds is not None:
            parts.append(message("report.seconds", seconds=round(event.seconds, 1)))
        if event.detail:
            parts.append(event.detail)
        body = self._join(*parts, between=" · ")
        self.setter.write(self.setter.mark(STATUS[event.status]), Text.assemble(name, f"  {body}" if body else ""))

    def _step(self, event: StepChanged) -> None:
        waits = self.setter.say(event.waiting_for) if event.waiting_for else ""
        if self._waits.get(event.step) == (event.status, waits):
            return
        self._waits[event.step] = (event.status, waits)
        fleeting = event.status in {Status.RUNNING, Status.WAITING}
        if fleeting and (not self.every_step or not waits):
            return
        body = (
            describe_step(self.setter, event) if fleeting else self._join(step_name(self.setter, event), event.detail)
        )
        self.setter.write(Text.assemble("  ", self.setter.mark(STATUS[event.status])), body)

    def _finding(self, event: Finding) -> None:
        where = f"{event.rule} {event.where}".strip()
        self.setter.write(self.setter.mark(SEVERITY[event.severity]), self._join(where, event.text))
        self.setter.write(" " * 4, self._join(message("report.fix"), event.fix))

    def _error(self, event: ErrorRaised) -> None:
        self.setter.write(self.setter.mark(STATUS[Status.FAILED]), self.setter.say(event.what))
        for row in error_rows(event):
            if row.label != message("report.what"):
                self.row(row)

    def row(self, row: Row, indent: str = "    ") -> None:
        """Write a row of a report: mark, label, what is said, and quoted lines below."""
        mark = self.setter.mark(row.mark) if row.mark else Text()
        texts = [self.setter.say(text) for text in row.texts]
        label = self.setter.say(row.label)
        self.setter.write(Text.assemble(indent, mark), f"{label}: {' · '.join(texts)}" if texts else label)
        for line in row.quoted:
            self.setter.write(f"{indent}  | ", line)

    def _plain(self, text: Message) -> None:
        self.setter.write("    ", self.setter.say(text))

    def _join(self, *parts: Say | None, between: str = ": ") -> str:
        return between.join(said for part in parts if part and (said := self.setter.say(part)))


def step_name(setter: Typesetter, step: StepChanged) -> str:
    """Return phase and resource of a step, once where they are the same."""
    phase = setter.say(phase_name(step.phase))
    return phase if step.resource == step.phase else f"{phase} {setter.say(step.resource)}"


def describe_step(setter: Typesetter, step: StepChanged, now: datetime | None = None) -> str:
    """Say since when or how long a step runs, what is usual, and last, where a line may be cut, what it waits for."""
    waits = setter.say(step.waiting_for) if step.waiting_for else setter.say(message("report.running"))
    parts: list[str] = []
    if step.since and now:
        parts.append(setter.say(message("progress.elapsed", seconds=max(0, int((now - step.since).total_seconds())))))
    elif step.since:
        parts.append(setter.say(message("progress.since", time=_clock(step.since))))
    if step.usual_s is not None:
        parts.append(setter.say(message("progress.usual", seconds=round(step.usual_s))))
    times = f" ({', '.join(parts)})" if parts else ""
    return f"{step_name(setter, step)}{times}: {waits}"


def _clock(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M:%S")
