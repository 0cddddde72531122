"""The root command: knows the names of all commands, loads only the one that is called."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from wizard import __version__
from wizard.cli.mode import may_paint
from wizard.cli.translated import LANGUAGES, TranslatedCommand, language_of, option
from wizard.errors import UsageError
from wizard.locale import render
from wizard.messages import Message, message
from wizard.text import clean

COMMANDS: dict[str, str] = {
    "setup": "help.setup",
    "init": "help.init",
    "plan": "help.plan",
    "rehearse": "help.rehearse",
    "deploy": "help.deploy",
    "verify": "help.verify",
    "checklist": "help.checklist",
    "set": "help.set",
    "import": "help.import",
    "status": "help.status",
    "watch": "help.watch",
    "logs": "help.logs",
    "login": "help.login",
    "logout": "help.logout",
    "reveal": "help.reveal",
    "history": "help.history",
    "report": "help.past-report",
    "compare": "help.compare",
    "cost": "help.cost",
    "teardown": "help.teardown",
    "standin": "help.standin",
    "completion": "help.completion",
}
_MODULES = {"import": "import_env"}
"""Commands whose name no module can have."""
"""Command to the id of its help; each lives in a module of its own name."""


class LazyGroup(TranslatedCommand, click.Group):
    """Lists and completes commands from the table above; imports a command's module when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a first deployment."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command's module."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        loaded: click.Command = import_module(f"wizard.cli.commands.{module}").command
        return loaded

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:
            nearest = get_close_matches(args[0], COMMANDS, n=1)
            raise UsageError(
                "cli.no-such-command", command=clean(args[0])[:60], nearest=nearest[0] if nearest else "--help"
            )
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then the commands without loading them."""
        super().format_options(ctx, formatter)
        language = language_of(ctx)
        rows = [(name, render(Message(help_id), language)) for name, help_id in COMMANDS.items()]
        with formatter.section(render(message("help.commands"), language)):
            formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete options, and commands without loading them."""
        options = click.Command.shell_complete(self, ctx, incomplete)
        language = language_of(ctx)
        return options + [
            CompletionItem(name, help=render(Message(help_id), language))
            for name, help_id in COMMANDS.items()
            if name.startswith(incomplete)
        ]


@click.group("railwizard", cls=LazyGroup, help="help.railwizard", invoke_without_command=True)
@option("--lang", help="help.lang", metavar="en|ko", type=LANGUAGES, expose_value=False)
@option("--version", help="help.version", is_flag=True)
@click.pass_context
def app(ctx: click.Context, *, version: bool) -> None:
    """Show the version; without a command the screens, or help where no terminal can show them."""
    if version:
        click.echo(f"railwizard {__version__}")
    elif ctx.invoked_subcommand is None:
        if may_paint(ctx.obj.environment, ctx.obj.mode):
            _show_screens(ctx)
        click.echo(ctx.get_help())


def _show_screens(ctx: click.Context) -> None:
    """Open the screens; leaving them ends the call with their exit code."""
    from wizard.cli.screens import show  # noqa: PLC0415 - only who opens the screens pays for them

    ctx.exit(show(ctx.obj))
