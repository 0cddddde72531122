"""What a face shows of a step of the guided set-up, and what it hands back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from wizard.events import Listener, RunFinished
from wizard.messages import Message
from wizard.questions import Asker, Question
from wizard.report.record import RunRecord
from wizard.report.sections import Section
from wizard.secrets import Secret

Answer = str | bool | tuple[str, ...] | Secret
Work = Callable[[Sequence[Listener], Asker], Awaitable[RunFinished]]
"""A run of the engine that still wants its listeners and who answers."""


@dataclass(frozen=True, slots=True)
class StepView:
    """What a step shows.

    Attributes:
        sections: to read.
        questions: to answer, each with a default where going on without a word makes sense.
        work: to run; the step is done when it ended well.
        confirm: asked before the work begins, where it changes what is paid for.
    """

    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()
    work: Work | None = None
    confirm: Message | None = None


class SetupStep(Protocol):
    """One step of the guided set-up; its words are `setup.<id>` and `setup.<id>-intro`."""

    @property
    def id(self) -> str:
        """Names the step."""
        ...

    async def view(self) -> StepView:
        """Return what to show now; raises WizardError where the step cannot be shown."""
        ...

    async def take(self, answers: Mapping[str, Answer]) -> None:
        """Take the answers; raises WizardError for one that does not fit, with nothing kept of them."""
        ...

    async def ended(self, record: RunRecord) -> tuple[Section, ...]:
        """Return what to show of the work's run."""
        ...
