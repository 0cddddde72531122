"""The program as a hostile user meets it: a child process without a keyring, and what every refusal must say."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "apps" / "tiny"
PATIENCE_S = 60
HEADING = {"en": ("Why:", "Fix:", "Code:"), "ko": ("원인:", "해결 방법:", "코드:")}
WITHOUT_PRIVILEGE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Root reads everything; without these capabilities permissions hold for it too."""


@dataclass(frozen=True)
class Shell:
    environment: dict[str, str]
    prefix: tuple[str, ...] = ()

    def run(self, *arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.prefix, sys.executable, "-m", "wizard", *map(str, arguments)],
            env=self.environment | variables,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE_S,
            check=False,
        )

    def told_once(self, exit_code: int, code: str, *arguments: str | Path) -> None:
        """Call it once: for people in Korean or for scripts, so that a table of cases covers both."""
        if len(code) % 2:
            event_told(self.run(*arguments, "--json"), exit_code, code)
        else:
            assert_told(self.run(*arguments, "--lang", "ko"), "ko", exit_code, code)

    def told(self, exit_code: int, code: str, *arguments: str | Path, **variables: str) -> dict[str, Any]:
        """Call it for people in Korean and for scripts, whose event is in English; each must tell the same."""
        apart = {"RAILWIZARD_STATE": self.environment["RAILWIZARD_STATE"] + "-korean"} | variables
        with ThreadPoolExecutor() as pool:
            korean = pool.submit(self.run, *arguments, "--lang", "ko", **apart)
            event = event_told(self.run(*arguments, "--json", **variables), exit_code, code)
        assert_told(korean.result(), "ko", exit_code, code)
        return event


def assert_told(ended: subprocess.CompletedProcess[str], language: str, exit_code: int, code: str) -> None:
    said = ended.stderr + ended.stdout
    assert ended.returncode == exit_code, said
    assert "Traceback" not in said
    assert f"{HEADING[language][2]} {code}\n" in ended.stderr
    assert all(heading in ended.stderr for heading in HEADING[language]), ended.stderr


def event_told(ended: subprocess.CompletedProcess[str], exit_code: int, code: str) -> dict[str, Any]:
    assert ended.stderr == ""
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert (lines[-1]["type"], lines[-1]["exit_code"], ended.returncode) == ("RunFinished", exit_code, exit_code)
    assert lines[-1]["mutations"] == 0
    [error] = [line for line in lines if line["type"] == "ErrorRaised" and line["code"] == code]
    assert all(error[part]["text"].strip() for part in ("what", "why", "fix"))
    told: dict[str, Any] = error | {"findings": [line for line in lines if line["type"] == "Finding"]}
    return told


class serving:  # noqa: N801 - used as a function
    """`railwizard standin --json`, ended when it is left."""

    def __init__(self, environment: dict[str, str], *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wizard", "standin", "--json", *options],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def __enter__(self) -> tuple[dict[str, Any], subprocess.Popen[bytes]]:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline()), self.process

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=PATIENCE_S)
