"""What the platform makes of a line an application writes: its message, its level and its attributes.

A line that is one JSON object is structured: `message` or `msg`, `level`, and everything else as attributes, nested
ones by dots and arrays by index. Any other line is its own message. Source: Railway's documentation of logs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_LEVELS = {
    "trace": "debug",
    "debug": "debug",
    "verbose": "debug",
    "info": "info",
    "notice": "info",
    "log": "info",
    "warn": "warn",
    "warning": "warn",
    "error": "error",
    "err": "error",
    "fatal": "error",
    "critical": "error",
    "panic": "error",
}
_MOST_ATTRIBUTES = 100


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line as it is stored."""

    message: str
    severity: str
    attributes: tuple[tuple[str, str], ...]


def parse(text: str, severity: str) -> Parsed:
    """Read a line; `severity` is that of its stream, which a structured line may replace."""
    document = _object(text)
    if document is None:
        return Parsed(text, severity, (("level", severity),))
    message = document.pop("message", None) or document.pop("msg", None) or ""
    level = _LEVELS.get(str(document.pop("level", "")).lower(), severity)
    attributes = tuple(_flat(document, ""))[:_MOST_ATTRIBUTES]
    return Parsed(_text(message), level, (("level", level), *attributes))


def _object(text: str) -> dict[str, Any] | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        document = json.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict) and document else None


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flat(inner, f"{name}[{index}]")
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
