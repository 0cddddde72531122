"""`railwizard history`: the runs of this plan on this machine, newest first."""

from __future__ import annotations

from itertools import islice

import click

from wizard.cli.documents import print_json, print_table
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import faces, invocation_of, project
from wizard.cli.past_runs import past_runs
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.errors import ExitCode
from wizard.history.files import runs
from wizard.messages import message
from wizard.report.record import RunRecord
from wizard.report.sections import Say
from wizard.report.words import RESULT

_MOST = 200
_HEADINGS = tuple(
    map(
        message,
        (
            "history.column-run",
            "history.column-when",
            "history.column-command",
            "history.column-target",
            "history.column-result",
            "history.column-seconds",
            "history.column-changes",
        ),
    )
)


@declare("history", help="help.history")
@project
@option("--lines", "-n", help="help.history-lines", type=click.IntRange(1, _MOST), default=20, show_default=True)
@faces
@click.pass_context
def command(ctx: click.Context, /, *, lines: int, **_: object) -> int:
    """List what is kept."""
    found = tuple(islice(runs(past_runs(ctx)), lines))
    _print(invocation_of(ctx), found)
    return ExitCode.SUCCESS


def _print(invocation: Invocation, found: tuple[RunRecord, ...]) -> None:
    if invocation.mode is Mode.JSON:
        print_json({"runs": [_document(record) for record in found]})
    elif found:
        print_table(invocation, _HEADINGS, [_row(record) for record in found])
    else:
        click.echo(invocation.say(message("history.none")))


def _document(record: RunRecord) -> dict[str, object]:
    return {"run": record.run, "at": record.started_at, "started": record.started, "result": record.finished}


def _row(record: RunRecord) -> tuple[Say, ...]:
    started, finished = record.started, record.finished
    return (
        record.run,
        f"{record.started_at.astimezone():%Y-%m-%d %H:%M}" if record.started_at else "",
        started.command if started else "",
        started.target if started else "",
        RESULT[finished.result].word if finished else message("history.unfinished"),
        f"{finished.seconds:.0f}" if finished else "",
        str(finished.mutations) if finished else "",
    )
