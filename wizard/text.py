"""Text from outside made harmless: what a log, an answer or a file says is data, never an instruction to a terminal."""

from __future__ import annotations

import re

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
