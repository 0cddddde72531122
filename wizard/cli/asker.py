"""The Asker of the command line: flag, environment, file, memory, then a person where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from wizard.cli.answers import Answer, Given, RawAnswer, load_file, parse_flags, read_answer
from wizard.errors import NeedsInputError
from wizard.events import Event, QuestionAnswered, QuestionAsked
from wizard.questions import Choice, Confirm, MultiChoice, Question, Text


class Prompter(Protocol):
    """Asks a person."""

    async def prompt(self, question: Question) -> Answer:
        """Return what the person answered; raises KeyboardInterrupt when they left."""
        ...


def _unheard(_: Event) -> None:
    """Drop events until a run listens."""


class ChainAsker:
    """Answers from the first source that has one; events name the source, never the answer.

    Building it reads the file; raises UsageError for malformed options and files.

    Attributes:
        flags: `--answer id=value`.
        file: answers of the file, which `file_name` names in errors.
        take_defaults: `--yes`: a question's own default counts as an answer; a Confirm whose default is no, and
            anything without a default, still needs a named answer.
        prompter: None where nobody can be asked.
        emit: where QuestionAsked and QuestionAnswered go.
    """

    def __init__(
        self,
        *,
        pairs: Iterable[str],
        environment: Mapping[str, str],
        file: Path | None,
        take_defaults: bool,
        prompter: Prompter | None,
    ) -> None:
        self.flags: Mapping[str, str] = parse_flags(tuple(pairs))
        self.environment = environment
        self.file: Mapping[str, RawAnswer] = load_file(file) if file else {}
        self.file_name = str(file or "")
        self.take_defaults = take_defaults
        self.prompter = prompter
        self.emit: Callable[[Event], None] = _unheard
        self._memory: dict[str, Answer] = {}
        self._asked: set[str] = set()

    def knows(self, question: Question) -> bool:
        """Tell whether the answer is at hand, right or wrong, without asking a person."""
        return self._given(question) is not None

    async def ask(self, question: Question) -> Answer:
        """Return the answer; raises NeedsInputError where nobody can be asked, UsageError for a wrong one."""
        self._asked.add(question.id)
        self.emit(QuestionAsked(question.id, question.prompt))
        given = self._given(question)
        if given:
            answer, source = read_answer(question, given), given.source
        elif self.prompter:
            answer, source = await self.prompter.prompt(question), "prompt"
        else:
            raise NeedsInputError("questions.missing", ids=f"{question.id} ({question.variable})")
        self._memory[question.id] = answer
        self.emit(QuestionAnswered(question.id, source))
        return answer

    def unused(self) -> tuple[str, ...]:
        """Return the ids that flags or the file answer although nobody asked: misspelt, most likely."""
        return tuple(sorted((self.flags.keys() | self.file.keys()) - self._asked))

    def _given(self, question: Question) -> Given | None:
        if question.id in self.flags:
            return Given(self.flags[question.id], "flag", f"--answer {question.id}")
        if question.variable in self.environment:
            return Given(self.environment[question.variable], "environment", question.variable)
        if question.id in self.file:
            return Given(self.file[question.id], "file", self.file_name)
        if question.id in self._memory:
            return Given(self._memory[question.id], "memory", question.id)
        default = _default(question) if self.take_defaults else None
        return None if default is None else Given(default, "flag", "--yes")


def _default(question: Question) -> RawAnswer | None:
    match question:
        case Confirm():
            return True if question.default else None
        case Choice() | Text():
            return question.default
        case MultiChoice():
            return question.default
    return None
