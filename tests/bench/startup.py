"""How long the program takes to answer before it does anything, and what it loads for that."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.bench.figures import Figure, medians

ROOT = Path(__file__).parents[2]
REPETITIONS = 11
MILLISECONDS = 1000
PROGRAM = "from wizard.cli.main import main; raise SystemExit(main())"
CLICK = """
import click
@click.group()
@click.option('--lang')
def app(lang): pass
for name in 'abcdefghijklmn':
    app.command(name)(lambda: None)
app(['--help'])
"""
BARE = "pass"
_MODULES = "import atexit, sys; atexit.register(lambda: sys.stderr.write('\\n' + str(len(sys.modules)))); "


def figures() -> Iterator[Figure]:
    """Measure `--version` against bare Python and `--help` against a click program with as many commands."""
    commands = {
        "bare": ("-c", BARE),
        "click": ("-c", CLICK),
        "version": ("-c", PROGRAM, "--version"),
        "help": ("-c", PROGRAM, "--help"),
    }
    took = medians({name: partial(run, *arguments) for name, arguments in commands.items()}, REPETITIONS)
    shown = {name: seconds * MILLISECONDS for name, seconds in took.items()}
    counted = {name: modules(*arguments) for name, arguments in commands.items()}
    yield Figure("railwizard --version", shown["version"], "ms", "python -c pass", shown["bare"], 1.6)
    yield Figure("railwizard --version", shown["version"], "ms", "the design's 60 ms", 60.0)
    yield Figure("railwizard --help", shown["help"], "ms", "a click program's --help", shown["click"], 2.0)
    yield Figure("modules of --version", counted["version"], "modules", "python -c pass", counted["bare"], 1.3)
    yield Figure("modules of --help", counted["help"], "modules", "a click program's --help", counted["click"], 1.6)


def run(*arguments: str) -> None:
    """Run Python on these arguments to its end."""
    call(*arguments)


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python on these arguments in a process of its own."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )


def modules(option: str, code: str, *arguments: str) -> int:
    """Count what such a process has loaded when it ends."""
    ended = call(option, f"{_MODULES}exec({code!r})", *arguments)
    return int(ended.stderr.splitlines()[-1])
