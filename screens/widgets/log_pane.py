"""A log of any length: strings are kept, only visible rows are styled, and who scrolled up stays where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.logs.lines import Level, level_of
from wizard.text import clean

_KEPT = 20_000


class LogPane(ScrollView, can_focus=True):
    """A bounded window on a log.

    Attributes:
        follow: jump to the end when lines come and the end was in sight.
    """

    DEFAULT_CSS = """
    LogPane { background: $surface; color: $foreground; overflow: scroll; }
    LogPane .log-pane--warning { color: $text-warning; }
    LogPane .log-pane--error { color: $text-error; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar = {"log-pane--warning", "log-pane--error"}
    follow: reactive[bool] = reactive(True, init=False)

    def __init__(self, *, kept: int = _KEPT, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._kept = kept
        self._lines: list[str] = []
        self._dropped = 0
        self._width = 0
        self._strips: LRUCache[tuple[int, int, int], Strip] = LRUCache(512)

    @property
    def lines(self) -> Sequence[str]:
        """The lines that are kept, oldest first."""
        return self._lines

    def extend(self, lines: Iterable[str]) -> None:
        """Append a batch; the oldest go when there are too many."""
        fresh = [clean(line) for line in lines]
        if not fresh:
            return
        at_end = self.follow and self.is_vertical_scroll_end
        self._lines += fresh
        self._trim()
        self._width = max(self._width, *map(_cells, fresh))
        self.virtual_size = Size(self._width, len(self._lines))
        if at_end:
            self.scroll_end(animate=False, immediate=True, x_axis=False)
        self.refresh()

    def replace(self, lines: Iterable[str]) -> None:
        """Show other lines, from their end."""
        self._lines, self._dropped, self._width = [], self._dropped + len(self._lines), 0
        self.virtual_size = Size(0, 0)
        self._strips.clear()
        self.extend(lines)
        self.scroll_end(animate=False, immediate=True, x_axis=False)
        self.refresh()

    def _trim(self) -> None:
        """Let a tenth too many pile up before trimming: moving the list at every batch would cost more."""
        excess = len(self._lines) - self._kept
        if excess > self._kept // 10:
            del self._lines[:excess]
            self._dropped += excess

    def render_line(self, y: int) -> Strip:
        """Style one visible row."""
        x, top = self.scroll_offset
        row, width = top + y, self.size.width
        if row >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        key = (row + self._dropped, x, width)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._styled(self._lines[row], x, width)
        return strip

    def _styled(self, text: str, x: int, width: int) -> Strip:
        style = self.rich_style
        level = level_of(text)
        if level is not Level.ALL:
            style += self.get_component_rich_style(f"log-pane--{level}", partial=True)
        return Strip([Segment(text, style)], cell_len(text)).crop_extend(x, x + width, self.rich_style)

    def notify_style_update(self) -> None:
        """Forget rows styled by another theme."""
        super().notify_style_update()
        self._strips.clear()


def _cells(line: str) -> int:
    """Return how wide a line is: Hangul takes two cells a letter."""
    return len(line) if line.isascii() else cell_len(line)
