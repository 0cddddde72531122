"""A table that is written anew as a whole and keeps the chosen row; its columns are as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import DataTable


class RowsTable(DataTable[Content]):
    """Rows of words to choose from."""

    def __init__(self) -> None:
        super().__init__(cursor_type="row", zebra_stripes=True)

    def write(self, headings: Sequence[str], rows: Sequence[Sequence[Content]]) -> None:
        """Show these rows; the cursor stays where it was as far as there are rows."""
        place = self.cursor_row
        self.clear(columns=True)
        for index, heading in enumerate(headings):
            width = max([cell_len(heading), *(row[index].cell_length for row in rows)])
            self.add_column(heading, width=width)  # the table itself would measure headings alone
        for row in rows:
            self.add_row(*row)
        if rows:
            self.move_cursor(row=min(place, len(rows) - 1))
