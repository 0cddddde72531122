"""What a recogniser is, and the simple kind: one line tells everything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from wizard.diagnosis.evidence import Diagnosis, Evidence

Look = Callable[[Evidence], Diagnosis | None]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Knows one kind of failure; `look` returns None for every other."""

    name: str
    look: Look


def by_line(id_: str, pattern: str, *more: str, before: int = 0, after: int = 0) -> Recogniser:
    """Recognise a failure by one line of a log; its named groups are the message's values.

    Alternatives number their groups: `host`, `host2`.

    Args:
        id_: of the message; its last part names the recogniser.
        pattern: what the line holds.
        more: ids of further fixes.
        before: neighbours of the line that are worth showing.
        after: the same behind it.
    """
    compiled = re.compile(pattern)

    def look(evidence: Evidence) -> Diagnosis | None:
        hit = evidence.find(compiled)
        if hit is None:
            return None
        return evidence.explain(id_, evidence.around(hit, before, after), *more, **hit.values)

    return Recogniser(id_.partition(".")[2], look)
