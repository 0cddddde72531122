"""Where each key of a TOML document stands: line numbers for error messages, which tomllib does not keep."""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}\n#]*")


class Positions:
    """The line, counted from 1, of every key, table and array item of a valid TOML document."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._implied: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        _Scanner(text, self).document()

    def line(self, path: Path) -> int:
        """Return the line of the path, or of the nearest table around it; 1 for the document."""
        while path:
            if (found := self._lines.get(path) or self._implied.get(path)) is not None:
                return found
            path = path[:-1]
        return 1

    def __contains__(self, path: Path) -> bool:
        return path in self._lines or path in self._implied

    def mark(self, path: Path, line: int) -> None:
        """Record where a path is written, and that the tables around it exist from there on."""
        self._lines.setdefault(path, line)
        for size in range(1, len(path)):
            self._implied.setdefault(path[:size], line)

    def resolve(self, keys: tuple[str, ...]) -> Path:
        """Return the path of a header's keys: inside an array of tables they mean its last table."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def next_table(self, keys: tuple[str, ...]) -> Path:
        """Return the path of one more table of an array of tables."""
        path: Path = (*self.resolve(keys[:-1]), keys[-1])
        number = self._counts.get(path, 0)
        self._counts[path] = number + 1
        return (*path, number)


class _Scanner:
    """Walks the text once; lenient, because tomllib has accepted the document before."""

    def __init__(self, text: str, positions: Positions) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._positions = positions

    def document(self) -> None:
        table: Path = ()
        self._blank()
        while self._at < len(self._text):
            if self._peek("["):
                table = self._header()
            else:
                self._pair(table)
            self._blank()

    def _header(self) -> Path:
        line = self._line
        is_array = self._text.startswith("[[", self._at)
        self._skip(2 if is_array else 1)
        keys = self._keys()
        self._skip(2 if is_array else 1)
        path = self._positions.next_table(keys) if is_array else self._positions.resolve(keys)
        self._positions.mark(path, line)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line
        path = (*table, *self._keys())
        self._positions.mark(path, line)
        self._skip(1)
        self._blank()
        self._value(path)

    def _keys(self) -> tuple[str, ...]:
        keys: list[str] = []
        while match := _KEY_PART.match(self._text, self._at):
            self._move(match.end())
            keys.append(_plain(match[1]))
            if not self._peek("."):
                break
            self._skip(1)
        return tuple(keys)

    def _value(self, path: Path) -> None:
        if self._peek("{"):
            self._members(path, "}")
        elif self._peek("["):
            self._members(path, "]")
        else:
            match = _STRING.match(self._text, self._at) or _BARE.match(self._text, self._at)
            self._move(match.end() if match else len(self._text))

    def _members(self, path: Path, end: str) -> None:
        self._skip(1)
        self._blank()
        number = 0
        while self._at < len(self._text) and not self._peek(end):
            if end == "}":
                self._pair(path)
            else:
                self._positions.mark((*path, number), self._line)
                self._value((*path, number))
            number += 1
            self._blank()
            self._skip(1 if self._peek(",") else 0)
            self._blank()
        self._skip(1)

    def _blank(self) -> None:
        if match := _BLANK.match(self._text, self._at):
            self._move(match.end())

    def _peek(self, character: str) -> bool:
        return self._text.startswith(character, self._at)

    def _skip(self, count: int) -> None:
        self._move(min(self._at + count, len(self._text)))

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to


def _plain(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
