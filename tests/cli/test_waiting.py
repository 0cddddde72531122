"""Waiting at a real pseudo-terminal: what ends it, and that the terminal is left as it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

WAIT = """
import asyncio, sys, termios
from wizard.cli.invocation import Invocation
from wizard.cli.session import Session
from wizard.cli.waiting import until_told

async def work(faces):
    await until_told(session)
    return 7

session = Session(Invocation.of(("rehearse",)), streams=False)
before = termios.tcgetattr(0)
async def announce(faces):
    print("waiting", flush=True)
    return await work(faces)
code = session.run(announce)
print(f"[{code}, {termios.tcgetattr(0) == before}]", flush=True)
"""


def waiting() -> pexpect.spawn[str]:
    environment = {"TERM": "xterm", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    child: pexpect.spawn[str] = pexpect.spawn(
        sys.executable, ["-c", WAIT], env=environment, encoding="utf-8", timeout=20, cwd=str(Path(__file__).parents[2])
    )
    child.expect("waiting")
    return child


@pytest.mark.parametrize("key", ["\r", "q", "Q", "\x03", "\x04"])
def test_these_keys_end_the_waiting_with_the_runs_own_code(key: str) -> None:
    child = waiting()
    child.send(key)
    child.expect(r"\[7, True\]")


def test_other_keys_do_not() -> None:
    child = waiting()
    child.send("x7 ")
    with pytest.raises(pexpect.TIMEOUT):
        child.expect("7, True", timeout=0.5)
    child.send("q")
    child.expect(r"\[7, True\]")
