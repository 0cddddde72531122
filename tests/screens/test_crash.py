"""A crash of the screens: the terminal is restored, the exit code is not zero, and no value is shown anywhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect

ROOT = Path(__file__).parents[2]
SENTINEL = "s3ntinel-v4lue"
PROGRAM = f"""
import sys
import screens.home.page as home
def broken(page, event):
    kept = {SENTINEL!r}
    raise RuntimeError("broken " + kept[:0])
home.HomePage.key_x = broken
sys.argv = ["railwizard"]
from wizard.cli.main import main
sys.exit(main())
"""


def test_a_crash_shows_no_value_and_restores_the_terminal(tmp_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if key == "PATH" or key.startswith("COVERAGE")}
    environment = kept | {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "RAILWIZARD_STATE": str(tmp_path / "state"),
    }
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    child = pexpect.spawn(
        sys.executable, [str(program)], env=environment | {"PYTHONPATH": str(ROOT)}, dimensions=(24, 80), timeout=30
    )
    child.expect("PRODUCTION")
    child.send("x")
    child.expect(pexpect.EOF)
    child.close()

    said = child.before.decode(errors="replace")
    assert child.exitstatus == 1
    assert "\x1b[?1049l" in said
    assert "Traceback" not in said
    assert "crash-" in said
    [report] = (tmp_path / "state" / "crashes").iterdir()
    assert "RuntimeError" in report.read_text()
    assert SENTINEL not in said + report.read_text()
