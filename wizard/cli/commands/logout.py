"""`railwizard logout`: forgets the endpoint's token."""

from __future__ import annotations

import click

from wizard.cli.documents import print_json, setter_for
from wizard.cli.mode import Mode
from wizard.cli.options import engine_options, faces, invocation_of, session_of
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.errors import ExitCode
from wizard.messages import message
from wizard.options import Faces
from wizard.secret_store import token_variables
from wizard.sign_in import logout


@declare("logout", help="help.logout")
@option("--endpoint", help="help.endpoint", metavar="URL")
@option("--allow-endpoint", help="help.allow-endpoint", is_flag=True)
@faces
@click.pass_context
def command(ctx: click.Context, /, *, endpoint: str | None, **_: object) -> int:
    """Forget it, and say so where a variable of the environment still holds one."""
    invocation = invocation_of(ctx)

    async def work(faces: Faces) -> int:
        del faces
        await logout(engine_options(ctx))
        variables = token_variables(endpoint) if endpoint else ("RAILWAY_API_TOKEN",)
        left = ", ".join(name for name in variables if invocation.environment.get(name))
        if invocation.mode is Mode.JSON:
            print_json({"logout": {"still_set": left}})
            return ExitCode.SUCCESS
        setter_for(invocation).write(invocation.say(message("cli.logged-out")))
        if left:
            setter_for(invocation).write(invocation.say(message("cli.still-set", variable=left)))
        return ExitCode.SUCCESS

    return session_of(ctx, streams=False).run(work)
