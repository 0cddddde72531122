"""`railwizard setup`: the guided set-up, on screens where a terminal can show them, else line by line."""

from __future__ import annotations

import click

from wizard.cli.invocation import Invocation
from wizard.cli.mode import may_paint
from wizard.cli.options import answers, engine_options, faces, invocation_of, session_of, target
from wizard.cli.translated import command as declare


@declare("setup", help="help.setup")
@target
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Open the screens at the set-up, or walk through it on a plain terminal."""
    invocation = invocation_of(ctx)
    if may_paint(invocation.environment, invocation.mode) and not _plain(invocation):
        from wizard.cli.screens import show  # noqa: PLC0415 - only who opens the screens pays for them

        return show(invocation, "guided", engine_options(ctx))
    from wizard.cli.plain_setup import walk  # noqa: PLC0415 - only who walks through it pays for it

    session = session_of(ctx)
    return session.run(lambda faces: walk(engine_options(ctx), faces, invocation))


def _plain(invocation: Invocation) -> bool:
    return "--plain" in invocation.arguments
