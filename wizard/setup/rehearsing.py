"""What is found before anything is made, and the whole deployment on this machine: neither needs an account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from wizard.events import Listener, RunFinished, Severity
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.questions import Asker
from wizard.report.record import RunRecord
from wizard.report.sections import Row, Section, sections
from wizard.report.words import SEVERITY
from wizard.setup.step import Step, rows, section
from wizard.setup.view import StepView


class Findings(Step):
    """Preflight's findings, the gravest first, each with what to do."""

    id: ClassVar[str] = "findings"

    async def view(self) -> StepView:
        """Offer the look."""
        return StepView((section("setup.findings-what", rows("setup.findings-how")),), work=self._work)

    async def ended(self, record: RunRecord) -> tuple[Section, ...]:
        """List the findings."""
        found = tuple(_findings(record))
        if found:
            return (section("report.title-findings", found), *_errors(record))
        return (section("setup.findings-what", rows("setup.findings-none")), *_errors(record))

    async def _work(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        return await self.setup.rehearse(listeners, asker, Scope(phases=frozenset({Phase.PREFLIGHT})))


class Rehearsal(Step):
    """Everything, on this machine."""

    id: ClassVar[str] = "rehearsal"

    async def view(self) -> StepView:
        """Offer the rehearsal."""
        told = section(
            "setup.rehearsal-what", rows("setup.rehearsal-how", "setup.rehearsal-fails", "setup.rehearsal-time")
        )
        return StepView((told,), work=self.setup.rehearse)


def _findings(record: RunRecord) -> Iterator[Row]:
    order = list(Severity)
    for finding in sorted(record.findings, key=lambda one: order.index(one.severity)):
        label = " ".join(filter(None, (finding.rule, finding.where)))
        yield Row(label, (finding.text, finding.fix), SEVERITY[finding.severity])


def _errors(record: RunRecord) -> Iterator[Section]:
    for one in sections(record):
        if record.errors and one.title.id == "report.title-error":
            yield one
