"""`railwizard cost`: what the project is estimated to cost in the current billing period."""

from __future__ import annotations

import click

from wizard.cli.documents import print_json, print_table, setter_for
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import engine_options, faces, invocation_of, session_of, target
from wizard.cli.translated import command as declare
from wizard.compose import Faces, session
from wizard.errors import ExitCode
from wizard.messages import message
from wizard.operations.cost import CostReport, read_cost

_HEADINGS = (message("cli.column-resource"), message("cli.column-dollars"))


@declare("cost", help="help.cost")
@target
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Read the estimate once and print it."""
    invocation = invocation_of(ctx)

    async def work(faces: Faces) -> int:
        async with session(engine_options(ctx), faces) as run:
            report = await read_cost(run)
        if invocation.mode is Mode.JSON:
            print_json({"cost": report, "dollars": round(report.dollars, 4)})
        else:
            _print(invocation, report)
        return ExitCode.SUCCESS

    return session_of(ctx, streams=False).run(work)


def _print(invocation: Invocation, report: CostReport) -> None:
    rows = [(line.resource, f"{line.dollars:.2f}") for line in report.lines]
    print_table(invocation, _HEADINGS, [*rows, (message("cli.sum"), f"{report.dollars:.2f}")])
    if not report.billed:
        setter_for(invocation).write(invocation.say(message("cli.nobody-billed")))
