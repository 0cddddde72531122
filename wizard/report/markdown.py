"""The report for people, in Markdown: it reads well as plain text and renders in every forge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wizard.locale import Language, render
from wizard.messages import message
from wizard.report.record import RunRecord
from wizard.report.sections import Row, Say, Section, sections
from wizard.text import clean

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def to_markdown(record: RunRecord, language: Language) -> str:
    """Return the report in a language."""
    when = record.started_at.strftime("%Y-%m-%d %H:%M:%S UTC") if record.started_at else ""
    command = record.started.command if record.started else ""
    title = render(message("report.title", command=command), language)
    lines = [f"# {_escape(title)}", "", f"{when} · {_escape(record.run)}"]
    for section in sections(record):
        lines += ["", *_section(section, language)]
    return "\n".join(lines) + "\n"


def _section(section: Section, language: Language) -> Iterator[str]:
    yield f"## {say(section.title, language)}"
    yield ""
    for row in section.rows:
        yield from _row(row, language)


def _row(row: Row, language: Language) -> Iterator[str]:
    mark = f"{row.mark.glyph} {say(row.mark.word, language)} " if row.mark else ""
    label = _escape(say(row.label, language))
    texts = ". ".join(_escape(say(text, language)).rstrip(".") for text in row.texts)
    yield f"- {mark}**{label}**: {texts}" if texts else f"- {mark}{label}"
    if row.quoted:
        fence = "`" * max(3, 1 + max((len(run) for line in row.quoted for run in re.findall("`+", line)), default=0))
        yield from ("", f"  {fence}text", *(f"  {line}" for line in row.quoted), f"  {fence}", "")


def say(text: Say, language: Language) -> str:
    """Return a sentence as one clean line in a language."""
    return clean(text if isinstance(text, str) else render(text, language))


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
