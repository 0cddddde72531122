"""`railwizard verify`: proves that what is deployed works."""

from __future__ import annotations

import click

from wizard.cli.options import answers, engine_options, faces, internet, reports, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.compose import deploy
from wizard.errors import UsageError
from wizard.options import Faces
from wizard.phases.run import Scope
from wizard.phases.step import Phase


@declare("verify", help="help.verify")
@target
@option("--read-only", help="help.read-only", is_flag=True)
@option("--full", help="help.full", is_flag=True)
@internet
@reports
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, *, read_only: bool, full: bool, **_: object) -> int:
    """Run the last phase alone."""
    if read_only and full:
        raise UsageError("cli.exclusive-options", first="--read-only", second="--full")
    options = engine_options(ctx, Scope(phases=frozenset({Phase.VERIFY}), read_only=read_only, full=full))

    async def work(faces: Faces) -> int:
        return (await deploy(options, faces)).exit_code

    return session_of(ctx).run(work)
