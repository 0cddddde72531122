"""`railwizard watch`: how everything stands, told again whenever it changed, until somebody ends it."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace

import click

from wizard.cli.commands.status import print_status
from wizard.cli.documents import print_json_line
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import engine_options, faces, invocation_of, session_of, target
from wizard.cli.translated import command as declare
from wizard.compose import session
from wizard.messages import message
from wizard.operations.status import StatusReport
from wizard.operations.watch import Look, Watch
from wizard.options import Faces


@declare("watch", help="help.watch")
@target
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Look within the budget, print what changed."""
    invocation = invocation_of(ctx)

    async def work(faces: Faces) -> int:
        shown: StatusReport | None = None
        async with session(engine_options(ctx), faces) as run, aclosing(Watch(run).looks()) as looks:
            async for look in looks:
                shown = _show(invocation, look, shown)
        return 0

    return session_of(ctx, streams=False).run(work)


def _show(invocation: Invocation, look: Look, before: StatusReport | None) -> StatusReport | None:
    """Print a look that shows something new, and return what is shown now."""
    if look.trouble:
        click.echo(invocation.say(look.trouble.what), err=True)
        return before
    report = look.report
    if report is None or (before and replace(report, at=before.at) == before):
        return before
    if invocation.mode is Mode.JSON:
        print_json_line({"status": report})
    else:
        click.echo(invocation.say(message("cli.seen-at", time=f"{report.at.astimezone():%H:%M:%S}")))
        print_status(invocation, report)
    return report
