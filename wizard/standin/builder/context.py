"""The build context: what COPY can see, and how a source that it cannot see fails."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from pathlib import Path

from wizard.source.dockerfile import ContextIgnore
from wizard.standin.builder.image import BuildFailed
from wizard.standin.builder.steps import Keys

_LARGEST_SOURCE = 1024 * 1024
_PATTERN = frozenset("*?[")


class Context:
    """The files of one context after `.dockerignore`."""

    def __init__(self, folder: Path, ignore: ContextIgnore) -> None:
        self.folder = folder
        self._files = tuple(ignore.files(folder))
        self._folders = {""} | {parent for file in self._files for parent in _parents(file)}
        self._folders |= set(ignore.folders(folder))

    def resolve(self, source: str, step: str) -> list[str]:
        """Return the paths a COPY source means; raises BuildFailed in the builder's words for one that is not there.

        A path above the context is taken from its root, as the builder does it, and is then not found.
        """
        path = posixpath.normpath("/" + source).lstrip("/")
        if _PATTERN & set(path):
            return self._matches(path)
        if path in self._folders or path in self._files:
            return [path]
        reason = "failed to compute cache key: failed to calculate checksum of ref"
        raise BuildFailed(step, (f'failed to solve: {reason}: "/{path}": not found',))

    def below(self, path: str) -> tuple[str, ...]:
        """Return the files at and below a path."""
        if path in self._files:
            return (path,)
        prefix = f"{path}/" if path else ""
        return tuple(file for file in self._files if file.startswith(prefix))

    def folders_below(self, path: str) -> tuple[str, ...]:
        """Return the folders at and below a path, empty ones too."""
        prefix = f"{path}/" if path else ""
        return tuple(sorted(folder for folder in self._folders if folder == path or folder.startswith(prefix)))

    def mentions(self, pattern: re.Pattern[bytes]) -> frozenset[str]:
        """Return what a pattern finds in the files, those aside that are too large for source code."""
        found: set[bytes] = set()
        for file in self._files:
            path = self.folder / file
            if path.is_file() and path.stat().st_size <= _LARGEST_SOURCE:
                found |= set(pattern.findall(path.read_bytes()))
        return frozenset(word.decode() for word in found)

    def digests(self, path: str, keys: Keys) -> list[tuple[str, str]]:
        """Return what a key takes from everything at and below a path."""
        return [(file, keys.of_file(file)) for file in self.below(path)]

    def _matches(self, pattern: str) -> list[str]:
        if "**" in pattern:
            deep = re.compile(_deep(pattern))
            return sorted(path for path in (*self._files, *self._folders) if path and deep.fullmatch(path))
        depth = pattern.count("/")
        candidates = (path for path in (*self._files, *self._folders) if path and path.count("/") == depth)
        return sorted(path for path in candidates if _matches(path, pattern))


def _matches(path: str, pattern: str) -> bool:
    pairs = zip(path.split("/"), pattern.split("/"), strict=True)
    return all(fnmatch.fnmatchcase(name, piece) for name, piece in pairs)


def _deep(pattern: str) -> str:
    """Translate a pattern of which `**` stands for any number of folders."""
    pieces = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.sub(r"\*\*/|\*\*|[*?]|[^*?]+", lambda match: pieces.get(match[0], re.escape(match[0])), pattern)


def _parents(file: str) -> list[str]:
    parts = file.split("/")[:-1]
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
