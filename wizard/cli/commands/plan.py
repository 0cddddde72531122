"""`railwizard plan`: what a deployment would change, without values and without changing anything."""

from __future__ import annotations

import click

from wizard.cli.options import answers, engine_options, faces, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.compose import Faces, deploy
from wizard.errors import ExitCode
from wizard.phases.run import Scope


@declare("plan", help="help.plan")
@target
@option("--detailed-exit-code", help="help.detailed-exit-code", is_flag=True)
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Plan only; changes pending are exit code 8 where that was asked for."""
    session = session_of(ctx)

    async def work(faces: Faces) -> int:
        code = (await deploy(engine_options(ctx, Scope(apply=False)), faces)).exit_code
        pending = ctx.params["detailed_exit_code"] and session.record.planned
        return int(ExitCode.CHANGES_PENDING) if pending and code == ExitCode.SUCCESS else code

    return session.run(work)
