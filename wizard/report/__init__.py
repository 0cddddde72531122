"""A run's report from its events: Markdown for people, JSON and JUnit XML for programs; same events, same text."""

from __future__ import annotations

from wizard.report.formats import Format, report
from wizard.report.record import RunRecord

__all__ = ["Format", "RunRecord", "report"]
