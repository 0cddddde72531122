"""Python tracebacks as logs hold them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wizard.text import Quote

_START = re.compile(r"Traceback \(most recent call last\):")
_FRAME = re.compile(r'^\s*File "(?P<path>[^"]+)", line (?P<line>\d+)(?:, in (?P<function>.+))?')
_ERROR = re.compile(
    r"^(?P<type>[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning|Missing\w*|\w*))(?:: (?P<text>.*))?$"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One call of a traceback: the file as it is called in the image, and the log's lines of it."""

    path: str
    number: int
    quote: Quote
    code: Quote | None


@dataclass(frozen=True, slots=True)
class Traceback:
    """An exception with the calls that led to it.

    Attributes:
        type: the exception's name with its module.
        text: its first line.
        error: the log's line that names it.
    """

    frames: tuple[Frame, ...]
    type: str
    text: str
    error: Quote


def last_traceback(lines: Sequence[Quote]) -> Traceback | None:
    """Return the last traceback of a log; of chained ones the last is what ended the program."""
    starts = [index for index, line in enumerate(lines) if _START.search(line.text)]
    for start in reversed(starts):
        if found := _read(lines[start + 1 :]):
            return found
    return None


def _read(lines: Sequence[Quote]) -> Traceback | None:
    frames: list[Frame] = []
    for index, line in enumerate(lines):
        match = _FRAME.match(line.text)
        if match:
            code = lines[index + 1] if index + 1 < len(lines) and not _FRAME.match(lines[index + 1].text) else None
            frames.append(Frame(match["path"], int(match["line"]), line, code))
        elif (error := _ERROR.match(line.text)) and not line.text.startswith(" "):
            return Traceback(tuple(frames), error["type"], error["text"] or "", line)
    return None
