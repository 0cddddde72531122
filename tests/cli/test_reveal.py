"""`railwizard reveal` as a person at a terminal uses it, and everybody else who has to be refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.support.applications import TINY
from wizard.clock import SystemClock
from wizard.plan.loader import load
from wizard.secret_store import open_store
from wizard.secrets import Secret

ROOT = Path(__file__).parents[2]
ENDPOINT = "https://backboard.railway.com"
PASSWORD = "drift-amber-quill-77"


@pytest.fixture
async def environment(tmp_path: Path) -> dict[str, str]:
    """A machine without a keyring whose owner chose files, and that keeps the sample's administrator."""
    plan = load(TINY / "wizard.toml").project
    store = open_store(ENDPOINT, {}, tmp_path / "state", SystemClock(), file_chosen=True)
    await store.readable[-2].set(f"{plan.key}.{plan.environment}.admin.password", Secret(PASSWORD))
    kept = {key: value for key, value in os.environ.items() if key == "PATH" or key.startswith("COVERAGE")}
    return kept | {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TERM": "xterm",
        "RAILWIZARD_STATE": str(tmp_path / "state"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
    }


def at_a_terminal(environment: dict[str, str], *arguments: str) -> tuple[int | None, str]:
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        ["-m", "wizard", "reveal", *arguments, "-C", str(TINY)],
        env=environment,
        encoding="utf-8",
        timeout=60,
        cwd=str(ROOT),
        dimensions=(40, 200),
    )
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, str(child.before)


async def test_a_person_at_a_terminal_reads_it_and_nothing_else(environment: dict[str, str]) -> None:
    assert at_a_terminal(environment, "admin.password") == (0, f"{PASSWORD}\r\n")


async def test_another_endpoint_and_another_name_keep_nothing(environment: dict[str, str]) -> None:
    for arguments in (("admin.password", "--endpoint", "http://127.0.0.1:9"), ("token",), ("backend.JWT_SECRET",)):
        code, shown = at_a_terminal(environment, *arguments)
        assert code == 1
        assert "compose.not-kept" in shown
        assert PASSWORD not in shown


@pytest.mark.parametrize(
    ("variables", "options"), [({"CI": "true"}, ()), ({"CI": "true"}, ("--plain",)), ({}, ("--json",))]
)
async def test_automation_is_refused_even_at_a_terminal(
    environment: dict[str, str], variables: dict[str, str], options: tuple[str, ...]
) -> None:
    code, shown = at_a_terminal(environment | variables, "admin.password", *options)
    assert code == 7
    assert "cli.reveal-refused" in shown
    assert PASSWORD not in shown


def test_output_that_stays_somewhere_is_refused(environment: dict[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "wizard", "reveal", "admin.password", "-C", str(TINY)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 7
    assert "cli.reveal-refused" in ended.stderr
    assert PASSWORD not in ended.stdout + ended.stderr
