"""References in the plan's values: `{backend.url}` names another resource's output, without saying how a platform does.

`{service.url}`, `.urls`, `.ws_url`, `.host` and `.internal_url`, `{database.VARIABLE}` and `{shared.VARIABLE}` become
`OutputRef`s; `{{` and `}}` are braces; the platform's own `${{...}}` and a shell's `${NAME}` pass through as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wizard.plan.model import Plan, VariableValue
from wizard.platform.values import Literal, OutputRef, Reference

SHARED = "shared"
"""The name that refers to the plan's shared variables; no resource may have it."""
Path = tuple[str | int, ...]
"""The way to a value in the plan: `("services", "backend", "variables", "CORS_ORIGINS")`."""

_TOKEN = re.compile(
    r"(?P<native>\$\{\{.*?\}\})"
    r"|(?P<shell>\$\{[A-Za-z_]\w*\})"
    r"|(?P<open>\{\{)|(?P<close>\}\})"
    r"|\{(?P<resource>[A-Za-z0-9_-]+)\.(?P<output>[A-Za-z_]\w*)\}"
    r"|(?P<stray>\{[^{}]*\}?|\})",
    re.DOTALL,
)
_BRACE = re.compile(r"\$\{\{.*?\}\}|\$\{[A-Za-z_]\w*\}|[{}]", re.DOTALL)


class ReferenceSyntaxError(ValueError):
    """Braces that are neither a reference nor escaped; its argument is the offending text."""


@dataclass(frozen=True, slots=True)
class Use:
    """A reference and the place that makes it."""

    path: Path
    output: OutputRef


def parse(text: str) -> Literal | Reference:
    """Split a value into text and outputs; raises ReferenceSyntaxError for a brace that is neither."""
    parts: list[str | OutputRef] = []
    end = 0
    for token in _TOKEN.finditer(text):
        _append(parts, text[end : token.start()])
        _append(parts, _meaning(token))
        end = token.end()
    _append(parts, text[end:])
    if any(isinstance(part, OutputRef) for part in parts):
        return Reference(tuple(parts))
    return Literal("".join(part for part in parts if isinstance(part, str)))


def escape(text: str) -> str:
    """Write a text so that `parse` gives it back: braces are doubled unless they pass through anyway."""
    return _BRACE.sub(lambda found: found[0] * 2 if found[0] in "{}" else found[0], text)


def uses(plan: Plan) -> Iterator[Use]:
    """Yield every reference of the plan in the order it is written."""
    for path, value in texts(plan):
        parsed = parse(value)
        if isinstance(parsed, Reference):
            yield from (Use(path, output) for output in parsed.outputs)


def texts(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Yield every text value that may hold references, with the way to it."""
    yield from _table((SHARED,), plan.shared)
    for name, service in plan.services.items():
        yield from _table(("services", name, "variables"), service.variables)


def _table(path: Path, variables: Mapping[str, VariableValue]) -> Iterator[tuple[Path, str]]:
    for name, value in variables.items():
        if isinstance(value, str):
            yield (*path, name), value


def _append(parts: list[str | OutputRef], part: str | OutputRef) -> None:
    if isinstance(part, str) and parts and isinstance(last := parts[-1], str):
        parts[-1] = last + part
    elif part:
        parts.append(part)


def _meaning(token: re.Match[str]) -> str | OutputRef:
    if token["stray"]:
        raise ReferenceSyntaxError(token["stray"])
    if token["resource"]:
        return OutputRef(token["resource"], token["output"])
    if token["open"] or token["close"]:
        return token[0][0]
    return token[0]
