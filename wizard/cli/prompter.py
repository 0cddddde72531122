"""Asks a person on the terminal; draws on stderr, because stdout belongs to results."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, NoReturn

import questionary
from prompt_toolkit.output import create_output

from wizard.cli.answers import Answer
from wizard.locale import Language, render
from wizard.messages import Message
from wizard.questions import Choice, Confirm, MultiChoice, Option, Problem, Question, SecretText, Text
from wizard.secrets import Secret
from wizard.text import clean


@dataclass(slots=True)
class TerminalPrompter:
    """Asks one question at a time.

    Attributes:
        interrupt: called when the person presses Ctrl-C: ends the run as a signal would.
        paused: keeps the live progress off the terminal while somebody types.
    """

    language: Language
    interrupt: Callable[[], object]
    paused: Callable[[], AbstractContextManager[object]] = nullcontext

    async def prompt(self, question: Question) -> Answer:
        """Return what the person answered; after Ctrl-C the run is cancelled instead."""
        with self.paused():
            if question.help:
                sys.stderr.write(f"  {self._say(question.help)}\n")
                sys.stderr.flush()
            try:
                answer = await self._form(question).application.run_async(handle_sigint=False)
            except (KeyboardInterrupt, EOFError):
                self.interrupt()
                return await _never()
        return _typed(question, answer)

    def _form(self, question: Question) -> questionary.Question:
        text, output = self._say(question.prompt), create_output(stdout=sys.stderr)
        match question:
            case Confirm():
                return questionary.confirm(text, default=question.default, output=output)
            case Choice():
                return questionary.select(text, self._options(question.options), question.default, output=output)
            case MultiChoice():
                return questionary.checkbox(text, self._options(question.options, question.default), output=output)
            case SecretText():
                return questionary.password(text, validate=self._judge(question.validate), output=output)
            case Text():
                judge = self._judge(question.validate)
                return questionary.text(text, default=question.default or "", validate=judge, output=output)
        raise TypeError(question)

    def _options(self, options: tuple[Option, ...], chosen: tuple[str, ...] = ()) -> list[questionary.Choice]:
        return [
            questionary.Choice(self._say(option.label), option.value, checked=option.value in chosen)
            for option in options
        ]

    def _judge(self, validate: Callable[[str], Problem]) -> Callable[[str], bool | str]:
        def judge(answer: str) -> bool | str:
            problem = validate(answer)
            return self._say(problem) if problem else True

        return judge

    def _say(self, message: Message) -> str:
        return clean(render(message, self.language))


async def _never() -> NoReturn:
    """Wait for the cancellation that the interrupt has asked for."""
    await asyncio.Event().wait()
    raise AssertionError


def _typed(question: Question, answer: Any) -> Answer:
    match question:
        case Confirm():
            return bool(answer)
        case MultiChoice():
            return tuple(answer)
        case SecretText():
            return Secret(str(answer))
    return str(answer)
