"""`railwizard compare`: two runs beside each other."""

from __future__ import annotations

import click

from wizard.cli.documents import print_json, print_table, setter_for
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import faces, invocation_of, project
from wizard.cli.past_runs import past_runs
from wizard.cli.translated import command as declare
from wizard.errors import ExitCode
from wizard.events import PhaseSummary
from wizard.history.comparison import CheckPair, Comparison, PhasePair, compare
from wizard.history.files import events_of
from wizard.messages import message
from wizard.report.record import RunRecord
from wizard.report.sections import Say
from wizard.report.words import STATUS, VERDICT, Mark, phase_name

_NOTHING = "–"
"""A run did not come so far."""


@declare("compare", help="help.compare")
@click.argument("earlier", default="last-1")
@click.argument("later", default="last")
@project
@faces
@click.pass_context
def command(ctx: click.Context, /, *, earlier: str, later: str, **_: object) -> int:
    """Show what went otherwise; that something did is for the reader to judge, the exit code stays 0."""
    invocation, folder = invocation_of(ctx), past_runs(ctx)
    before, after = (RunRecord.of(events_of(folder, run)) for run in (earlier, later))
    compared = compare(before, after)
    if invocation.mode is Mode.JSON:
        print_json({"before": before.run, "after": after.run, "phases": compared.phases, "checks": compared.checks})
    else:
        _print(invocation, compared)
    return ExitCode.SUCCESS


def _print(invocation: Invocation, compared: Comparison) -> None:
    headings = (message("history.column-what"), compared.before.run, compared.after.run)
    rows = [_phase(invocation, pair) for pair in compared.phases]
    rows += [_check(invocation, pair) for pair in compared.checks if pair.changed]
    print_table(invocation, headings, rows)
    alike = sum(not pair.changed for pair in compared.checks)
    setter_for(invocation).write(invocation.say(message("history.checks-alike", count=alike)))


def _phase(invocation: Invocation, pair: PhasePair) -> tuple[Say, ...]:
    return (phase_name(pair.phase), *(_summary(invocation, one) for one in (pair.before, pair.after)))


def _summary(invocation: Invocation, phase: PhaseSummary | None) -> str:
    if phase is None:
        return _NOTHING
    took = invocation.say(message("report.seconds", seconds=round(phase.seconds, 1)))
    return f"{_marked(invocation, STATUS[phase.status])} · {took}"


def _check(invocation: Invocation, pair: CheckPair) -> tuple[Say, ...]:
    cells = (_marked(invocation, VERDICT[one]) if one else _NOTHING for one in (pair.before, pair.after))
    return (pair.title, *cells)


def _marked(invocation: Invocation, mark: Mark) -> str:
    return f"{mark.glyph} {invocation.say(mark.word)}"
