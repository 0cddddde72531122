"""Every request and answer as a line of JSON, for tests and bug reports; no secret is written.

| type | what |
|---|---|
| request | `n`, `at`, `method`, `path`, `credential`; `operation`, `query`, `variables`, or `parameters`, `bytes` |
| answer | `n` of its request, `status` (0: the connection was cut), `seconds`, `body` or `bytes` where it is no JSON |
| open, in, out, close | a WebSocket and its messages; `n` is the socket's |
| fault | a fault that struck: `id`, `on`, `kind` |
"""

from __future__ import annotations

import json
import os
from itertools import count
from pathlib import Path
from typing import Any, TextIO

from wizard.clock import Clock
from wizard.standin.api.masking import Masker
from wizard.standin.faults.book import Shot

_LONGEST_TEXT = 4_000
_LONGEST_LINE = 64_000
_LARGEST_FILE = 32_000_000
"""Bytes before the file is put aside as `<name>.1` and begun again."""


class Record:
    """Writes lines; at most the newest 64 MB of them are kept."""

    def __init__(self, path: Path, clock: Clock, masker: Masker) -> None:
        self.masker = masker
        self._path, self._clock = path, clock
        self._numbers = count(1)
        self._file: TextIO | None = None

    def number(self) -> int:
        """Return the number of a new request or socket."""
        return next(self._numbers)

    def write(self, type_: str, **told: Any) -> None:
        """Write one line; what is None is left out, what is long is cut."""
        kept = {key: _cut(value) for key, value in told.items() if value is not None}
        line = json.dumps({"type": type_, "at": self._clock.now().isoformat(), **kept}, ensure_ascii=False)
        if len(line) > _LONGEST_LINE:
            short = {key: value for key, value in kept.items() if not isinstance(value, dict | list)}
            line = json.dumps({"type": type_, "at": self._clock.now().isoformat(), **short, "left_out": len(line)})
        file = self._open()
        file.write(line + "\n")
        file.flush()
        if file.tell() > _LARGEST_FILE:
            self.close()
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))

    def struck(self, shot: Shot) -> None:
        """Write that a fault struck."""
        self.write("fault", id=shot.armed.id, on=shot.fault.on, kind=shot.kind.value, service=shot.call.service)

    def close(self) -> None:
        """Close the file; the next line opens it again."""
        if self._file:
            self._file.close()
        self._file = None

    def _open(self) -> TextIO:
        if self._file is None:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            self._file = os.fdopen(handle, "a", encoding="utf-8")
        return self._file


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cut(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cut(inner) for inner in value]
    return f"{value[:_LONGEST_TEXT]}…" if isinstance(value, str) and len(value) > _LONGEST_TEXT else value
