"""What a check is: what it needs, what it does to the deployment, how much it matters, and what it saw."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum

from wizard.checks.surface import Surface
from wizard.events import Verdict
from wizard.messages import Message, Param, message
from wizard.plan.checks import Effect, Weight
from wizard.text import Quote, clean

LONGEST_EXCERPT = 160
"""Characters of an answer worth showing."""
ELLIPSIS = "…"
"""Where an excerpt ends before its text does."""
INTERNET = "internet"
"""A need: the check makes the application call a third party."""


class Stage(IntEnum):
    """When a check runs: nothing that may stop the application comes before what it could spoil."""

    READ = 0
    ACCOUNTS = 1
    SIGNED_IN = 2
    WRITE = 3
    DISRUPTIVE = 4
    THIRD_PARTY = 5
    CLEANUP = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check ended, what was seen, and what to do where it did not pass; `quotes` show why."""

    verdict: Verdict
    seen: Message
    fix: Message | None = None
    quotes: tuple[Quote, ...] = ()

    @property
    def good(self) -> bool:
        """Whether it passed."""
        return self.verdict is Verdict.PASSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing to prove.

    Attributes:
        id: stable: kind and resource, `health.backend`.
        run: looks and says what it saw; raises WizardError, OSError, TimeoutError or a database's error.
        needs: `internet`, or databases and services of the plan.
        seconds: after which it counts as failed.
    """

    id: str
    title: Message
    run: Callable[[Surface], Awaitable[Outcome]]
    stage: Stage = Stage.READ
    effect: Effect = "read"
    weight: Weight = "must"
    needs: tuple[str, ...] = ()
    seconds: float = 60.0


def passed(id_: str, /, **params: Param) -> Outcome:
    """It is as it should be."""
    return Outcome(Verdict.PASSED, message(id_, **params))


def failed(id_: str, /, *quotes: Quote, **params: Param) -> Outcome:
    """It is not; the fix is the catalogue's `<id>.fix`, rendered with the same values."""
    return Outcome(Verdict.FAILED, message(id_, **params), message(f"{id_}.fix", **params), quotes)


def unchecked(id_: str, /, **params: Param) -> Outcome:
    """Nobody looked, and this is why."""
    return Outcome(Verdict.NOT_CHECKED, message(id_, **params))


def excerpt(text: str) -> str:
    """Return the beginning of an answer on one printable line."""
    line = clean(" ".join(text[: 16 * LONGEST_EXCERPT].split()))
    return line if len(line) <= LONGEST_EXCERPT else line[:LONGEST_EXCERPT] + ELLIPSIS


def milliseconds(seconds: float) -> int:
    """Return a duration as people read it."""
    return round(seconds * 1000)
