"""Answers of commands that are no runs: a table for people or one JSON document for scripts, always on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.table import Table
from rich.text import Text

from wizard.cli.invocation import Invocation
from wizard.cli.plain_renderer import console_for
from wizard.cli.typesetting import Typesetter
from wizard.event_json import encode
from wizard.events import VERSION
from wizard.report.sections import Say


def print_json(document: dict[str, Any]) -> None:
    """Print one document; dataclasses, messages and times are encoded as in the event stream."""
    text = json.dumps({"v": VERSION, **encode(document)}, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def print_json_line(document: dict[str, Any]) -> None:
    """Print one document of several as one line."""
    text = json.dumps({"v": VERSION, **encode(document)}, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def setter_for(invocation: Invocation) -> Typesetter:
    """Return what writes on stdout in the operator's language."""
    return Typesetter(console_for(sys.stdout), invocation.language)


def print_table(invocation: Invocation, headings: Sequence[Say], rows: Sequence[Sequence[Say]]) -> None:
    """Print columns: wrapped within a terminal, whole lines in a file."""
    setter = setter_for(invocation)
    cells = [[setter.say(cell) for cell in row] for row in (headings, *rows)]
    if not setter.console.is_terminal:
        _print_columns(setter, cells)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in cells[0]:
        table.add_column(Text(heading), overflow="fold")
    for row in cells[1:]:
        table.add_row(*map(Text, row))
    setter.console.print(table)


def _print_columns(setter: Typesetter, cells: Sequence[Sequence[str]]) -> None:
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (set_cell_size(cell, width) for cell, width in zip(row, widths, strict=True))
        setter.write("  ".join(padded).rstrip())
