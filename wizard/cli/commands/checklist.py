"""`railwizard checklist`: every variable of every service, its state, source and readers; never a value."""

from __future__ import annotations

import sys

import click

from wizard.cli.documents import print_table
from wizard.cli.invocation import Invocation
from wizard.cli.options import faces, target
from wizard.cli.reading import read_and_print
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.messages import Message, message
from wizard.operations.checklist import read_checklist
from wizard.plan.checklist import Row, to_markdown

_HEADINGS = tuple(
    map(
        message,
        (
            "cli.column-service",
            "cli.column-variable",
            "cli.column-state",
            "cli.column-source",
            "cli.column-acts",
            "cli.column-readers",
        ),
    )
)


@declare("checklist", help="help.checklist")
@target
@option("--markdown", help="help.markdown", is_flag=True)
@faces
@click.pass_context
def command(ctx: click.Context, /, *, markdown: bool, **_: object) -> int:
    """Print the checklist; what is open is for the reader to see, the exit code stays 0."""
    show = _print_markdown if markdown else _print
    return read_and_print(ctx, read_checklist, document=_document, show=show)


def _document(rows: tuple[Row, ...]) -> dict[str, object]:
    return {"checklist": rows, "open": sum(row.state.open for row in rows)}


def _print_markdown(invocation: Invocation, rows: tuple[Row, ...]) -> None:
    sys.stdout.write(to_markdown(rows, invocation.language))


def _print(invocation: Invocation, rows: tuple[Row, ...]) -> None:
    shown = [
        (
            row.service,
            row.name,
            Message(f"checklist.state.{row.state}"),
            Message(f"checklist.source.{row.source or 'unknown'}"),
            Message(f"checklist.acts.{row.acts}"),
            ", ".join(row.readers) or message("checklist.nobody"),
        )
        for row in rows
    ]
    print_table(invocation, _HEADINGS, shown)
