"""Python interpreters that are already on this machine, by their minor version."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PROBE = "import sys, ensurepip, venv; print(sys.version.split()[0], getattr(sys, '_base_executable', sys.executable))"
_ELSEWHERE = (
    "~/.pyenv/versions/{minor}.*/bin/python",
    "~/.local/share/uv/python/cpython-{minor}.*/bin/python3",
    "/opt/homebrew/opt/python@{minor}/bin/python{minor}",
    "/usr/local/opt/python@{minor}/bin/python{minor}",
    "/Library/Frameworks/Python.framework/Versions/{minor}/bin/python3",
)
_VERSION = re.compile(r"3\.\d+")
_OLDEST = 8
"""Of the minors tried in place of another: older ones run nothing of today."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """An interpreter that can make virtual environments.

    Attributes:
        program: its path.
        version: all three numbers.
    """

    program: str
    version: str

    @property
    def minor(self) -> str:
        """Its first two numbers."""
        return ".".join(self.version.split(".")[:2])


@cache
def find(minor: str | None) -> Interpreter:
    """Return an interpreter of that minor version (`3.12`), else the nearest there is, the newer of two.

    Nothing is downloaded: the package index has no interpreter that its makers publish there.
    """
    running = Interpreter(getattr(sys, "_base_executable", sys.executable), sys.version.split()[0])
    if minor is None or running.minor == minor:
        return running
    wanted = int(minor.partition(".")[2])
    distance = abs(_number(running) - wanted)
    for away in range(distance + 1):
        for number in dict.fromkeys((wanted + away, wanted - away)):
            if number == _number(running):
                return running
            if number >= _OLDEST and (found := _of_minor(f"3.{number}")):
                return found
    return running


def minor_of(version: str) -> str | None:
    """Return the first two numbers of a version text, None where it names fewer."""
    match = _VERSION.match(version)
    return match[0] if match else None


def _number(interpreter: Interpreter) -> int:
    return int(interpreter.version.split(".")[1])


def _of_minor(minor: str) -> Interpreter | None:
    for program in _candidates(minor):
        found = _probe(program)
        if found and found.minor == minor:
            return found
    return None


def _candidates(minor: str) -> list[Path]:
    on_path = [Path(folder) / f"python{minor}" for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    elsewhere = [Path(pattern.format(minor=minor)).expanduser() for pattern in _ELSEWHERE]
    globbed = [
        found
        for pattern in elsewhere
        for found in sorted(Path("/").glob(str(pattern).lstrip("/")), key=_numbers, reverse=True)
    ]
    return [candidate for candidate in (*globbed, *on_path) if candidate.is_file()]


def _numbers(path: Path) -> list[int]:
    """Return the numbers of a path, so that 3.12.10 comes behind 3.12.9."""
    return [int(number) for number in re.findall(r"\d+", str(path))]


def _probe(program: Path) -> Interpreter | None:
    """Ask it: a shim on PATH may stand for an interpreter that is not there."""
    try:
        answer = subprocess.run([program, "-c", _PROBE], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    version, _, executable = answer.stdout.strip().partition(" ")
    return Interpreter(executable, version)
