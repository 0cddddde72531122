"""A whole rehearsal as a person at an 80x24 terminal sees it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pyte
import pytest

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "apps" / "tiny"


def start(tmp_path: Path, *options: str) -> pexpect.spawn[str]:
    environment = {key: os.environ[key] for key in os.environ if key in {"PATH", "HOME"} or key.startswith("COVERAGE")}
    environment |= {"TERM": "xterm-256color", "LANG": "ko_KR.UTF-8", "RAILWIZARD_STATE": str(tmp_path / "state")}
    return pexpect.spawn(
        sys.executable,
        ["-m", "wizard", "rehearse", str(TINY), *options],
        env=environment,
        encoding="utf-8",
        timeout=150,
        cwd=str(ROOT),
        dimensions=(24, 80),
    )


def exit_code(child: pexpect.spawn[str]) -> int | None:
    child.expect(pexpect.EOF)
    child.close()
    code: int | None = child.exitstatus
    return code


@pytest.mark.full
def test_it_is_live_in_korean_and_keeps_serving_until_enter(tmp_path: Path) -> None:
    child = start(tmp_path, "--wait")
    seen = ""
    child.expect("데이터베이스")
    seen += str(child.before)
    child.expect("Enter 또는 q")
    seen += str(child.before)
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(seen)
    assert "검증됨" in seen
    assert "\x1b[?25l" in seen, "the cursor hides while the region is redrawn"
    assert any("railwizard deploy" in line for line in screen.display)
    child.send("\r")
    assert exit_code(child) == 0
    assert not list((tmp_path / "state" / "rehearsals").iterdir())


@pytest.mark.full
def test_control_c_in_the_middle_ends_everything_with_130(tmp_path: Path) -> None:
    child = start(tmp_path)
    child.expect("▶ 진행 중")
    child.sendintr()
    assert exit_code(child) == 130
    assert not list((tmp_path / "state" / "rehearsals").iterdir())
    running = [process / "cmdline" for process in Path("/proc").iterdir() if process.name.isdigit()]
    assert not any(str(tmp_path).encode() in command_line(path) for path in running)


def command_line(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
