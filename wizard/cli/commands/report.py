"""`railwizard report`: a past run again, as Markdown, JSON or JUnit."""

from __future__ import annotations

import sys

import click

from wizard.cli.options import faces, invocation_of, project
from wizard.cli.past_runs import past_runs
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.errors import ExitCode
from wizard.history.files import events_of
from wizard.report.formats import Format, report


@declare("report", help="help.past-report")
@click.argument("run", default="last")
@project
@option("--format", "form", help="help.format", type=click.Choice([one.value for one in Format]), default="markdown")
@faces
@click.pass_context
def command(ctx: click.Context, /, *, run: str, form: str, **_: object) -> int:
    """Write the report to stdout."""
    chosen = Format.JSON if ctx.params.get("json") else Format(form)
    sys.stdout.write(report(events_of(past_runs(ctx), run), chosen, invocation_of(ctx).language))
    return ExitCode.SUCCESS
