"""`railwizard import SERVICE [FILE]`: a block of `.env` text, with what is never taken named."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wizard.cli.documents import print_json, print_table
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import answers, engine_options, faces, invocation_of, reports, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.clock import SystemClock
from wizard.errors import ExitCode, FailedError, UsageError
from wizard.messages import message
from wizard.options import PLAN_FILE, Faces
from wizard.plan.loader import load
from wizard.plan.pasting import PastedLine, pasted_lines
from wizard.questions import Confirm
from wizard.report.sections import Say
from wizard.variable_edits import set_variables

_LARGEST = 1_000_000
_HEADINGS = tuple(map(message, ("cli.column-variable", "edits.column-taken", "edits.column-kept")))


@declare("import", help="help.import")
@click.argument("service")
@click.argument("file", default="-")
@target
@option("--unplanned", help="help.import-unplanned", is_flag=True)
@reports
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, *, service: str, file: str, unplanned: bool, yes: bool, **_: object) -> int:
    """Judge every line, show it, take what may be taken."""
    options, invocation = engine_options(ctx), invocation_of(ctx)
    plan = load(options.folder / PLAN_FILE)
    if service not in plan.services:
        raise UsageError("edits.no-such-service", service=service, nearest="", known=", ".join(plan.services))
    lines = pasted_lines(_read(file), plan.services[service].variables)
    taken = [line for line in lines if line.taken(unplanned=unplanned)]
    _show(invocation, lines, unplanned=unplanned)
    confirm = Confirm(id="import.apply", prompt=message("edits.ask-import", count=len(taken), service=service))

    async def work(faces: Faces) -> int:
        if not taken or (invocation.mode.asks and not yes and not await faces.asker.ask(confirm)):
            return int(ExitCode.SUCCESS)
        values = {line.name: line.value for line in taken}
        return (await set_variables(options, faces, service, values, SystemClock())).exit_code

    return session_of(ctx).run(work)


def _read(file: str) -> str:
    try:
        stream = sys.stdin.buffer if file == "-" else Path(file).open("rb")  # noqa: SIM115 - the process's own input stays open
        return stream.read(_LARGEST).decode("utf-8", "replace")
    except OSError as error:
        raise FailedError("edits.unreadable", file=file, reason=error.strerror or "") from error


def _show(invocation: Invocation, lines: Sequence[PastedLine], *, unplanned: bool) -> None:
    if invocation.mode is not Mode.JSON:
        print_table(invocation, _HEADINGS, [_row(line, unplanned=unplanned) for line in lines])
        return
    told = [
        {"name": one.name, "taken": one.taken(unplanned=unplanned), "problem": one.problem, "secret": one.secret}
        for one in lines
    ]
    print_json({"lines": told})


def _row(line: PastedLine, *, unplanned: bool) -> tuple[Say, ...]:
    taken = line.taken(unplanned=unplanned)
    kept = message("edits.kept-secret" if line.secret else "edits.kept-plan") if taken else ""
    return line.name, line.verdict(unplanned=unplanned), kept
