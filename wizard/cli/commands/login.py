"""`railwizard login`: tries a token and keeps it where the operating system keeps secrets."""

from __future__ import annotations

import click

from wizard.cli.documents import print_json, setter_for
from wizard.cli.mode import Mode
from wizard.cli.options import answers, engine_options, faces, invocation_of, session_of
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.errors import ExitCode
from wizard.messages import message
from wizard.options import Faces
from wizard.questions import SecretText
from wizard.secrets import Secret
from wizard.sign_in import login

_TOKEN = SecretText(id="token", prompt=message("cli.ask-token"), help=message("cli.ask-token-help"))


@declare("login", help="help.login")
@option("--endpoint", help="help.endpoint", metavar="URL")
@option("--allow-endpoint", help="help.allow-endpoint", is_flag=True)
@option("--secrets-file", help="help.secrets-file", is_flag=True)
@answers
@faces
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> int:
    """Ask for the token, try it, keep it."""
    invocation = invocation_of(ctx)

    async def work(faces: Faces) -> int:
        token = await faces.asker.ask(_TOKEN)
        done = await login(engine_options(ctx), token if isinstance(token, Secret) else Secret(str(token)))
        names = ", ".join(name for _, name in done.account.workspaces)
        if invocation.mode is Mode.JSON:
            account = {"kind": done.account.kind, "name": done.account.name, "workspaces": names}
            print_json({"login": {**account, "kept": done.kept}})
            return ExitCode.SUCCESS
        setter = setter_for(invocation)
        kind = done.account.kind.value
        setter.write(invocation.say(message("cli.logged-in", name=done.account.name, kind=kind, workspaces=names)))
        setter.write(invocation.say(message("cli.kept", place=invocation.say(done.kept))))
        return ExitCode.SUCCESS

    return session_of(ctx, streams=False).run(work)
