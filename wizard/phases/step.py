"""A step: one resource's part of one phase, with what must hold before it and what it did."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from wizard.errors import WizardError
from wizard.events import Status
from wizard.messages import Message


class Phase(StrEnum):
    """The phases in the order people see them."""

    PREFLIGHT = "preflight"
    PROJECT = "project"
    VARIABLES = "variables"
    DEPLOY = "deploy"
    MIGRATE = "migrate"
    ADMIN = "admin"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step; `error` says why where it failed."""

    status: Status
    detail: Message | None = None
    error: WizardError | None = None

    @property
    def holds(self) -> bool:
        """What it stands for is true: steps that require it may run."""
        return self.status in {Status.DONE, Status.UNCHANGED, Status.UNKNOWN}


DONE = Outcome(Status.DONE)
UNCHANGED = Outcome(Status.UNCHANGED)

Waiting = Callable[[Message], None]
"""Tells what a running step waits for."""

Act = Callable[[Waiting], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One resource's part of a phase.

    Attributes:
        requires: ids of steps that must hold first; an id that is not part of the run counts as holding.
        act: does the work; raises WizardError where it cannot.
        usual_s: seconds it usually takes, None where nobody knows.
    """

    phase: Phase
    resource: str
    act: Act
    requires: frozenset[str] = frozenset()
    usual_s: float | None = None

    @property
    def id(self) -> str:
        """Unique in a run: `deploy.backend`."""
        return step_id(self.phase, self.resource)


def step_id(phase: Phase, resource: str) -> str:
    """Name the step of a resource in a phase."""
    return f"{phase.value}.{resource}"
