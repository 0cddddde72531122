"""`railwizard reveal`: a kept secret, to a person at a terminal and to nobody else."""

from __future__ import annotations

import sys

import click

from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode, in_ci
from wizard.cli.options import engine_options, faces, invocation_of, session_of, target
from wizard.cli.translated import command as declare
from wizard.errors import ExitCode, RefusedError
from wizard.options import Faces
from wizard.sign_in import reveal
from wizard.text import clean


@declare("reveal", help="help.reveal")
@click.argument("name")
@target
@faces
@click.pass_context
def command(ctx: click.Context, /, *, name: str, **_: object) -> int:
    """Print the secret and nothing else; refused before anything is read where its text would stay behind."""
    if not _somebody_looks(invocation_of(ctx)):
        raise RefusedError("cli.reveal-refused", name=clean(name))

    async def work(_: Faces) -> int:
        secret = await reveal(engine_options(ctx), name)
        sys.stdout.write(f"{secret.reveal()}\n")
        return ExitCode.SUCCESS

    return session_of(ctx, streams=False).run(work)


def _somebody_looks(invocation: Invocation) -> bool:
    return invocation.mode is not Mode.JSON and sys.stdout.isatty() and not in_ci(invocation.environment)
