"""An application's folder as Railpack's providers look at it: files, patterns, JSON with comments, TOML, flat YAML."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wizard.standin.builder.image import BuildFailed

_NEVER_ENTERED = {".git", "node_modules", ".venv", "venv", "__pycache__", ".next"}
_STRING_OR_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])', re.DOTALL)
_FLAT_YAML = re.compile(r"^(?P<key>[\w.-]+)\s*:(?:[ \t]+(?P<value>.*))?$")


class App:
    """The folder a build starts from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str) -> bool:
        """Say whether there is a file of that path."""
        return (self.folder / name).is_file()

    def has_folder(self, name: str) -> bool:
        """Say whether there is a folder of that path."""
        return (self.folder / name).is_dir()

    def matches(self, pattern: str) -> bool:
        """Say whether any file or folder directly in it has such a name."""
        return next(self.folder.glob(pattern), None) is not None

    def read(self, name: str) -> str:
        """Return a file's text, empty without the file."""
        path = self.folder / name
        return path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""

    def read_first(self, *names: str) -> str:
        """Return the text of the first of these files that there is."""
        return next((self.read(name) for name in names if self.has(name)), "")

    def json(self, name: str) -> dict[str, Any]:
        """Return a JSON object, comments and trailing commas allowed; empty without the file, BuildFailed if broken."""
        text = self.read(name)
        if not text.strip():
            return {}
        plain = _TRAILING_COMMA.sub(lambda found: found[1] or "", _STRING_OR_COMMENT.sub(_kept_string, text))
        try:
            value = json.loads(plain)
        except ValueError as error:
            raise BuildFailed("Railpack", (f"error reading {name}: {error}",)) from None
        if not isinstance(value, dict):
            raise BuildFailed("Railpack", (f"error reading {name}: it is no object",))
        return value

    def toml(self, name: str) -> dict[str, Any]:
        """Return a TOML document, empty where it cannot be read."""
        try:
            return tomllib.loads(self.read(name))
        except tomllib.TOMLDecodeError:
            return {}

    def flat_yaml(self, name: str) -> dict[str, str]:
        """Return the `key: value` lines of a Procfile or a Staticfile, quotes around a whole value taken off."""
        found = {}
        for line in self.read(name).splitlines():
            if match := _FLAT_YAML.match(line.rstrip()):
                found[match["key"]] = _unquoted((match["value"] or "").strip())
        return found

    def walk(self, *endings: str) -> Iterator[Path]:
        """Yield the files at any depth whose names end so, dependencies and version control left out; sorted."""
        return (path for path in self._walk(self.folder) if path.name.endswith(endings))

    def _walk(self, folder: Path) -> Iterator[Path]:
        for entry in sorted(folder.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                if entry.name not in _NEVER_ENTERED:
                    yield from self._walk(entry)
            elif entry.is_file():
                yield entry


def _kept_string(found: re.Match[str]) -> str:
    return found[1] or " "


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.split(r"\s#", value, maxsplit=1)[0].rstrip()
