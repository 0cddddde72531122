"""`.dockerignore`: which files of the build context the builder never sees.

Its patterns are Go's `filepath.Match` with `**` and `!`, always from the context's root: `*.pyc` ignores the root's
alone, unlike a `.gitignore`. The last pattern that matches decides. The Dockerfile itself can be ignored for COPY and
still be built from.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class _Pattern:
    regex: re.Pattern[str]
    include: bool


class ContextIgnore:
    """The patterns of one `.dockerignore`."""

    def __init__(self, text: str = "") -> None:
        self._patterns = [pattern for row in text.splitlines() if (pattern := _pattern(row))]

    @classmethod
    def of(cls, context: Path, dockerfile: Path | None = None) -> ContextIgnore:
        """Read `<Dockerfile>.dockerignore` beside the Dockerfile, else the context's `.dockerignore`, else nothing."""
        beside = [dockerfile.with_name(f"{dockerfile.name}.dockerignore")] if dockerfile else []
        for candidate in (*beside, context / ".dockerignore"):
            if candidate.is_file():
                return cls(candidate.read_text(encoding="utf-8-sig", errors="replace"))
        return cls()

    def ignores(self, path: str) -> bool:
        """Say whether the builder does not see this `/`-separated path, relative to the context."""
        ignored = False
        for pattern in self._patterns:
            if pattern.include == ignored and pattern.regex.fullmatch(path):
                ignored = not pattern.include
        return ignored

    @property
    def has_exceptions(self) -> bool:
        """Whether an ignored folder may hold files that are seen after all."""
        return any(pattern.include for pattern in self._patterns)

    def files(self, context: Path) -> Iterator[str]:
        """Yield the paths the builder sees, sorted, folders left out; links are named, not followed."""
        return (path for path in self._walk(context, "") if not path.endswith("/"))

    def folders(self, context: Path) -> Iterator[str]:
        """Yield the folders the builder sees, empty ones too."""
        return (path.rstrip("/") for path in self._walk(context, "") if path.endswith("/"))

    def _walk(self, folder: Path, prefix: str) -> Iterator[str]:
        """Yield files and, with a slash behind them, folders."""
        for entry in sorted(folder.iterdir()):
            path = f"{prefix}{entry.name}"
            ignored = self.ignores(path)
            if entry.is_dir() and not entry.is_symlink():
                if not ignored:
                    yield f"{path}/"
                if not ignored or self.has_exceptions:
                    yield from self._walk(entry, f"{path}/")
            elif not ignored:
                yield path


def _pattern(row: str) -> _Pattern | None:
    text = row.strip()
    if not text or text.startswith("#"):
        return None
    include = text.startswith("!")
    text = posixpath.normpath(text.removeprefix("!").strip()).lstrip("/")
    if text in {"", "."}:
        return None
    return _Pattern(re.compile(f"{_translate(text)}(?:/.*)?"), include)


def _translate(pattern: str) -> str:
    out, at = "", 0
    while at < len(pattern):
        piece, taken = _piece(pattern, at)
        out += piece
        at += taken
    return out


def _piece(pattern: str, at: int) -> tuple[str, int]:
    if pattern.startswith("**/", at):
        return "(?:.*/)?", 3
    if pattern.startswith("**", at):
        return ".*", 2
    letter = pattern[at]
    if letter == "[" and (end := pattern.find("]", at + 2)) > 0:
        return _set(pattern[at + 1 : end]), end + 1 - at
    if letter == "\\" and at + 1 < len(pattern):
        return re.escape(pattern[at + 1]), 2
    return {"*": "[^/]*", "?": "[^/]"}.get(letter, re.escape(letter)), 1


def _set(inner: str) -> str:
    negated = inner.startswith("^")
    body = inner.removeprefix("^").replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
    return f"[{'^' if negated else ''}{body}]"
