"""One of several in a form: the arrow keys choose, and a glyph says which one is chosen, not colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

CHOSEN, OTHER = "◉", "○"


class ChoiceList(OptionList):
    """Lists labels; the highlighted one is the choice."""

    DEFAULT_CSS = "ChoiceList { height: auto; max-height: 8; border: none; padding: 0 1; }"

    def __init__(self, count: int, chosen: int = 0) -> None:
        super().__init__(*(Option("", id=str(index)) for index in range(count)), markup=False, compact=True)
        self._labels: Sequence[str] = [""] * count
        self.highlighted = min(chosen, count - 1) if count else None

    @property
    def chosen(self) -> int:
        """Index of the choice."""
        return self.highlighted or 0

    def name_options(self, labels: Sequence[str]) -> None:
        """Write the labels."""
        self._labels = labels
        self._write()

    @on(OptionList.OptionHighlighted)
    def choose(self, event: OptionList.OptionHighlighted) -> None:
        """Let the glyph follow."""
        event.stop()
        self._write()

    def _write(self) -> None:
        for index, label in enumerate(self._labels):
            glyph = CHOSEN if index == self.chosen else OTHER
            self.replace_option_prompt(str(index), Content(f"{glyph} {label}"))
