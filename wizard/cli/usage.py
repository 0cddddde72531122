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
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return UsageError("cli.missing-parameter", name=name, command=command)
        case click.BadParameter():
            name = error.param.opts[0] if error.param else str(error.param_hint)
            return UsageError("cli.bad-parameter", name=name, detail=clean(error.message), command=command)
    return UsageError("cli.usage", detail=clean(error.format_message()), command=command)
