"""The guided set-up without screens: lines that are only ever added for who listens to them, none asked of a script."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.applications import TINY
from tests.support.shell import serving
from tests.support.terminal import environment, terminal

BOXES = re.compile("[\u2500-\u257f\u2580-\u259f]")
UP = re.compile("\x1b\\[\\d*A")
RUN_S = 280


@pytest.fixture(scope="module")
def standin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    with serving(environment(tmp_path_factory.mktemp("standin"))) as (ready, _):
        yield ready


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the small application without a plan, of a name no other test uses."""
    folder = tmp_path / tmp_path.name.replace("_", "-")[:30].rstrip("-")
    shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "wizard.toml").unlink()
    return folder


def test_the_beginning_is_lines_that_are_only_added(tmp_path: Path, folder: Path) -> None:
    with terminal("setup", "--plain", "--lang", "en", home=tmp_path, folder=folder, size=(100, 60)) as shown:
        shown.until("Step 1 of 12")
        shown.until("backend: root")
        before = bytes(shown.raw[: shown.raw.index(b"backend: root")])
        shown.type("\x03")
        assert shown.ended() == 130
    said = before.decode("utf-8")
    assert "Step 2 of 12" in said
    assert not BOXES.search(said)
    assert not UP.search(said)


@pytest.mark.full
def test_a_script_answers_ahead_and_ends_verified(tmp_path: Path, folder: Path, standin: dict[str, Any]) -> None:
    confirmed = ("--answer", "setup.keep-token=no", "--answer", "setup.deployment.go=yes")
    given = ("--endpoint", standin["url"], "--lang", "en", "--yes", *confirmed)
    token = standin["tokens"]["account"]
    ended = subprocess.run(
        [sys.executable, "-m", "wizard", "setup", *given],
        cwd=folder,
        env=environment(tmp_path / "home", {"RAILWIZARD_ANSWER_TOKEN": token}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=RUN_S,
        check=False,
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == 0, said
    assert "Step 12 of 12" in said
    assert token not in said
    assert "\x1b" not in said
