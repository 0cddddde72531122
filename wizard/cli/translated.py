"""click with every sentence from the catalogue: help texts are message ids, rendered when they are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from wizard.cli.cells import CellContext
from wizard.cli.invocation import Invocation
from wizard.locale import Language, render
from wizard.messages import Message, message

Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)


LANGUAGES = click.Choice([language.value for language in Language], case_sensitive=False)
"""What `--lang` takes; it is read before parsing, so parsing only has to refuse the rest."""


def language_of(ctx: click.Context) -> Language:
    """Return the language of this call; English where help is made without one."""
    obj = ctx.find_root().obj
    return obj.language if isinstance(obj, Invocation) else Language.ENGLISH


class TranslatedOption(click.Option):
    """An option whose help is a message id."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's spelling and its sentence."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        said = render(Message(self.help), language_of(ctx))
        return record[0], record[1].replace(self.help, said, 1)


class TranslatedCommand(click.Command):
    """A command whose help is a message id."""

    context_class = CellContext

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line with a translated prefix."""
        _write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        _write_help(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a translated heading."""
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with a translated sentence."""
        return _help_option(super().get_help_option(ctx), ctx)


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    prefix = render(message("help.usage"), language_of(ctx))
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix=f"{prefix} ")


def _write_help(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    if command.help:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(render(Message(command.help), language_of(ctx)))


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [parameter for parameter in command.get_params(ctx) if isinstance(parameter, click.Option)]
    records = [record for option in options if (record := option.get_help_record(ctx))]
    if records:
        with formatter.section(render(message("help.options"), language_of(ctx))):
            formatter.write_dl(records)


def _help_option(option: click.Option | None, ctx: click.Context) -> click.Option | None:
    if option is not None:
        option.help = render(message("help.help"), language_of(ctx))
    return option


def option(*names: str, help: str, **settings: Any) -> Callable[[Decorated], Decorated]:  # noqa: A002 - click's own word
    """Declare an option; `help` is a message id."""
    return click.option(*names, cls=TranslatedOption, help=help, **settings)


def command(name: str, *, help: str) -> Callable[[Callable[..., Any]], click.Command]:  # noqa: A002 - click's own word
    """Declare a command; `help` is a message id."""
    return click.command(name, cls=TranslatedCommand, help=help)
