"""Answers given ahead of a run: what was asked and answered elsewhere is not asked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wizard.events import Event, QuestionAnswered, QuestionAsked
from wizard.questions import Asker, Question
from wizard.secrets import Secret

Answer = str | bool | tuple[str, ...] | Secret


class KnownAnswers:
    """Answers what is known; everything else goes to who is behind.

    Attributes:
        emit: where QuestionAsked and QuestionAnswered go.
    """

    def __init__(self, behind: Asker, known: Mapping[str, Answer]) -> None:
        self._behind = behind
        self._known = known
        self._emit: Callable[[Event], None] = lambda _: None

    @property
    def emit(self) -> Callable[[Event], None]:
        """Where questions and answers are told."""
        return self._emit

    @emit.setter
    def emit(self, emit: Callable[[Event], None]) -> None:
        self._emit = self._behind.emit = emit

    async def ask(self, question: Question) -> Answer:
        """Return the answer that was given ahead, else ask."""
        if question.id not in self._known:
            return await self._behind.ask(question)
        self.emit(QuestionAsked(question.id, question.prompt))
        self.emit(QuestionAnswered(question.id, "memory"))
        return self._known[question.id]

    def knows(self, question: Question) -> bool:
        """Tell whether the answer is at hand."""
        return question.id in self._known or self._behind.knows(question)
