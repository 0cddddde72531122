"""Text of many lines: what does not fit into a line goes on below its own words, not below its mark."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

_HANG = 2


class Prose(Static):
    """Shows content whose lines may be indented."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False)
        self._told = Content("")
        self._width = 0

    def tell(self, content: Content) -> None:
        """Show other content."""
        self._told = content
        self.update(hanging(content, self._width))

    def on_resize(self, event: Resize) -> None:
        """Break the lines where they fit now."""
        if event.size.width != self._width:
            self._width = event.size.width
            self.update(hanging(self._told, self._width))


def hanging(content: Content, width: int) -> Content:
    """Break the lines of a text at a width in cells; 0 leaves them as they are."""
    if not width:
        return content
    return Content("\n").join(piece for line in content.split(allow_blank=True) for piece in _pieces(line, width))


def _pieces(line: Content, width: int) -> Iterator[Content]:
    indent = len(line.plain) - len(line.plain.lstrip(" "))
    hang = indent + _HANG if indent else 0
    if line.cell_length <= width or hang >= width // 2:
        yield line
        return
    for number, piece in enumerate(line[indent:].wrap(width - hang)):
        yield Content(" " * (hang if number else indent)) + piece
