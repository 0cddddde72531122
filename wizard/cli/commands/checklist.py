"""`railwizard checklist`: every variable of every service, its state, source and readers; never a value."""

from __future__ import annotations

import sys

import click

from wizard.cli.documents import print_json, print_table
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import engine_options, faces, invocation_of, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.compose import Faces, session
from wizard.errors import ExitCode
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
    invocation = invocation_of(ctx)

    async def work(faces: Faces) -> int:
        async with session(engine_options(ctx), faces) as run:
            rows = await read_checklist(run)
        if invocation.mode is Mode.JSON:
            print_json({"checklist": rows, "open": sum(row.state.open for row in rows)})
        elif markdown:
            sys.stdout.write(to_markdown(rows, invocation.language))
        else:
            _print(invocation, rows)
        return ExitCode.SUCCESS

    return session_of(ctx, streams=False).run(work)


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
