"""A disk that is full, at once or in the middle: said in words, nothing left running, nothing left lying around."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.applications import TINY
from tests.support.command_line import END_SECONDS, environment
from tests.support.leftovers import Detector

NAMESPACES = ("unshare", "--user", "--map-root-user", "--mount", "--")
ON_A_SMALL_DISK = """
mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && "$@"; code=$?
echo "left:"; find "$HOME/state/rehearsals" -mindepth 1
exit $code
"""
FULL = ("no space left", "disk is full")
"""How the system and SQLite say it."""


def can_mount() -> bool:
    """Tell whether an ordinary user may have a mount namespace of their own here."""
    tried = [*NAMESPACES, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return (
        shutil.which("unshare") is not None and subprocess.run(tried, capture_output=True, check=False).returncode == 0
    )


pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not can_mount(), reason="needs a user namespace with mounts of its own"
)


@pytest.mark.parametrize("size", ["128k", "8m", "32m", "64m"])
def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, size: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    variables = environment(home, {"XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(home)})
    detector = Detector(home)

    ended = subprocess.run(
        [*NAMESPACES, "sh", "-c", ON_A_SMALL_DISK, "sh", size, home, sys.executable, "-m", "wizard", "rehearse", TINY],
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=END_SECONDS,
        check=False,
    )

    said = ended.stdout + ended.stderr
    assert ended.returncode == 1, said
    assert any(words in said.lower() for words in FULL), said
    assert "Fix:" in said
    assert "Traceback" not in said
    assert ended.stdout.partition("left:\n")[2] == ""
    assert detector.look() == []
