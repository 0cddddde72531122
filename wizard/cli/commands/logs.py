"""`railwizard logs SERVICE`: the last lines of a service or of its build."""

from __future__ import annotations

import click

from wizard.cli.documents import setter_for
from wizard.cli.invocation import Invocation
from wizard.cli.options import faces, target
from wizard.cli.reading import read_and_print
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.operations.logs import read_logs
from wizard.platform.ports import LogLine

Lines = tuple[tuple[LogLine, str], ...]
"""Lines with their printable text."""
_MOST_LINES = 5000


@declare("logs", help="help.logs")
@click.argument("service")
@target
@option("--build", help="help.build", is_flag=True)
@option("--lines", "-n", help="help.lines", type=click.IntRange(1, _MOST_LINES), default=100, show_default=True)
@faces
@click.pass_context
def command(ctx: click.Context, /, *, service: str, build: bool, lines: int, **_: object) -> int:
    """Print lines with their times, cleaned and redacted."""
    stream = "build" if build else "deploy"
    return read_and_print(ctx, lambda run: read_logs(run, service, stream, lines), document=_document, show=_print)


def _document(found: Lines) -> dict[str, object]:
    return {"logs": [{"at": line.at, "severity": line.severity, "text": text} for line, text in found]}


def _print(invocation: Invocation, found: Lines) -> None:
    setter = setter_for(invocation)
    for line, text in found:
        setter.write(f"{line.at:%Y-%m-%d %H:%M:%S} ", text)
