"""Railpack's provider for a start script.

Source: Railpack's page on shell scripts.
"""

from __future__ import annotations

import re
from dataclasses import replace

from wizard.standin.builder.bases import Base, node_base, plain_base, python_base
from wizard.standin.builder.contents.families import BUILDER
from wizard.standin.builder.interpreters import minor_of
from wizard.standin.builder.node_managers import fuzzy
from wizard.standin.builder.railpack.app import App
from wizard.standin.builder.railpack.blueprint import Blueprint, same
from wizard.standin.builder.railpack.config import Config, Variables
from wizard.standin.builder.tools import Toolbox

_SHEBANG = re.compile(r"#!\s*(?:\S*/)?(?:env\s+)?(?P<shell>[\w.-]+)")
_SHELLS = {"bash": "bash", "zsh": "zsh", "sh": "sh", "dash": "sh", "mksh": "bash", "ksh": "bash", "fish": "bash"}


def detect(app: App, variables: Variables) -> bool:
    """Say whether there is a start script."""
    return app.has(_script(variables))


def plan(app: App, variables: Variables, config: Config, toolbox: Toolbox) -> Blueprint:
    """Plan the start of the script by the shell that its first line names."""
    script = _script(variables)
    first = _SHEBANG.match(app.read(script))
    shell = _SHELLS.get(first["shell"], "sh") if first else "sh"
    return Blueprint(
        provider="Shell",
        base=_base(config, toolbox),
        build=same(f"chmod +x {script}"),
        start=f"{shell} {script}",
        deploy_packages=("zsh",) if shell == "zsh" else (),
        notes=(f"Using shell script: {script} with interpreter: {shell}",),
    )


def _script(variables: Variables) -> str:
    return variables.get("SHELL_SCRIPT") or "start.sh"


def _base(config: Config, toolbox: Toolbox) -> Base:
    """Return Python or Node.js where `RAILPACK_PACKAGES` asks for it; the image has neither by itself."""
    if python := config.packages.get("python"):
        return replace(python_base("railpack shell", minor_of(python)), family=BUILDER)
    if node := config.packages.get("node"):
        return replace(node_base("railpack shell", fuzzy(node), toolbox), family=BUILDER)
    return replace(plain_base("railpack shell"), differences=(), family=BUILDER)
