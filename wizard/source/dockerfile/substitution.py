r"""Words as the Dockerfile frontend reads them: quotes, escapes and `$X`, `${X:-default}`, `${X:+other}`.

Single quotes keep everything, double quotes keep spaces, the escape character keeps the next character. A variable
that is not set is empty.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping

from wizard.errors import UsageError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]")


def substitute(word: str, variables: Mapping[str, str], *, escape: str = "\\", line: int = 0) -> str:
    """Expand one word: quotes removed, variables replaced; raises UsageError for a brace left open."""
    return _Expander(word, variables, escape, line).run()


def unquote_words(text: str, variables: Mapping[str, str], *, escape: str = "\\", line: int = 0) -> list[str]:
    """Split at unquoted blanks and expand each word."""
    return [substitute(word, variables, escape=escape, line=line) for word in split_words(text, escape=escape)]


def split_words(text: str, *, escape: str = "\\") -> list[str]:
    """Split at unquoted blanks, quotes and escapes kept as written."""
    words: list[str] = []
    current, quote, at = "", "", 0
    while at < len(text):
        letter = text[at]
        if letter == escape and quote != "'" and at + 1 < len(text):
            current += text[at : at + 2]
            at += 2
            continue
        at += 1
        if not quote and letter.isspace():
            words += [current] if current else []
            current = ""
            continue
        quote = _quote_after(quote, letter)
        current += letter
    return [*words, current] if current else words


def _quote_after(quote: str, letter: str) -> str:
    if quote:
        return "" if letter == quote else quote
    return letter if letter in "'\"" else ""


class _Expander:
    """One pass over one word."""

    def __init__(self, word: str, variables: Mapping[str, str], escape: str, line: int) -> None:
        self._word = word
        self._variables = variables
        self._escape = escape
        self._line = line
        self._at = 0

    def run(self) -> str:
        """Expand the whole word."""
        return self._until("")

    def _until(self, end: str) -> str:
        """Expand up to an unquoted `end`, which is consumed; an empty end means the end of the word."""
        out, quote = "", ""
        while self._at < len(self._word):
            letter = self._word[self._at]
            if not quote and end and letter == end:
                self._at += 1
                return out
            if quote != "'" and letter == "$":
                out += self._variable()
            elif quote != "'" and letter == self._escape:
                out += self._escaped(quote)
            else:
                after = _quote_after(quote, letter)
                out += letter if after == quote else ""
                quote = after
                self._at += 1
        if end:
            raise UsageError("dockerfile.brace-open", line=self._line, word=self._word)
        return out

    def _escaped(self, quote: str) -> str:
        self._at += 1
        if self._at >= len(self._word):
            return self._escape
        letter = self._word[self._at]
        self._at += 1
        special = letter in {'"', "$", self._escape}
        return letter if not quote or special else self._escape + letter

    def _variable(self) -> str:
        self._at += 1
        if self._word.startswith("{", self._at):
            self._at += 1
            return self._braced()
        name = self._name()
        return self._variables.get(name, "") if name else "$"

    def _name(self) -> str:
        match = _NAME.match(self._word, self._at)
        if not match:
            return ""
        self._at = match.end()
        return match[0]

    def _braced(self) -> str:
        name = self._name()
        value = self._variables.get(name)
        if self._word.startswith("}", self._at):
            self._at += 1
            return value or ""
        operator = self._operator()
        operand = self._until("}")
        return self._apply(name, value, operator, operand)

    def _operator(self) -> str:
        for operator in (":-", ":+", ":?", "-", "+", "?", "##", "#", "%%", "%", "//", "/"):
            if self._word.startswith(operator, self._at):
                self._at += len(operator)
                return operator
        raise UsageError("dockerfile.modifier", line=self._line, word=self._word)

    def _apply(self, name: str, value: str | None, operator: str, operand: str) -> str:
        present = bool(value) if operator.startswith(":") else value is not None
        kind = operator.lstrip(":")
        if kind == "-":
            return (value or "") if present else operand
        if kind == "+":
            return operand if present else ""
        if kind == "?":
            if not present:
                raise UsageError("dockerfile.variable-required", line=self._line, name=name, reason=operand)
            return value or ""
        return _trim(value or "", operator, operand)


def _trim(value: str, operator: str, operand: str) -> str:
    """Remove or replace by a shell pattern: `#` and `%` cut at the start and the end, `/` replaces."""
    if operator.startswith("/"):
        pattern, _, replacement = operand.partition("/")
        return re.sub(_regex(pattern), lambda _match: replacement, value, count=0 if operator == "//" else 1)
    lengths = range(len(value) + 1)
    for length in reversed(lengths) if len(operator) == 2 else lengths:  # noqa: PLR2004 - doubled means longest
        start = operator.startswith("#")
        piece = value[:length] if start else value[len(value) - length :]
        if fnmatch.fnmatchcase(piece, operand):
            return value[length:] if start else value[: len(value) - length]
    return value


def _regex(pattern: str) -> str:
    return fnmatch.translate(pattern).removesuffix(r"\Z").removesuffix(r"\z")
