"""`railwizard status`: how every service and database stands."""

from __future__ import annotations

import click

from wizard.cli.documents import print_table, setter_for
from wizard.cli.invocation import Invocation
from wizard.cli.options import faces, target
from wizard.cli.reading import read_and_print
from wizard.cli.translated import command as declare
from wizard.messages import message
from wizard.operations.status import StatusReport, read_status

_HEADINGS = tuple(
    map(
        message,
        (
            "cli.column-service",
            "cli.column-status",
            "cli.column-newest",
            "cli.column-code",
            "cli.column-since",
            "cli.column-url",
        ),
    )
)


@declare("status", help="help.status")
@target
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Read the environment once and print it."""
    return read_and_print(ctx, read_status, document=lambda report: {"status": report}, show=print_status)


def print_status(invocation: Invocation, report: StatusReport) -> None:
    """Print an environment as a table."""
    rows = [
        (
            line.name,
            line.status,
            line.newest,
            line.code,
            line.since.strftime("%Y-%m-%d %H:%M") if line.since else "",
            line.url,
        )
        for line in report.lines
    ]
    print_table(invocation, _HEADINGS, rows)
    if report.staged:
        setter_for(invocation).write(invocation.say(message("cli.staged", count=report.staged)))
