"""Answers given beforehand: written on the command line, in the environment or in a file, and read by the question."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from wizard.errors import UsageError
from wizard.messages import Message
from wizard.questions import Choice, Confirm, MultiChoice, Option, Question, SecretText, Text
from wizard.secrets import Secret
from wizard.text import clean

Answer = str | bool | tuple[str, ...] | Secret
RawAnswer = str | bool | tuple[str, ...]
"""What a flag, a variable or a file can hold before a question gives it its meaning."""

_YES = frozenset({"yes", "y", "true", "1", "on", "예", "네"})
_NO = frozenset({"no", "n", "false", "0", "off", "아니오", "아니요"})
_LARGEST_FILE = 1024 * 1024
_SHOWN = 60
"""Characters of a wrong value that an error repeats."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that is at hand.

    Attributes:
        source: `flag`, `environment`, `file` or `memory`.
        where: what the operator has to look at: the option, the variable, the file.
    """

    raw: RawAnswer | Secret
    source: str
    where: str


class InvalidAnswerError(UsageError):
    """An answer its question refuses; the question's own words are the reason."""

    def __init__(self, question: Question, problem: Message, where: str) -> None:
        super().__init__("answers.invalid", id=question.id, where=where)
        self._problem = problem

    @property
    def why(self) -> Message:
        """What the question said of it."""
        return self._problem


def parse_flags(pairs: Sequence[str]) -> dict[str, str]:
    """Read `--answer id=value` options; raises UsageError for one without an equals sign."""
    answers: dict[str, str] = {}
    for pair in pairs:
        id_, separator, value = pair.partition("=")
        if not separator or not id_.strip():
            raise UsageError(
                "answers.no-equals",
                given=clean(pair)[:_SHOWN] if separator else clean(id_)[:_SHOWN],
                id=clean(id_)[:_SHOWN] or "ID",
            )
        answers[id_.strip()] = value
    return answers


def load_file(path: Path) -> dict[str, RawAnswer]:
    """Read a TOML file, or JSON where its name ends so; nested tables become dotted ids; raises UsageError."""
    try:
        if not path.is_file() and path.exists():
            raise UsageError("answers.file-no-file", file=str(path))
        if path.stat().st_size > _LARGEST_FILE:
            raise UsageError("answers.file-too-large", file=str(path), limit=_LARGEST_FILE)
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UsageError("answers.file-unreadable", file=str(path), detail=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise UsageError("answers.file-invalid", file=str(path), detail=f"byte {error.start}: not UTF-8") from error
    try:
        document = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("answers.file-invalid", file=str(path), detail=clean(str(error))) from error
    if not isinstance(document, dict):
        raise UsageError("answers.file-no-table", file=str(path))
    return dict(_flatten(document, "", path))


def _flatten(table: Mapping[str, object], prefix: str, path: Path) -> Iterator[tuple[str, RawAnswer]]:
    for key, value in table.items():
        id_ = f"{prefix}{key}"
        match value:
            case dict():
                yield from _flatten(value, f"{id_}.", path)
            case bool() | str():
                yield id_, value
            case int() | float():
                yield id_, str(value)
            case list() if all(isinstance(item, str) for item in value):
                yield id_, tuple(value)
            case _:
                raise UsageError("answers.file-value", file=str(path), id=clean(id_))


def read_answer(question: Question, given: Given) -> Answer:
    """Return what was given as the question understands it; raises UsageError naming where it came from."""
    if isinstance(given.raw, Secret):
        return given.raw
    match question:
        case Confirm():
            return _yes_or_no(question, given)
        case Choice():
            return _one_of(question, question.options, _line(given), given)
        case MultiChoice():
            return tuple(_one_of(question, question.options, value, given) for value in _several(given))
        case SecretText():
            return _secret(question, given)
        case Text():
            _validate(question, _line(given), given)
    return _line(given)


def _line(given: Given) -> str:
    match given.raw:
        case bool():
            return "true" if given.raw else "false"
        case tuple():
            return ",".join(given.raw)
    return str(given.raw)


def _several(given: Given) -> tuple[str, ...]:
    if isinstance(given.raw, tuple):
        return given.raw
    return tuple(value.strip() for value in _line(given).split(",") if value.strip())


def _yes_or_no(question: Question, given: Given) -> bool:
    word = _line(given).strip().casefold()
    if word in _YES | _NO:
        return word in _YES
    raise UsageError("answers.not-yes-or-no", id=question.id, where=given.where, value=clean(word)[:_SHOWN])


def _one_of(question: Question, options: tuple[Option, ...], value: str, given: Given) -> str:
    values = [option.value for option in options]
    if value in values:
        return value
    nearest = get_close_matches(value, values, n=1)
    raise UsageError(
        "answers.not-an-option",
        id=question.id,
        where=given.where,
        value=clean(value)[:_SHOWN],
        options=", ".join(values),
        nearest=nearest[0] if nearest else values[0] if values else "",
    )


def _secret(question: SecretText, given: Given) -> Secret:
    """Accept a secret from the environment only: arguments are public while we run, files stay behind."""
    if given.source == "flag":
        raise UsageError("answers.secret-in-flag", id=question.id, variable=question.variable)
    if given.source == "file":
        raise UsageError("answers.secret-in-file", id=question.id, variable=question.variable, file=given.where)
    _validate(question, _line(given), given)
    return Secret(_line(given))


def _validate(question: Text | SecretText, value: str, given: Given) -> None:
    if problem := question.validate(value):
        raise InvalidAnswerError(question, problem, given.where)
