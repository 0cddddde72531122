"""What one phase's panel says: how it stands, how it failed and what helps, what it does, saw and changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content
from textual.style import Style

from screens.deploy.remedies import Remedy
from screens.run_view import PhaseView, RunView
from screens.widgets.report_text import TONES, Say, marked, row_lines
from wizard.events import Change, Result, Severity, Status, StepChanged, Verdict
from wizard.messages import Message, message
from wizard.phases.step import Phase
from wizard.report.sections import Row, error_rows, quoted
from wizard.report.words import EFFECT, SEVERITY, STATUS, VERDICT, phase_name

_FIRST_VERDICTS = (Verdict.FAILED, Verdict.WARNED, Verdict.PASSED, Verdict.NOT_CHECKED)


def key_text(remedy: Remedy, words: str) -> Content:
    """Return a key and what it does; a mouse may press it too."""
    return Content.styled(f"[{remedy.key}] {words}", Style.from_meta({"@click": remedy.call}) + Style(bold=True))


@dataclass(frozen=True, slots=True)
class PanelText:
    """One phase of a run as text.

    Attributes:
        remedies: what can be done by a key; they stand where the run went wrong.
        now: what "so far" is counted to.
    """

    view: RunView
    phase: str
    remedies: tuple[Remedy, ...]
    say: Say
    now: datetime

    def content(self) -> Content:
        """Return the whole panel."""
        phase = self.view.phases[self.phase]
        parts = (self._unplaced(), self._head(phase), self._errors(phase), self._steps(phase))
        return Content("\n").join(line for part in (*parts, self._seen(), self._changes(phase)) for line in part)

    def _unplaced(self) -> Iterator[Content]:
        """Tell what went wrong outside every phase: it kept the run from beginning, or ended it."""
        errors = [error for error in self.view.errors if not error.phase]
        for error in errors:
            yield from self._rows(error_rows(error))
        if errors:
            yield from self._helps()
            yield Content("")

    def _head(self, phase: PhaseView) -> Iterator[Content]:
        mark, named = STATUS[phase.status], phase_name(phase.phase)
        name = named if isinstance(named, str) else self.say(named)
        parts = (name, self.say(mark.word), *self._phase_times(phase))
        yield Content.styled(f"{mark.glyph} {' · '.join(parts)}", f"bold {TONES.get(mark.tone, '')}".strip())
        if phase.errors:
            return  # they say it all, and more of them is in sight
        yield Content.styled(self.say(Message(f"screens.phase-{phase.phase}")), "$text-muted")
        if phase.detail:
            yield Content(self.say(phase.detail))

    def _phase_times(self, phase: PhaseView) -> Iterator[str]:
        if phase.seconds is not None:
            yield self.say(message("report.seconds", seconds=round(phase.seconds, 1)))
        elif phase.status is Status.RUNNING and phase.since:
            yield from self._since(phase.since)

    def _since(self, moment: datetime) -> Iterator[str]:
        yield self.say(message("progress.since", time=f"{moment.astimezone():%H:%M:%S}"))
        yield self.say(message("progress.elapsed", seconds=max(0, int((self.now - moment).total_seconds()))))

    def _errors(self, phase: PhaseView) -> Iterator[Content]:
        for error in phase.errors:
            yield from self._rows(error_rows(error))
        if phase.errors and phase.phase == self.view.failed_phase:
            yield from self._helps()

    def _helps(self) -> Iterator[Content]:
        for remedy in self.remedies:
            yield Content("  ") + key_text(remedy, self.say(remedy.text))

    def _steps(self, phase: PhaseView) -> Iterator[Content]:
        if phase.steps:
            yield from self._title("panel.steps")
        for step in phase.steps.values():
            told = step.waiting_for if step.status in {Status.RUNNING, Status.WAITING} else step.detail
            parts = [self.say(told)] if told else []
            if times := ", ".join(self._step_times(step)):
                parts.append(f"({times})")
            yield (
                Content("  ")
                + marked(STATUS[step.status], self.say)
                + Content(f" {step.resource}{': ' if parts else ''}{' '.join(parts)}")
            )

    def _step_times(self, step: StepChanged) -> Iterator[str]:
        if step.status is not Status.RUNNING:
            return
        if step.since:
            yield from self._since(step.since)
        if step.usual_s is not None:
            yield self.say(message("progress.usual", seconds=round(step.usual_s)))

    def _seen(self) -> Iterator[Content]:
        if self.phase == Phase.PREFLIGHT:
            yield from self._target()
            yield from self._findings()
            yield from self._notes()
        elif self.phase == Phase.VERIFY:
            yield from self._checks()

    def _target(self) -> Iterator[Content]:
        if self.view.started is None:
            return
        yield from self._title("report.target")
        started, named = self.view.started, self.view.named
        place = (named.workspace, named.project, named.environment) if named else ()
        yield Content(f"  {' · '.join(filter(None, (started.target, started.endpoint, started.tier, *place)))}")
        if started.overlay:
            yield Content(f"  {self.say(message('report.overlay'))}: {', '.join(started.overlay)}")

    def _findings(self) -> Iterator[Content]:
        order = list(Severity)
        found = sorted(self.view.findings, key=lambda one: order.index(one.severity))
        if found:
            yield from self._title("report.title-findings")
        for one in found:
            label = " ".join(filter(None, (one.rule, one.where)))
            yield from self._rows([Row(label, (one.text, one.fix), SEVERITY[one.severity])])

    def _notes(self) -> Iterator[Content]:
        if self.view.notes:
            yield from self._title("panel.notes")
        for note in self.view.notes:
            yield Content(f"  {self.say(note)}")

    def _checks(self) -> Iterator[Content]:
        if self.view.checks:
            yield from self._title("report.title-checks")
        for check in sorted(self.view.checks, key=lambda one: _FIRST_VERDICTS.index(one.verdict)):
            optional = () if check.must else (message("report.optional"),)
            fix = (check.fix,) if check.fix else ()
            row = Row(check.title, (check.seen, *optional, *fix), VERDICT[check.verdict], quoted(check.quotes))
            yield from self._rows([row])
        for item in self.view.finished.not_checked if self.view.finished else ():
            yield from self._rows([Row(item.subject, (item.why,), VERDICT[Verdict.NOT_CHECKED])])

    def _changes(self, phase: PhaseView) -> Iterator[Content]:
        if not phase.planned:
            if self._looked_only and self.phase in _ANNOUNCE:
                yield Content(self.say(message("panel.nothing-to-change")))
            return
        made = sum(change in phase.applied for change in phase.planned)
        yield from self._title("panel.changes", made=made, count=len(phase.planned))
        for change in phase.planned:
            yield Content(f"  {'✓' if change in phase.applied else '→'} {self._change(change)}")

    @property
    def _looked_only(self) -> bool:
        finished = self.view.finished
        looked = self.view.started is not None and self.view.started.command == "plan"
        return looked and finished is not None and finished.result in {Result.PLANNED, Result.UNCHANGED}

    def _change(self, change: Change) -> str:
        told = f"{change.resource} {change.field}: {change.before or '∅'} → {change.after or '∅'}"
        return f"{told} · {self.say(EFFECT[change.effect])}"

    def _title(self, id_: str, **params: int) -> Iterator[Content]:
        yield Content("")
        yield Content.styled(self.say(message(id_, **params)), "bold $text-primary")

    def _rows(self, rows: Iterable[Row]) -> Iterator[Content]:
        for row in rows:
            yield from row_lines(row, self.say)


_ANNOUNCE = {Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY}
"""The phases that tell beforehand what they would change; the others look at what these left."""
