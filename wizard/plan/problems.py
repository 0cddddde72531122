"""What is wrong with a plan, as data with the place it is wrong at; and pydantic's findings in those terms."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from wizard.errors import UsageError
from wizard.messages import Param
from wizard.plan.keys import valid_keys
from wizard.plan.positions import Path
from wizard.plan.types import SHAPE_ERROR

_LONGEST_SHOWN = 60
_MOST_LISTED = 40
_TYPE_CODES = {
    "string_type": "plan.expects-text",
    "int_type": "plan.expects-integer",
    "int_from_float": "plan.expects-integer",
    "float_type": "plan.expects-number",
    "bool_type": "plan.expects-flag",
    "model_type": "plan.expects-table",
    "model_attributes_type": "plan.expects-table",
    "dict_type": "plan.expects-table",
    "mapping_type": "plan.expects-table",
    "tuple_type": "plan.expects-list",
    "list_type": "plan.expects-list",
}
_LIMITS = {"ge": "≥", "le": "≤", "gt": ">"}
_TOML_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (str, "string"),
    (int, "integer"),
    (float, "float"),
    (dict, "table"),
    (list, "array"),
)


class Locator(Protocol):
    """Knows where a path of the plan is written."""

    @property
    def file(self) -> str:
        """The file's name as the operator gave it."""
        ...

    def place(self, path: Path) -> tuple[int, Path]:
        """Return the line, and the path as it stands in the file: inside an overlay for what an overlay says."""
        ...


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a plan.

    Attributes:
        code: of the error it becomes, for example `plan.unknown-key`.
        path: the way to it.
        params: values of its sentences.
    """

    code: str
    path: Path
    params: Mapping[str, Param] = field(default_factory=dict)

    def to_error(self, locator: Locator) -> UsageError:
        """Return the error that tells it, with file, line and dotted place."""
        line, path = self.located(locator)
        return UsageError(self.code, file=locator.file, line=line, where=dotted(path), **self.params)

    def located(self, locator: Locator) -> tuple[int, Path]:
        """Return its line and its path in the file."""
        return locator.place(self.path)


def raise_first(problems: Iterable[Problem], locator: Locator) -> None:
    """Raise the problem that stands first in the file; unknown keys before all, for they make others go missing."""
    found = sorted(problems, key=lambda problem: (problem.code != "plan.unknown-key", problem.located(locator)[0]))
    if found:
        raise found[0].to_error(locator)


def from_pydantic(error: ValidationError, data: object) -> list[Problem]:
    """Translate pydantic's findings; `data` is what was validated. What only follows from an inner one is left out."""
    found = [_problem(details, data) for details in error.errors(include_url=False)]
    around = {problem.path[:size] for problem in found for size in range(len(problem.path))}
    return [problem for problem in found if problem.path not in around]


def nearest(word: str, valid: Iterable[str]) -> str:
    """Return the valid name that looks most like the word; empty where none is valid."""

    def likeness(name: str) -> tuple[float, bool]:
        one, other = word.lower(), name.lower()
        return difflib.SequenceMatcher(None, one, other).ratio(), sorted(one) == sorted(other)

    return max(sorted(valid), key=likeness, default="")


def names(valid: Sequence[str]) -> str:
    """List names for a sentence, the first of very many."""
    shown = ", ".join(valid[:_MOST_LISTED])
    return shown if len(valid) <= _MOST_LISTED else f"{shown}, …"


def dotted(path: Path) -> str:
    """Write a path as TOML does: `services.backend.health`, `checks[1].name`."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{_quoted(part)}"
    return text.lstrip(".")


def is_variable(path: Path) -> bool:
    """Tell whether the path leads to the value of a variable, or into it."""
    in_service = path[:1] == ("services",) and path[2:3] == ("variables",) and path[3:] != ()
    return in_service or (path[:1] == ("shared",) and path[1:] != ())


def _quoted(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _problem(details: ErrorDetails, data: object) -> Problem:
    kind, loc = details["type"], details["loc"]
    path = _path(loc, data, whole=kind == "missing")
    if kind == "extra_forbidden":
        return _unknown(loc, path)
    if handler := _HANDLERS.get(kind):
        return handler(path, details["input"], details.get("ctx", {}))
    return Problem(_type_code(kind, loc), path, {"found": _toml_type(details["input"])})


def _path(loc: tuple[str | int, ...], data: Any, *, whole: bool) -> Path:
    """Keep what is really a way through the data: pydantic adds words for the members of unions."""
    path: Path = ()
    for number, part in enumerate(loc):
        if _has(data, part):
            data = data[part]
        elif not (whole and number == len(loc) - 1):
            continue
        path = (*path, part)
    return path


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, list | tuple) and isinstance(part, int) and part < len(data)


def _missing(path: Path, _input: object, _context: Mapping[str, Any]) -> Problem:
    return Problem("plan.missing-key", path, {"key": str(path[-1])})


def _no_kind(path: Path, _input: object, _context: Mapping[str, Any]) -> Problem:
    return Problem("plan.missing-key", (*path, "kind"), {"key": "kind"})


def _misshaped(path: Path, value: object, context: Mapping[str, Any]) -> Problem:
    return Problem(f"plan.invalid-{context['kind']}", path, {"value": _shown(path, value)})


def _not_one_of(path: Path, value: object, context: Mapping[str, Any]) -> Problem:
    return choice(path, str(value), re.findall(r"'([^']*)'", context["expected"]))


def _no_such_kind(path: Path, _input: object, context: Mapping[str, Any]) -> Problem:
    return choice((*path, "kind"), context["tag"], re.findall(r"'([^']*)'", context["expected_tags"]))


def _out_of_range(path: Path, value: object, context: Mapping[str, Any]) -> Problem:
    limit = next(f"{sign} {context[key]}" for key, sign in _LIMITS.items() if key in context)
    return Problem("plan.out-of-range", path, {"value": str(value), "limit": limit})


def _empty(path: Path, _input: object, _context: Mapping[str, Any]) -> Problem:
    return Problem("plan.empty", path)


_HANDLERS: Mapping[str, Callable[[Path, object, Mapping[str, Any]], Problem]] = {
    "missing": _missing,
    "union_tag_not_found": _no_kind,
    SHAPE_ERROR: _misshaped,
    "literal_error": _not_one_of,
    "union_tag_invalid": _no_such_kind,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "greater_than": _out_of_range,
    "too_short": _empty,
}


def choice(path: Path, word: str, valid: Sequence[str]) -> Problem:
    """Return the problem of a word that is not one of the valid ones."""
    told = {"value": _short(word), "nearest": nearest(word, valid), "valid": names(valid)}
    return Problem("plan.not-one-of", path, told)


def unknown_key(path: Path, valid: Sequence[str]) -> Problem:
    """Return the problem of a key nobody knows."""
    key = str(path[-1])
    told = {"key": _short(key), "nearest": nearest(key, valid), "valid": names(valid)}
    return Problem("plan.unknown-key", path, told)


def _unknown(loc: tuple[str | int, ...], path: Path) -> Problem:
    return unknown_key(path, valid_keys(loc[:-1]))


def _type_code(kind: str, loc: tuple[str | int, ...]) -> str:
    if "<text>" in loc:
        return "plan.expects-variable"
    return _TYPE_CODES.get(kind, "plan.invalid-value")


def _toml_type(value: object) -> str:
    return next((name for type_, name in _TOML_TYPES if isinstance(value, type_)), "date-time")


def _shown(path: Path, value: object) -> str:
    """Show a wrong text, but never one that stands where a secret may have been pasted."""
    return "…" if is_variable(path) and path[-1] != value else _short(str(value))


def _short(text: str) -> str:
    clean = "".join(letter if letter.isprintable() else "�" for letter in text)
    return clean if len(clean) <= _LONGEST_SHOWN else f"{clean[: _LONGEST_SHOWN - 1]}…"
