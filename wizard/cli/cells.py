"""Help texts measured in terminal cells: a Korean syllable takes two, and click counts it as one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import click

_WIDE = frozenset("WF")
_NARROWEST = 12


def width(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) + sum(unicodedata.east_asian_width(letter) in _WIDE for letter in text)


def wrapped(text: str, cells: int) -> Iterator[str]:
    """Yield lines of at most that many cells, broken at spaces; a longer word stands alone."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer) > cells:
            yield line
            longer = word
        line = longer
    yield line


class CellFormatter(click.HelpFormatter):
    """click's formatter with its two wrapping methods done in cells."""

    def write_text(self, text: str) -> None:
        """Write a paragraph at the current indentation."""
        for line in wrapped(text, max(_NARROWEST, self.width - self.current_indent)):
            self.write(f"{'':{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean in two columns; a long term has a line of its own."""
        rows = list(rows)
        widest = max((width(term) for term, _ in rows), default=0)
        column = min(widest, col_max) + col_spacing
        margin = f"{'':{self.current_indent}}"
        for term, meaning in rows:
            lines = list(wrapped(meaning, max(_NARROWEST, self.width - self.current_indent - column)))
            fits = width(term) <= column - col_spacing
            head = margin + term + " " * (column - width(term)) + lines[0] if fits else margin + term
            rest = lines[1:] if fits else lines
            for line in (head, *(margin + " " * column + line for line in rest)):
                self.write(line.rstrip() + "\n")


class CellContext(click.Context):
    """A context whose help is measured in cells."""

    formatter_class = CellFormatter
