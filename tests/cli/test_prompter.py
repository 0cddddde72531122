"""The prompts on a real pseudo-terminal: what is drawn, what comes back, and where."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

ASK = """
import asyncio, sys
from wizard.cli.prompter import TerminalPrompter
from wizard.locale import Language
from wizard.messages import message
from wizard.questions import *
WORD = message("questions.empty")
QUESTIONS = {
    "text": Text(id="t", prompt=WORD,
                 validate=lambda text: None if text.isdigit() else message("source.no-file", path="X")),
    "secret": SecretText(id="s", prompt=WORD),
    "confirm": Confirm(id="c", prompt=WORD, help=message("source.no-file", path="HELP")),
    "choice": Choice(id="o", prompt=WORD, options=(Option("a", message("source.absent", path="A")),
                                                   Option("b", message("source.absent", path="B")))),
}
async def main():
    task = asyncio.current_task()
    prompter = TerminalPrompter(Language.KOREAN, task.cancel)
    try:
        answer = await prompter.prompt(QUESTIONS[sys.argv[1]])
    except asyncio.CancelledError:
        answer = "interrupted"
    print(f"[{answer!r}]", flush=True)
asyncio.run(main())
"""


def ask(kind: str, tmp_path: Path) -> tuple[pexpect.spawn[str], Path]:
    """Start a prompt with stdout in a file, so that only stderr draws."""
    out = tmp_path / "stdout"
    command = f'exec "{sys.executable}" -W ignore -c "$ASK" {kind} > "{out}"'
    environment = {"ASK": ASK, "TERM": "xterm", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    child: pexpect.spawn[str] = pexpect.spawn(
        "/bin/sh",
        ["-c", command],
        env=environment,
        encoding="utf-8",
        timeout=20,
        cwd=str(Path(__file__).parents[2]),
    )
    return child, out


def finish(child: pexpect.spawn[str], out: Path) -> str:
    child.expect(pexpect.EOF)
    child.close()
    return out.read_text("utf-8").strip()


@pytest.mark.parametrize(
    ("kind", "keys", "expected"),
    [("text", "8000\r", "['8000']"), ("confirm", "y", "[True]"), ("choice", "\x1b[B\r", "['b']")],
)
def test_answers_come_back_and_stdout_stays_clean(kind: str, keys: str, expected: str, tmp_path: Path) -> None:
    child, out = ask(kind, tmp_path)
    child.expect("답변이 필요합니다")
    child.send(keys)
    assert finish(child, out) == expected


def test_a_secret_is_not_drawn(tmp_path: Path) -> None:
    child, out = ask("secret", tmp_path)
    child.expect("답변이 필요합니다")
    child.send("hunter22\r")
    child.expect(pexpect.EOF)
    assert "hunter22" not in str(child.before)
    assert finish(child, out) == "[Secret(••••••)]"


def test_a_refused_answer_can_be_corrected(tmp_path: Path) -> None:
    child, out = ask("text", tmp_path)
    child.expect("답변이 필요합니다")
    child.send("abc\r")
    child.expect("X")
    child.send("\x7f\x7f\x7f42\r")
    assert finish(child, out) == "['42']"


def test_control_c_interrupts_the_run(tmp_path: Path) -> None:
    child, out = ask("confirm", tmp_path)
    child.expect("답변이 필요합니다")
    child.send("\x03")
    assert finish(child, out) == "['interrupted']"
