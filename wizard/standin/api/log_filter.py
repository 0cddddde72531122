"""Railway's log filter: words, "quoted text", `@level:error`, `@name:value`, `-`, AND and OR."""

from __future__ import annotations

import re
from collections.abc import Callable

from wizard.standin.state.logs import Log

Test = Callable[[Log], bool]
_TOKEN = re.compile(r'-?"[^"]*"|\S+')


def compile_filter(text: str | None) -> Test:
    """Return a test for lines; AND binds tighter than OR, words beside each other are an AND."""
    groups: list[list[Test]] = [[]]
    for token in _TOKEN.findall(text or ""):
        if token == "OR":  # noqa: S105 - a word of the filter language
            groups.append([])
        elif token != "AND":  # noqa: S105
            groups[-1].append(_term(token))
    return lambda line: any(all(test(line) for test in group) for group in groups)


def _term(token: str) -> Test:
    if token.startswith("-") and len(token) > 1:
        wanted = _term(token[1:])
        return lambda line: not wanted(line)
    if token.startswith("@") and ":" in token:
        name, _, value = token[1:].partition(":")
        return lambda line: _attribute(line, name) == value.strip('"').lower()
    needle = token.strip('"').lower()
    return lambda line: needle in line.message.lower()


def _attribute(line: Log, name: str) -> str | None:
    return line.severity if name == "level" else None
