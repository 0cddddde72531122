"""What the terminal is sent, and how it is left: colours, hostile lines, secrets, ends, sizes, a Korean keyboard."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from tests.support.terminal import (
    ALTERNATE,
    COLOUR,
    CTRL_C,
    CTRL_N,
    CTRL_Q,
    ENTER,
    ESCAPE,
    F2,
    LEFT,
    Terminal,
    line_settings,
    terminal,
)
from tests.terminal.scripted import LAST

SCRIPTED = Path(__file__).parent / "scripted.py"
SENTINEL = "s3ntinel-p4ssword"
SEQUENCE = re.compile(rb"\x1b\[[0-9;:?<>=]*[ -/]*[@-~]|\x1b[78=>]")
"""What Textual itself sends: control sequences, and the cursor kept and given back."""
CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def scripted(home: Path, name: str, **variables: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a context manager
    return terminal(name, home=home, program=SCRIPTED, size=(100, 30), variables=variables)


@pytest.mark.parametrize("wants_none", [True, False])
def test_no_colour_is_sent_to_who_wants_none(tmp_path: Path, wants_none: bool) -> None:  # noqa: FBT001 - a case
    with terminal("--lang", "en", home=tmp_path, variables={"NO_COLOR": "1"} if wants_none else {}) as shown:
        shown.until("Guided set-up")
        shown.type("d")
        shown.until("Preflight (waiting)")
        shown.type("\x10")
        shown.until("Run the chosen phase alone")
        shown.type(ESCAPE)
        shown.until_gone("Run the chosen phase alone")
        assert shown.leave() == 0
    colours = set(COLOUR.findall(bytes(shown.raw)))
    assert not colours if wants_none else colours


def test_a_hostile_log_reaches_the_terminal_as_letters(tmp_path: Path) -> None:
    with scripted(tmp_path, "hostile") as shown:
        shown.until("Preflight (waiting)")
        before = len(shown.raw)
        shown.type("r")
        shown.until(LAST)
        assert shown.leave() == 0
    sent = bytes(shown.raw[shown.raw.index(b"\x1b", before) :])
    assert b"\x1b[2J" not in sent
    assert sent.count(LEFT) == 1
    assert b"[bold]markup[/]" in sent
    assert not CONTROL.findall(SEQUENCE.sub(b"", sent).decode("utf-8").replace("\r", "").replace("\n", ""))


@pytest.mark.parametrize("pasted", [True, False], ids=["pasted", "typed"])
def test_a_password_is_never_shown(tmp_path: Path, pasted: bool) -> None:  # noqa: FBT001 - a case
    with scripted(tmp_path, "secret") as shown:
        shown.until("Preflight (waiting)")
        shown.type("r")
        shown.until("search, Enter to return")
        if pasted:
            shown.paste(SENTINEL)
        else:
            shown.type(*SENTINEL)
        shown.until("•" * len(SENTINEL))
        shown.type(ENTER)
        shown.until(LAST)
        assert shown.leave() == 0
    assert SENTINEL.encode() not in shown.raw


@pytest.mark.parametrize(
    ("end", "code"), [(CTRL_Q, 0), (CTRL_C, 0), (signal.SIGTERM, 130), (signal.SIGHUP, 130), (signal.SIGINT, 130)]
)
def test_the_terminal_is_left_as_it_was(tmp_path: Path, end: str | signal.Signals, code: int) -> None:
    with terminal("--lang", "en", home=tmp_path) as shown:
        before = line_settings(shown.child)
        shown.until("Guided set-up")
        assert line_settings(shown.child) != before
        _tell(shown, end)
        assert shown.ended() == code
        assert line_settings(shown.child) == before
    assert shown.raw.count(ALTERNATE) == shown.raw.count(LEFT) == 1
    for mode in (b"1000", b"1003", b"1006", b"2004"):
        assert shown.raw.rindex(b"\x1b[?" + mode + b"l") > shown.raw.rindex(b"\x1b[?" + mode + b"h")
    assert shown.raw.rindex(b"\x1b[?25h") > shown.raw.rindex(b"\x1b[?25l")


@pytest.mark.parametrize("end", [CTRL_C, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_an_end_during_a_run_is_told_by_the_exit_code(tmp_path: Path, end: str | signal.Signals) -> None:
    with scripted(tmp_path, "run") as shown:
        shown.until("Preflight (waiting)")
        shown.type("r")
        shown.until("Deploy (running)")
        _tell(shown, end)
        if end == CTRL_C:
            shown.until("A run goes on. Leave now?")
            shown.type("y")
        assert shown.ended() == 130
    assert LEFT in shown.raw


def _tell(shown: Terminal, end: str | signal.Signals) -> None:
    if isinstance(end, str):
        shown.type(end)
    else:
        os.kill(shown.child.pid, end)


def test_a_window_that_is_too_small_says_so_and_comes_back(tmp_path: Path) -> None:
    with terminal("--lang", "ko", home=tmp_path, size=(60, 20)) as shown:
        shown.until("이 터미널은 60열 20행입니다")
        shown.resize(80, 24)
        shown.until("안내에 따라 설정")
        shown.resize(60, 20)
        shown.until("이 터미널은 60열 20행입니다")
        assert shown.leave() == 0


def test_a_korean_keyboard_works_keys_and_words(tmp_path: Path) -> None:
    with scripted(tmp_path, "text") as shown:
        shown.until("Preflight (waiting)")
        shown.type("ㄱ")
        shown.until("search, Enter to return")
        shown.type("한", "글")
        shown.until("한글")
        shown.type("\x7f")
        shown.until_gone("한글")
        shown.type("국")
        shown.until("한국")
        shown.type(ENTER)
        shown.until(LAST)
        shown.type(F2)
        shown.until("사전 점검")
        assert shown.leave() == 0
        assert "한국" in shown.raw.decode("utf-8").rpartition("\x1b[?1049l")[2]


def test_the_guided_set_up_begins_from_the_first_screen_by_one_key(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    with terminal("--lang", "en", home=tmp_path, folder=tmp_path / "app") as shown:
        shown.until("Guided set-up")
        shown.type("g")
        shown.until("Step 1 of 12")
        shown.type(CTRL_N)
        shown.until("Ctrl+N tries again")
        assert shown.leave() == 0
