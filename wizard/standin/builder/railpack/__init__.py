"""Railpack's rules where there is no Dockerfile: Python with requirements.txt, Node.js with npm.

Source: Railpack's provider documentation (order of providers, version files, install, build and start commands).
"""

from __future__ import annotations

from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.railpack import node, python
from wizard.standin.builder.steps import BuildPlan
from wizard.standin.processes import LogLine, LogSink

_OTHERS = {
    "composer.json": "PHP",
    "index.php": "PHP",
    "go.mod": "Go",
    "Cargo.toml": "Rust",
    "pom.xml": "Java",
    "build.gradle": "Java",
    "Gemfile": "Ruby",
    "mix.exs": "Elixir",
    "pyproject.toml": "Python with pyproject.toml",
    "Pipfile": "Python with Pipfile",
    "deno.json": "Deno",
    "index.html": "a static site",
    "start.sh": "a shell script",
}


def plan(request: BuildRequest, secret: bytes, log: LogSink) -> BuildPlan:
    """Detect the provider and plan its build; raises BuildFailed for what is not emulated or not recognised."""
    context = request.context
    if (context / "requirements.txt").is_file():
        log(LogLine("Detected Python"))
        return python.plan(request, secret)
    other = next((name for name in _OTHERS if (context / name).is_file()), None)
    if (context / "package.json").is_file() and other not in {"composer.json", "index.php", "go.mod", "Cargo.toml"}:
        log(LogLine("Detected Node"))
        return node.plan(request, secret)
    if other:
        raise BuildFailed("Railpack", (f"The local platform does not emulate Railpack's build of {_OTHERS[other]}.",))
    raise BuildFailed("Railpack", ("Railpack could not determine how to build the app.",))
