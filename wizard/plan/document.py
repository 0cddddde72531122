"""Reads `wizard.toml` as a document: a file that is there, small, text and TOML, or an error that says what is not."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wizard.errors import UsageError
from wizard.plan.positions import Positions

FILE_NAME = "wizard.toml"
LARGEST = 1_000_000
"""Bytes; a larger file is not a plan."""

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_DUPLICATE = re.compile(r"Cannot (?:overwrite|declare|mutate)|already|twice|Duplicate", re.IGNORECASE)


@dataclass(slots=True)
class Document:
    """A parsed file that knows where its keys stand."""

    file: str
    text: str
    data: Mapping[str, object]
    _positions: Positions | None = field(default=None, init=False)

    @property
    def positions(self) -> Positions:
        """Lines of its keys; found when they are first asked for."""
        if self._positions is None:
            self._positions = Positions(self.text)
        return self._positions


def read_document(path: Path) -> Document:
    """Read and parse the file; raises UsageError `plan.missing-file`, `.not-a-file`, `.unreadable`, and those below."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UsageError("plan.not-a-file", file=str(path))
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError("plan.missing-file", file=str(path)) from None
    except (OSError, ValueError) as error:
        raise UsageError("plan.unreadable", file=str(path), reason=_reason(error)) from None
    if len(content) > LARGEST:
        raise UsageError("plan.too-large", file=str(path), size=status.st_size, limit=LARGEST)
    return parse_document(str(path), content)


def parse_document(file: str, content: bytes) -> Document:
    """Parse TOML; raises UsageError `plan.not-text`, `plan.invalid-toml` or `plan.duplicate-key`."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError("plan.not-text", file=file, line=line, offset=error.start) from None
    try:
        return Document(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(file, text, str(error)) from None
    except (RecursionError, ValueError):
        raise UsageError("plan.unparsable", file=file) from None


def _syntax_error(file: str, text: str, told: str) -> UsageError:
    place = _PLACE.search(told)
    lines = text.split("\n")
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (len(lines), len(lines[-1]) + 1)
    reason = _PLACE.sub("", told)
    if _DUPLICATE.search(reason):
        key = lines[line - 1].split("=")[0].strip().strip("[]").strip()
        return UsageError("plan.duplicate-key", file=file, line=line, key=key)
    return UsageError("plan.invalid-toml", file=file, line=line, column=column, reason=reason)


def _reason(error: OSError | ValueError) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number) if number else str(error)
