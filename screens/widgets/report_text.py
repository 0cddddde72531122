"""A run's report, and two runs beside each other, as text with tones: the rows every report is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.content import Content

from wizard.events import PhaseSummary
from wizard.history.comparison import Comparison
from wizard.messages import Message, message
from wizard.report.record import RunRecord
from wizard.report.sections import Row, Section, sections
from wizard.report.words import STATUS, VERDICT, Mark, phase_name

TONES = {"good": "$text-success", "bad": "$text-error", "warning": "$text-warning", "active": "$text-accent"}
"""The style of a mark's tone; a quiet one has none."""
Say = Callable[[Message], str]

_NOTHING = "–"


def report_text(record: RunRecord, say: Say) -> Content:
    """Return the report of a run."""
    return Content("\n").join(line for section in sections(record) for line in section_lines(section, say))


def section_lines(section: Section, say: Say) -> Iterator[Content]:
    """Return a section's title and rows, and an empty line behind them."""
    yield Content.styled(say(section.title), "bold $text-primary")
    for row in section.rows:
        yield from row_lines(row, say)
    yield Content("")


def row_lines(row: Row, say: Say) -> Iterator[Content]:
    """Return a row's line, and the quoted lines below it."""
    label, texts = _said(row.label, say), " · ".join(_said(text, say) for text in row.texts)
    told = Content(f"{label}: {texts}" if texts else label)
    yield Content("  ") + (marked(row.mark, say) + Content(" ") + told if row.mark else told)
    for line in row.quoted:
        yield Content.styled(f"    │ {line}", "$text-muted")


def marked(mark: Mark, say: Say) -> Content:
    """Return a state's glyph and word."""
    return Content.styled(f"{mark.glyph} {say(mark.word)}", TONES.get(mark.tone, ""))


def comparison_text(compared: Comparison, say: Say) -> Content:
    """Return two runs beside each other: every phase, then the checks that went otherwise."""
    lines = [
        Content.styled(f"{compared.before.run} → {compared.after.run}", "bold $text-primary"),
        *(
            _pair(_said(phase_name(one.phase), say), _phase(one.before, say), _phase(one.after, say))
            for one in compared.phases
        ),
        Content(""),
        *(
            _pair(
                say(one.title),
                *(marked(VERDICT[each], say) if each else Content(_NOTHING) for each in (one.before, one.after)),
            )
            for one in compared.checks
            if one.changed
        ),
        Content(say(message("history.checks-alike", count=sum(not one.changed for one in compared.checks)))),
    ]
    return Content("\n").join(lines)


def _pair(name: str, before: Content, after: Content) -> Content:
    return Content.assemble(f"  {name}: ", before, " → ", after)


def _phase(phase: PhaseSummary | None, say: Say) -> Content:
    if phase is None:
        return Content(_NOTHING)
    return marked(STATUS[phase.status], say) + Content(
        f" {say(message('report.seconds', seconds=round(phase.seconds, 1)))}"
    )


def _said(text: Message | str, say: Say) -> str:
    return text if isinstance(text, str) else say(text)
