"""A child's output as lines, cut where a line is longer than anyone reads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stream = Literal["stdout", "stderr"]
_CHUNK = 65536
_LONGEST_LINE = 16384


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line as a process wrote it, without its end; not cleaned of control characters."""

    text: str
    stream: Stream = "stdout"


LogSink = Callable[[LogLine], None]
"""Takes each line at once and must not block: it runs on the event loop."""


def discard(line: LogLine) -> None:
    """Drop the line: for commands whose output nobody reads."""
    del line


async def pump(reader: asyncio.StreamReader, stream: Stream, log: LogSink) -> None:
    """Hand every line to `log` until the stream ends; the last one needs no end of line."""
    pending = b""
    while chunk := await reader.read(_CHUNK):
        *lines, pending = (pending + chunk).split(b"\n")
        for line in lines:
            log(_line(line, stream))
        while len(pending) > _LONGEST_LINE:
            log(_line(pending[:_LONGEST_LINE], stream))
            pending = pending[_LONGEST_LINE:]
    if pending:
        log(_line(pending, stream))


def _line(raw: bytes, stream: Stream) -> LogLine:
    return LogLine(raw[:_LONGEST_LINE].decode(errors="replace").rstrip("\r"), stream)
