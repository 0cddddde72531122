"""`railwizard plan`: what a deployment would change, without values and without changing anything."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from wizard.cli.options import answers, engine_options, faces, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.compose import deploy
from wizard.errors import ExitCode
from wizard.events import Listener, Result, RunFinished, Stamped
from wizard.options import Faces
from wizard.phases.run import Scope


@declare("plan", help="help.plan")
@target
@option("--detailed-exit-code", help="help.detailed-exit-code", is_flag=True)
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Plan only; changes pending are exit code 8 where that was asked for."""
    session, detailed = session_of(ctx), ctx.params["detailed_exit_code"]

    async def work(faces: Faces) -> int:
        listeners = tuple(partial(_tell_pending, one) for one in faces.listeners) if detailed else faces.listeners
        told = replace(faces, listeners=listeners)
        finished = await deploy(engine_options(ctx, Scope(apply=False)), told)
        return _exit_code(finished) if detailed else finished.exit_code

    return session.run(work)


def _exit_code(finished: RunFinished) -> int:
    return int(ExitCode.CHANGES_PENDING) if finished.result is Result.PLANNED else finished.exit_code


def _tell_pending(listener: Listener, stamped: Stamped) -> None:
    """Pass an event on; the result carries the exit code the process will really end with."""
    event = stamped.event
    if isinstance(event, RunFinished):
        stamped = replace(stamped, event=replace(event, exit_code=_exit_code(event)))
    listener(stamped)
