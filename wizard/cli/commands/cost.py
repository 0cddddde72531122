"""`railwizard cost`: what the project is estimated to cost in the current billing period."""

from __future__ import annotations

import click

from wizard.cli.documents import print_table, setter_for
from wizard.cli.invocation import Invocation
from wizard.cli.options import faces, target
from wizard.cli.reading import read_and_print
from wizard.cli.translated import command as declare
from wizard.messages import message
from wizard.operations.cost import CostReport, read_cost

_HEADINGS = (message("cli.column-resource"), message("cli.column-dollars"))


@declare("cost", help="help.cost")
@target
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Read the estimate once and print it."""
    return read_and_print(ctx, read_cost, document=_document, show=_print)


def _document(report: CostReport) -> dict[str, object]:
    return {"cost": report, "dollars": round(report.dollars, 4)}


def _print(invocation: Invocation, report: CostReport) -> None:
    rows = [(line.resource, f"{line.dollars:.2f}") for line in report.lines]
    print_table(invocation, _HEADINGS, [*rows, (message("cli.sum"), f"{report.dollars:.2f}")])
    if not report.billed:
        setter_for(invocation).write(invocation.say(message("cli.nobody-billed")))
