"""Lines for a terminal: a mark with its word, text that hangs behind it, and never a wrapped word in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from wizard.locale import Language, render
from wizard.report.sections import Say
from wizard.report.words import Mark
from wizard.text import clean

_STYLES = {"good": "green", "bad": "bold red", "warning": "yellow", "active": "cyan", "quiet": "dim"}
_WORD_CELLS = {Language.ENGLISH: 11, Language.KOREAN: 11}
_NARROWEST = 24
"""Cells of text below which hanging would make a column of single words."""


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Writes on one console in one language."""

    console: Console
    language: Language

    def say(self, text: Say) -> str:
        """Return a sentence as one clean line."""
        return clean(text if isinstance(text, str) else render(text, self.language))

    def mark(self, mark: Mark) -> Text:
        """Return glyph and word in a column of their own."""
        glyph = mark.glyph if self._encodes(mark.glyph) else mark.ascii
        text = Text(f"{glyph} {self.say(mark.word)}", style=_STYLES[mark.tone])
        text.pad_right(max(1, _WORD_CELLS[self.language] + 2 - text.cell_len))
        return text

    def write(self, head: Text | str, body: Text | str = "") -> None:
        """Print a line whose body hangs behind its head where the terminal is too narrow for both."""
        head, body = _text(head), _text(body)
        if not self.console.is_terminal:
            self.console.print(Text.assemble(head, body), soft_wrap=True)
            return
        width = self.console.width - head.cell_len
        if width < _NARROWEST:
            self.console.print(Text.assemble(head, body))
            return
        margin = Text(" " * head.cell_len)
        for index, line in enumerate(body.wrap(self.console, width) or [Text()]):
            line.rstrip()
            self.console.print(Text.assemble(margin if index else head, line), no_wrap=True, crop=False)

    def write_all(self, head: str, bodies: Sequence[str]) -> None:
        """Print many lines that begin alike; into a file they go as they are, past rich, which takes 70 µs a line."""
        if self.console.is_terminal:
            for body in bodies:
                self.write(Text(head, style="dim"), body)
        elif not self.console.quiet:
            try:
                self.console.file.write("".join(f"{head}{body}\n" for body in bodies))
                self.console.file.flush()
            except BrokenPipeError:
                self.console.on_broken_pipe()

    def _encodes(self, text: str) -> bool:
        try:
            text.encode(self.console.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True


def _text(value: Text | str) -> Text:
    return Text(value) if isinstance(value, str) else value
