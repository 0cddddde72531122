"""Text from outside made harmless: what a log, an answer or a file says is data, never an instruction to a terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

LONGEST_LINE = 16 * 1024
"""Characters kept of one line from outside."""

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Return one printable line: no escapes, no control, bidi or format characters, at most 16 KB."""
    text = text[:LONGEST_LINE]
    if text.isascii() and text.isprintable():
        return text
    return _UNPRINTABLE.sub("�", _ESCAPES.sub("", text).expandtabs(4))


@dataclass(frozen=True, slots=True)
class Quote:
    """A line from outside that tells something, with the place it was found at.

    Attributes:
        source: `build` or `deploy` for a log, a path for a file, a name for an answer.
        number: of the line in its source, counted from 1; 0 where lines have no number.
        at: when a log said it.
    """

    source: str
    number: int
    text: str
    at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", clean(self.source))
        object.__setattr__(self, "text", clean(self.text))

    @property
    def place(self) -> str:
        """The source with the line's number: `deploy:41`, `app/main.py:7`."""
        return f"{self.source}:{self.number}" if self.number else self.source
