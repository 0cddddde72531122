"""Writes a one-stage plan step by step, keys included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from wizard.source.dockerfile import ContextIgnore
from wizard.standin.builder.bases import Base
from wizard.standin.builder.context import Context
from wizard.standin.builder.image import BuildRequest
from wizard.standin.builder.paths import owned_folders
from wizard.standin.builder.runs import installs
from wizard.standin.builder.steps import Action, BuildPlan, CopyFiles, Keys, MakeFolder, RunCommand, StagePlan, Step

WORKDIR = "/app"
_SHELL = ("/bin/sh", "-c")
_NEVER_SENT = ".git\nnode_modules\n**/node_modules\n.venv\nvenv\n**/__pycache__\n.next\n"


class Recipe:
    """One stage in the making."""

    def __init__(self, request: BuildRequest, base: Base, secret: bytes) -> None:
        ignored = request.context / ".dockerignore"
        text = ignored.read_text(errors="replace") if ignored.is_file() else ""
        self.files = Context(request.context, ContextIgnore(_NEVER_SENT + text))
        self._base = base
        self._keys = Keys(secret, request.context)
        self._first = self._key = self._keys.of("base", base.identity)
        self._steps: list[Step] = []
        self._add(MakeFolder(WORKDIR), "setup", WORKDIR)

    def copy(self, *sources: str) -> None:
        """Copy these context paths into the working folder; the empty path is everything."""
        files = tuple(file for source in sources for file in self.files.below(source))
        digests = [(file, self._keys.of_file(file)) for file in files]
        folders = tuple(folder for source in sources for folder in self.files.folders_below(source))
        action = CopyFiles(sources, WORKDIR, into=True, files=files, folders=folders)
        self._add(action, f"copy {', '.join(source or '.' for source in sources)}", sources, digests, folders)

    def run(self, command: str, environment: Mapping[str, str]) -> None:
        """Run a shell line in the working folder."""
        seen = {**dict(self._base.environment), **environment}
        changes = self._base.kind == "python" and installs(command)
        self._add(RunCommand((*_SHELL, command), seen, WORKDIR, changes), command, command, seen)

    def result(self, name: str, environment: Mapping[str, str], start: str | None) -> BuildPlan:
        """Return the plan of an image that starts with that shell line."""
        stage = StagePlan(
            name="railpack",
            base=self._base,
            parent=None,
            key=self._first,
            steps=tuple(self._steps),
            environment={**dict(self._base.environment), **environment},
            workdir=WORKDIR,
            entrypoint=(),
            command=(*_SHELL, start) if start else (),
            shell=_SHELL,
            ports=(),
        )
        return BuildPlan((stage,), owned_folders([WORKDIR]), self._base.differences, name)

    def _add(self, action: Action, title: str, *parts: object) -> None:
        self._key = self._keys.of(self._key, type(action).__name__, *parts)
        self._steps.append(Step(action, title, self._key))


def procfile_web(context: Path) -> str | None:
    """Return the command of a Procfile's `web:` line."""
    path = context / "Procfile"
    text = path.read_text(errors="replace") if path.is_file() else ""
    match = re.search(r"^web\s*:\s*(.+)$", text, re.MULTILINE)
    return match[1].strip() if match else None


def first_line(path: Path) -> str:
    """Return a version file's first line, empty without the file."""
    lines = path.read_text(errors="replace").split() if path.is_file() else []
    return lines[0] if lines else ""
