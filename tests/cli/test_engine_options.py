"""What the options of a command ask of the engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import pytest

from tests.support.quiet_project import PLAN, git, write
from wizard.cli.commands.deploy import command as deploy_command
from wizard.cli.commands.rehearse import command as rehearse_command
from wizard.cli.commands.verify import command as verify_command
from wizard.cli.invocation import Invocation
from wizard.cli.options import engine_options
from wizard.options import Options, load_plan
from wizard.plan.model import RepoSource, UploadSource

REPO_PLAN = PLAN.replace('source = { upload = "." }', 'source = { repo = "acme/quiet", branch = "main" }')


def asked(command: click.Command, *arguments: str) -> Options:
    ctx = command.make_context(command.name, list(arguments), obj=Invocation.of(arguments, {}))
    return engine_options(ctx)


@pytest.mark.parametrize("command", [deploy_command, rehearse_command, verify_command], ids=lambda one: one.name)
def test_third_parties_are_called_where_it_is_said_and_else_as_the_target_bills(command: click.Command) -> None:
    assert asked(command).internet is None
    assert asked(command, "--internet").internet is True
    assert asked(command, "--no-internet").internet is False


def test_the_files_on_disk_take_the_place_of_the_repository_only_where_asked(tmp_path: Path) -> None:
    write(tmp_path, REPO_PLAN)
    git(tmp_path, "init", "-q", "-b", "main")
    committed, on_disk = (asked(rehearse_command, str(tmp_path), *more) for more in ((), ("--worktree",)))
    for options, source in ((committed, RepoSource), (on_disk, UploadSource)):
        plan, _ = load_plan(replace(options, target="rehearsal"))
        assert isinstance(plan.project.source, source)
