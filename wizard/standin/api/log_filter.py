"""Railway's log filter: words, "quoted text", `@name:value`, `replica:id`, AND, OR, `-` and parentheses.

A value may be compared (`@status:>=500`) or be a range (`@retries:1..3`); AND binds tighter than OR, and terms beside
each other are an AND. Source: Railway's documentation of logs.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

L = TypeVar("L")

_TOKEN = re.compile(r'-?[@\w.\[\]]+:"[^"]*"|-?"[^"]*"|-?\(|\)|[^\s()]+')
_COMPARED = re.compile(r"(>=|<=|>|<)(-?\d+(?:\.\d+)?)")
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)")
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_REPLICA = "replica:"


@dataclass(frozen=True, slots=True)
class Searched(Generic[L]):
    """How a kind of line is searched: its text, and its attribute of a name, None where it has none."""

    text: Callable[[L], str]
    attribute: Callable[[L, str], str | None]


def compile_filter(text: str | None, how: Searched[L]) -> Callable[[L], bool]:
    """Return a test for lines; an unfinished filter is read as far as it goes."""
    tokens = _TOKEN.findall(text or "")
    return _Parser(tokens, how).any_of() if tokens else lambda _line: True


class _Parser(Generic[L]):
    """Recursive descent over the tokens of one filter."""

    def __init__(self, tokens: list[str], how: Searched[L]) -> None:
        self._tokens = tokens
        self._how = how
        self._at = 0

    def any_of(self) -> Callable[[L], bool]:
        """Return the test of a filter up to its end or its closing parenthesis."""
        groups = [self._all_of()]
        while self._here == "OR":
            self._at += 1
            groups.append(self._all_of())
        return lambda line: any(test(line) for test in groups)

    def _all_of(self) -> Callable[[L], bool]:
        terms: list[Callable[[L], bool]] = []
        while self._here not in {None, "OR", ")"}:
            token = self._tokens[self._at]
            self._at += 1
            if token != "AND":  # noqa: S105 - a word of the filter language
                terms.append(self._term(token))
        return lambda line: all(test(line) for test in terms)

    def _term(self, token: str) -> Callable[[L], bool]:
        if token.startswith("-") and len(token) > 1:
            refused = self._term(token[1:])
            return lambda line: not refused(line)
        if token == "(":  # noqa: S105
            inner = self.any_of()
            self._at += 1
            return inner
        return self._leaf(token)

    def _leaf(self, token: str) -> Callable[[L], bool]:
        if token.startswith("@") and ":" in token:
            name, _, value = token[1:].partition(":")
            fits, attribute = _value_test(value.strip('"')), self._how.attribute
            return lambda line: (held := attribute(line, name)) is not None and fits(held)
        if token.startswith(_REPLICA):
            wanted = token.removeprefix(_REPLICA)
            return lambda line: self._how.attribute(line, "replica") == wanted
        needle = token.strip('"').lower()
        return lambda line: needle in self._how.text(line).lower()

    @property
    def _here(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None


def _value_test(value: str) -> Callable[[str], bool]:
    if compared := _COMPARED.fullmatch(value):
        holds, bound = _OPERATORS[compared[1]], float(compared[2])
        return lambda held: (number := _number(held)) is not None and holds(number, bound)
    if between := _RANGE.fullmatch(value):
        low, high = float(between[1]), float(between[2])
        return lambda held: (number := _number(held)) is not None and low <= number <= high
    return lambda held: held.lower() == value.lower()


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
