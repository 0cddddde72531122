"""The formats a run can be reported in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum

from wizard.event_json import encode, encode_event
from wizard.events import VERSION, LogLines, Stamped
from wizard.locale import Language
from wizard.report.junit import to_junit
from wizard.report.markdown import to_markdown
from wizard.report.record import RunRecord


class Format(StrEnum):
    """How a report is written."""

    MARKDOWN = "markdown"
    JSON = "json"
    JUNIT = "junit"

    @property
    def suffix(self) -> str:
        """The usual end of a file's name."""
        return {Format.MARKDOWN: ".md", Format.JSON: ".json", Format.JUNIT: ".xml"}[self]


def report(events: Iterable[Stamped], form: Format, language: Language = Language.ENGLISH) -> str:
    """Return a run's report; the same events give the same text."""
    kept = tuple(events)
    record = RunRecord.of(kept)
    match form:
        case Format.MARKDOWN:
            return to_markdown(record, language)
        case Format.JUNIT:
            return to_junit(record, language)
        case Format.JSON:
            return _to_json(kept, record)


def _to_json(events: tuple[Stamped, ...], record: RunRecord) -> str:
    """Return the result with every event but log lines, which are the journal's business."""
    document = {
        "v": VERSION,
        "run": record.run,
        "started": encode(record.started),
        "target": encode(record.named),
        "result": encode(record.finished),
        "events": [encode_event(stamped) for stamped in events if not isinstance(stamped.event, LogLines)],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, sort_keys=False) + "\n"
