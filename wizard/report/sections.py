"""The report's content without any markup: titled sections of rows that Markdown and the terminal draw alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wizard.events import Change, ErrorRaised, Result, RunFinished, Status
from wizard.messages import Message, message
from wizard.report.record import RunRecord
from wizard.report.words import EFFECT, RESULT, SEVERITY, STATUS, VERDICT, Mark, phase_name
from wizard.text import Quote

Say = Message | str
"""A sentence of the catalogue, or text that is the same in every language."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a state, what it is about, what is said of it, and lines quoted from outside."""

    label: Say
    texts: tuple[Say, ...] = ()
    mark: Mark | None = None
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title; an empty section is left out."""

    title: Message
    rows: tuple[Row, ...]


def sections(record: RunRecord) -> tuple[Section, ...]:
    """Return everything a reader of a finished run wants, most important first."""
    finished = record.finished
    candidates = [
        Section(message("report.title-result"), tuple(_result(record))),
        Section(message("report.title-error"), tuple(row for error in record.errors for row in error_rows(error))),
        Section(message("report.title-findings"), tuple(_findings(record))),
        Section(message("report.title-phases"), tuple(_phases(finished)) if finished else ()),
        Section(message("report.title-changes"), tuple(map(_change, record.applied or record.planned))),
        Section(message("report.title-checks"), tuple(_checks(record))),
        Section(message("report.title-not-checked"), tuple(_not_checked(finished)) if finished else ()),
        Section(message("report.title-differences"), tuple(_differences(record))),
        Section(message("report.title-urls"), tuple(Row(n, (u,)) for n, u in finished.urls) if finished else ()),
        Section(message("report.title-next"), tuple(_next(record))),
    ]
    return tuple(section for section in candidates if section.rows)


def _result(record: RunRecord) -> Iterator[Row]:
    if finished := record.finished:
        cost = message(
            "report.cost", seconds=round(finished.seconds, 1), requests=finished.requests, mutations=finished.mutations
        )
        yield Row(message("report.title-result"), (cost,), RESULT[finished.result])
    yield from target_rows(record)


def target_rows(record: RunRecord) -> Iterator[Row]:
    """Say where this happened: nobody should have to guess which environment a report is about."""
    if started := record.started:
        yield Row(message("report.target"), (" · ".join(filter(None, (started.target, started.endpoint))),))
    workspace, project, environment = record.place
    for label, name in (
        (message("report.workspace"), workspace),
        (message("report.project"), project),
        (message("report.environment"), environment),
        (message("report.ids"), ", ".join(record.ids)),
    ):
        if name:
            yield Row(label, (name,))


def error_rows(error: ErrorRaised) -> Iterator[Row]:
    """Say what went wrong, why, the lines that matter, and what to do."""
    if where := error.step or error.phase:
        yield Row(message("report.step"), (where,))
    yield Row(message("report.what"), (error.what,))
    yield Row(message("report.why"), (error.why,), quoted=quoted(error.quotes) or error.lines)
    for fix in (error.fix, *error.more):
        yield Row(message("report.fix"), (fix,))
    yield Row(message("report.code"), (error.code,))


def quoted(quotes: tuple[Quote, ...]) -> tuple[str, ...]:
    """Return lines behind their places and, for those of logs, the local time they were written at."""
    return tuple(" ".join(filter(None, (one.place, _clock(one.at), one.text))) for one in quotes)


def _clock(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%H:%M:%S") if moment else ""


def _findings(record: RunRecord) -> Iterator[Row]:
    for finding in record.findings:
        label = " ".join(filter(None, (finding.rule, finding.where)))
        yield Row(label, (finding.text, finding.fix), SEVERITY[finding.severity])


def _phases(finished: RunFinished) -> Iterator[Row]:
    for phase in finished.phases:
        detail = (phase.detail,) if phase.detail else ()
        seconds = message("report.seconds", seconds=round(phase.seconds, 1))
        yield Row(phase_name(phase.phase), (seconds, *detail), STATUS[phase.status])


def _change(change: Change) -> Row:
    what = f"{change.before or '∅'} → {change.after or '∅'}"
    return Row(f"{change.resource} {change.field}", (what, EFFECT[change.effect]))


def _checks(record: RunRecord) -> Iterator[Row]:
    for check in record.checks:
        optional = () if check.must else (message("report.optional"),)
        fix = (check.fix,) if check.fix else ()
        yield Row(check.title, (check.seen, *optional, *fix), VERDICT[check.verdict], quoted(check.quotes))


def _not_checked(finished: RunFinished) -> Iterator[Row]:
    for item in finished.not_checked:
        yield Row(item.subject, (item.why,))


def _differences(record: RunRecord) -> Iterator[Row]:
    """Say how this run's stage differs from production: tier, overlay and every substitution."""
    if record.started and record.started.tier:
        yield Row(message("report.tier"), (record.started.tier,))
    if record.started and record.started.overlay:
        yield Row(message("report.overlay"), (", ".join(record.started.overlay),))
    for difference in record.finished.differences if record.finished else ():
        yield Row(difference)


def _next(record: RunRecord) -> Iterator[Row]:
    if not record.finished:
        return
    stale = [phase.phase for phase in record.finished.phases if phase.status is Status.STALE]
    if stale and record.finished.result not in _AFTER:
        yield Row(message("report.next-stale", command=f"railwizard deploy --from {stale[0]}"))
    elif record.finished.result is Result.PLANNED:
        yield Row(message("report.next-planned", count=len(record.planned)))
    elif record.finished.result in _AFTER:
        yield from (Row(error.fix) for error in record.errors if error.quotes)
        yield Row(_AFTER[record.finished.result])
    elif record.started and record.started.command == "rehearse":
        yield Row(message("report.next-rehearsed"))
    else:
        yield Row(message("report.next-done"))


_AFTER = {
    Result.FAILED: message("report.next-failed"),
    Result.NEEDS_INPUT: message("report.next-needs-input"),
    Result.REFUSED: message("report.next-refused"),
    Result.INTERRUPTED: message("report.next-interrupted"),
}
