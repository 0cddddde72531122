"""Turns click's complaints about a command line into errors with what, why and fix."""

from __future__ import annotations

import click

from wizard.errors import UsageError
from wizard.text import clean


def usage_error(error: click.ClickException) -> UsageError:
    """Return the error as the operator should read it."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "railwizard"
    match error:
        case click.NoSuchOption():
            near = ", ".join(error.possibilities or ())
            return UsageError(
                "cli.no-such-option", option=clean(error.option_name), near=near or "--help", command=command
            )
        case click.BadOptionUsage():
            return UsageError("cli.option-usage", option=clean(error.option_name), command=command)
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return UsageError("cli.missing-parameter", name=name, command=command)
        case click.BadParameter(param=click.Parameter() as param) if told := _told_by_type(param, command):
            return told
        case click.BadParameter():
            name = error.param.opts[0] if error.param else str(error.param_hint)
            return UsageError("cli.bad-parameter", name=name, detail=clean(error.message), command=command)
    return UsageError("cli.usage", detail=clean(error.format_message()), command=command)


def _told_by_type(param: click.Parameter, command: str) -> UsageError | None:
    """Say what a value has to be, in our own words: click speaks English only."""
    name = param.opts[0]
    match param.type:
        case click.Choice(choices=choices):
            return UsageError("cli.not-a-choice", name=name, choices=", ".join(map(str, choices)), command=command)
        case click.IntRange(min=least, max=most):
            return UsageError("cli.not-in-range", name=name, least=f"{least}", most=f"{most}", command=command)
        case click.Path():
            return UsageError("cli.not-a-folder", name=name)
    return None
