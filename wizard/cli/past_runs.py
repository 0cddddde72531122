"""Where the commands about past runs find them: the plan's key names the folder."""

from __future__ import annotations

from pathlib import Path

import click

from wizard.cli.options import engine_options
from wizard.history.files import history_folder
from wizard.options import PLAN_FILE
from wizard.plan.loader import load


def past_runs(ctx: click.Context) -> Path:
    """Return the folder of this plan's runs; raises UsageError where there is no plan."""
    options = engine_options(ctx)
    return history_folder(options.state, load(options.folder / PLAN_FILE).project.key)
