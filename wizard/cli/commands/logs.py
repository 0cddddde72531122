"""`railwizard logs SERVICE`: the last lines of a service or of its build."""

from __future__ import annotations

import click

from wizard.cli.documents import print_json, setter_for
from wizard.cli.mode import Mode
from wizard.cli.options import engine_options, faces, invocation_of, session_of, target
from wizard.cli.translated import command as declare
from wizard.cli.translated import option
from wizard.compose import Faces, session
from wizard.errors import ExitCode
from wizard.operations.logs import read_logs

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
    invocation = invocation_of(ctx)

    async def work(faces: Faces) -> int:
        async with session(engine_options(ctx), faces) as run:
            found = await read_logs(run, service, "build" if build else "deploy", lines)
        if invocation.mode is Mode.JSON:
            print_json({"logs": [{"at": line.at, "severity": line.severity, "text": text} for line, text in found]})
        else:
            setter = setter_for(invocation)
            for line, text in found:
                setter.write(f"{line.at:%Y-%m-%d %H:%M:%S} ", text)
        return ExitCode.SUCCESS

    return session_of(ctx, streams=False).run(work)
