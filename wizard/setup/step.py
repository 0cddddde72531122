"""What most steps of the set-up have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from wizard.messages import Message, message
from wizard.report.record import RunRecord
from wizard.report.sections import Row, Say, Section, sections
from wizard.setup.state import Setup
from wizard.setup.view import Answer, StepView


class Step:
    """A step with nothing to answer whose run is shown as every report shows it."""

    id: ClassVar[str]

    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    async def view(self) -> StepView:
        """Return what to show."""
        raise NotImplementedError

    async def take(self, answers: Mapping[str, Answer]) -> None:
        """Take nothing."""

    async def ended(self, record: RunRecord) -> tuple[Section, ...]:
        """Show the run's report."""
        return sections(record)


def section(title: str, rows: Iterable[Row]) -> Section:
    """Return rows under a title of the catalogue."""
    return Section(Message(title), tuple(rows))


def rows(*ids: str, **params: str | float) -> tuple[Row, ...]:
    """Return a row for each message."""
    return tuple(Row(message(one, **params)) for one in ids)


def row(label: Say, *texts: Say) -> Row:
    """Return one row."""
    return Row(label, texts)
