"""Two runs beside each other: what became of each phase and check, how long it took, what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.events import PhaseSummary, Verdict
from wizard.messages import Message
from wizard.report.record import RunRecord


@dataclass(frozen=True, slots=True)
class PhasePair:
    """One phase in both runs; None where a run did not come so far."""

    phase: str
    before: PhaseSummary | None
    after: PhaseSummary | None


@dataclass(frozen=True, slots=True)
class CheckPair:
    """One check in both runs; None where a run did not make it."""

    check: str
    title: Message
    before: Verdict | None
    after: Verdict | None

    @property
    def changed(self) -> bool:
        """Whether it went otherwise."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier run against a later one."""

    before: RunRecord
    after: RunRecord
    phases: tuple[PhasePair, ...]
    checks: tuple[CheckPair, ...]


def compare(before: RunRecord, after: RunRecord) -> Comparison:
    """Put two runs beside each other: in the order of the later one, then what only the earlier had."""
    return Comparison(before, after, _phases(before, after), _checks(before, after))


def _phases(before: RunRecord, after: RunRecord) -> tuple[PhasePair, ...]:
    old, new = _phase_table(before), _phase_table(after)
    return tuple(PhasePair(name, old.get(name), new.get(name)) for name in {**new, **old})


def _phase_table(record: RunRecord) -> Mapping[str, PhaseSummary]:
    return {one.phase: one for one in record.finished.phases} if record.finished else {}


def _checks(before: RunRecord, after: RunRecord) -> tuple[CheckPair, ...]:
    old = {one.check: one for one in before.checks}
    new = {one.check: one for one in after.checks}
    return tuple(
        CheckPair(
            name,
            (new.get(name) or old[name]).title,
            old[name].verdict if name in old else None,
            new[name].verdict if name in new else None,
        )
        for name in {**new, **old}
    )
