"""`railwizard completion SHELL`: the script that makes the shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from wizard.cli.invocation import PROGRAM
from wizard.cli.translated import command as declare
from wizard.cli.translated import option

_VARIABLE = "_RAILWIZARD_COMPLETE"


@declare("completion", help="help.completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@option("--lang", help="help.lang", metavar="en|ko", expose_value=False)
@click.pass_context
def command(ctx: click.Context, /, *, shell: str) -> int:
    """Print the script: `eval "$(railwizard completion bash)"`."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(shell, ctx)
    click.echo(kind(ctx.find_root().command, {}, PROGRAM, _VARIABLE).source())
    return 0
