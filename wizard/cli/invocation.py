"""One call of the program: its language, its terminals and its environment, known before any option is parsed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wizard.cli.mode import Mode, ModeOptions, Style, choose_mode, choose_style, may_wait
from wizard.locale import Language, choose_language, render
from wizard.messages import Message

PROGRAM = "railwizard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What every command may ask about its surroundings.

    Attributes:
        arguments: the command line behind the program's name.
        mode: which face talks.
    """

    arguments: tuple[str, ...]
    language: Language
    mode: Mode
    style: Style
    can_wait: bool
    environment: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Invocation:
        """Look at the surroundings; options that decide how errors are told are read before click parses."""
        environment = dict(os.environ) if environment is None else environment
        options = _before_separator(arguments)
        terminals = {"stdin_tty": _is_terminal(sys.stdin), "stderr_tty": _is_terminal(sys.stderr)}
        asked = ModeOptions(json="--json" in options, plain="--plain" in options)
        return cls(
            arguments=tuple(arguments),
            language=_writable(choose_language(_value_of("--lang", options), environment)),
            mode=choose_mode(environment, **terminals, options=asked),
            style=choose_style(environment, stderr_tty=terminals["stderr_tty"]),
            can_wait=may_wait(environment, **terminals) and not asked.json,
            environment=environment,
        )

    def say(self, text: Message) -> str:
        """Return a sentence in the operator's language."""
        return render(text, self.language)


def _writable(language: Language) -> Language:
    """Return English where the terminal's encoding has no Hangul: escaped letters are no language."""
    try:
        for stream in (sys.stdout, sys.stderr):
            "가".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return Language.ENGLISH
    return language


def _before_separator(arguments: Sequence[str]) -> Sequence[str]:
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _value_of(option: str, arguments: Sequence[str]) -> str | None:
    for index, argument in enumerate(arguments):
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
        if argument == option and index + 1 < len(arguments):
            return arguments[index + 1]
    return None


def _is_terminal(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False
