"""Commands that read an environment once and answer with one document: a table for people, JSON for scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from wizard.cli.documents import print_json
from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.cli.options import engine_options, invocation_of, session_of
from wizard.compose import session
from wizard.errors import ExitCode
from wizard.options import Faces
from wizard.phases.run import Run

Report = TypeVar("Report")


def read_and_print(
    ctx: click.Context,
    read: Callable[[Run], Awaitable[Report]],
    *,
    document: Callable[[Report], dict[str, object]],
    show: Callable[[Invocation, Report], None],
) -> int:
    """Read once, print in the face in use, and return the exit code; what was read is for the reader to judge."""
    invocation = invocation_of(ctx)

    async def work(faces: Faces) -> int:
        async with session(engine_options(ctx), faces) as run:
            report = await read(run)
        if invocation.mode is Mode.JSON:
            print_json(document(report))
        else:
            show(invocation, report)
        return ExitCode.SUCCESS

    return session_of(ctx, streams=False).run(work)
