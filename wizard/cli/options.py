"""Options that several commands share, and what they come to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from wizard.cli.invocation import Invocation
from wizard.cli.report_files import ReportFiles
from wizard.cli.session import Session
from wizard.cli.translated import LANGUAGES, option
from wizard.options import PLAN_FILE, Options
from wizard.phases.run import Scope

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_FOLDER = click.Path(file_okay=False, path_type=Path)


def faces(function: Decorated) -> Decorated:
    """`--json`, `--plain` and `--lang`: read before parsing, declared for help and completion."""
    for declare in (
        option("--lang", help="help.lang", metavar="en|ko", type=LANGUAGES, expose_value=False),
        option("--plain", help="help.plain", is_flag=True, expose_value=False),
        option("--json", help="help.json", is_flag=True, expose_value=False),
    ):
        function = declare(function)
    return function


def answers(function: Decorated) -> Decorated:
    """`--answer`, `--answers` and `--yes`."""
    for declare in (
        option("--yes", "-y", help="help.yes", is_flag=True),
        option("--answers", help="help.answers", type=click.Path(path_type=Path), metavar="FILE"),
        option("--answer", help="help.answer", multiple=True, metavar="ID=VALUE"),
        option("--verbose", "-v", help="help.verbose", is_flag=True),
    ):
        function = declare(function)
    return function


def reports(function: Decorated) -> Decorated:
    """`--report`: files that a run leaves behind."""
    return option("--report", help="help.report", multiple=True, type=click.Path(path_type=Path), metavar="FILE")(
        function
    )


def internet(function: Decorated) -> Decorated:
    """`--internet` and `--no-internet`; neither leaves it to whether the target bills."""
    return option("--internet/--no-internet", help="help.internet", default=None)(function)


def target(function: Decorated) -> Decorated:
    """Where to: project folder, target, endpoint and environment."""
    for declare in (
        option("--secrets-file", help="help.secrets-file", is_flag=True),
        option("--allow-endpoint", help="help.allow-endpoint", is_flag=True),
        option("--endpoint", help="help.endpoint", metavar="URL"),
        option("--target", help="help.target", default="railway", show_default=True),
        option("--environment", "-e", help="help.environment", metavar="NAME"),
    ):
        function = declare(function)
    return project(function)


def project(function: Decorated) -> Decorated:
    """`--project`: where the plan lies."""
    return option("--project", "-C", help="help.project", type=_FOLDER, default=Path())(function)


def path_argument(function: Decorated) -> Decorated:
    """`[PATH]`: the project's folder."""
    return click.argument("path", type=_FOLDER, default=Path())(function)


def find_project(folder: Path) -> Path:
    """Return the folder itself or the nearest one above it that holds a plan; the folder itself where none does."""
    folder = folder.absolute()
    return next((place for place in (folder, *folder.parents) if (place / PLAN_FILE).is_file()), folder)


def session_of(ctx: click.Context, *, streams: bool = True) -> Session:
    """Build the faces a command's options ask for."""
    given = ctx.params
    return Session(
        invocation_of(ctx),
        answers=given.get("answer", ()),
        answers_file=given.get("answers"),
        yes=given.get("yes", False),
        verbose=given.get("verbose", False),
        streams=streams,
        reports=ReportFiles.of(given.get("report", ()), invocation_of(ctx).language),
    )


def invocation_of(ctx: click.Context) -> Invocation:
    """Return the surroundings of this call."""
    found: Invocation = ctx.find_root().obj
    return found


def engine_options(ctx: click.Context, scope: Scope | None = None) -> Options:
    """Return what the engine is asked for by a command's options."""
    given = ctx.params
    folder: Path = given.get("path") or given.get("project") or Path()
    return Options(
        folder=find_project(folder),
        command=ctx.info_name or "",
        target=given.get("target", "railway"),
        endpoint=given.get("endpoint"),
        environment=given.get("environment"),
        scope=scope or Scope(),
        worktree=given.get("worktree", False),
        internet=given.get("internet"),
        allow_endpoint=given.get("allow_endpoint", False),
        secrets_in_file=given.get("secrets_file", False),
        variables=invocation_of(ctx).environment,
    )
