"""The face for scripts: one JSON object a line on stdout, the last one the result."""

from __future__ import annotations

from typing import BinaryIO

from wizard.event_json import to_line
from wizard.events import Stamped


class JsonRenderer:
    """Writes every event as a line as soon as it happens; falls silent when the reader has left.

    A reader that leaves early does not stop a deployment halfway: the run goes on, its exit code still tells.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._reader_left = False

    def __call__(self, stamped: Stamped) -> None:
        """Write one event."""
        if self._reader_left:
            return
        line = to_line(stamped).encode("utf-8", "replace") + b"\n"
        try:
            self._stream.write(line)
            self._stream.flush()
        except OSError:
            self._reader_left = True
