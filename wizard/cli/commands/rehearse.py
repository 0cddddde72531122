"""`railwizard rehearse`: all phases against a local platform of its own."""

from __future__ import annotations

import sys
from functools import partial

import click

from wizard.cli.options import answers, engine_options, faces, internet, path_argument, reports, session_of
from wizard.cli.session import Session
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.cli.waiting import until_told
from wizard.compose import rehearse
from wizard.events import RunFinished
from wizard.messages import message
from wizard.options import Faces


@declare("rehearse", help="help.rehearse")
@path_argument
@internet
@option("--worktree", help="help.worktree", is_flag=True)
@option("--keep", help="help.keep", is_flag=True)
@option("--wait", help="help.wait", is_flag=True)
@reports
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, *, keep: bool, wait: bool, **_: object) -> int:
    """Rehearse; with `--wait` and a terminal everything keeps serving until somebody ends it."""
    session = session_of(ctx)

    serves = partial(_stay, session) if wait and session.invocation.can_wait else None

    async def work(faces: Faces) -> int:
        return (await rehearse(engine_options(ctx), faces, keep=keep, served=serves)).exit_code

    return session.run(work)


async def _stay(session: Session, _: RunFinished) -> None:
    sys.stderr.write(f"{session.invocation.say(message('cli.serving'))}\n")
    sys.stderr.flush()
    await until_told(session)
