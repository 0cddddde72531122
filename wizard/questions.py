"""What the wizard needs to hear from a person, as data, and the one interface it is asked through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from wizard.events import Event
from wizard.messages import Message, message
from wizard.secrets import Secret

Problem = Message | None
"""What is wrong with an answer, or None."""


def _anything(answer: str) -> Problem:
    return None if answer.strip() else message("questions.empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask.

    Attributes:
        id: stable; `RAILWIZARD_ANSWER_<ID>` (upper case, other characters as `_`) answers it.
        prompt: the question in one sentence.
        help: what the answer changes.
    """

    id: str
    prompt: Message
    help: Message | None = None

    @property
    def variable(self) -> str:
        """The environment variable that answers it."""
        return "RAILWIZARD_ANSWER_" + "".join(c if c.isalnum() else "_" for c in self.id.upper())


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm(Question):
    """Yes or no."""

    default: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers, with its consequence."""

    value: str
    label: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """One of several."""

    options: tuple[Option, ...]
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiChoice(Question):
    """Any of several."""

    options: tuple[Option, ...]
    default: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Question):
    """A line of text."""

    default: str | None = None
    validate: Callable[[str], Problem] = field(default=_anything)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretText(Question):
    """A line nobody may look at; never read from an answers file."""

    validate: Callable[[str], Problem] = field(default=_anything)


class Asker(Protocol):
    """Answers questions: by flag, environment, file, memory or a person.

    Attributes:
        emit: where QuestionAsked and QuestionAnswered go; the run sets it.
    """

    emit: Callable[[Event], None]

    async def ask(self, question: Question) -> str | bool | tuple[str, ...] | Secret:
        """Return the answer; raises NeedsInputError where nobody can be asked."""
        ...

    def knows(self, question: Question) -> bool:
        """Tell whether the answer is at hand without asking a person."""
        ...
