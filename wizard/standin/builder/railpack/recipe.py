"""Writes a blueprint as a plan of one stage, keys included: setup, install, build, what starts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from wizard.source.dockerfile import ContextIgnore
from wizard.standin.builder.context import Context
from wizard.standin.builder.image import BuildRequest
from wizard.standin.builder.paths import owned_folders
from wizard.standin.builder.railpack.blueprint import Blueprint
from wizard.standin.builder.railpack.config import Command, Config, StepConfig
from wizard.standin.builder.runs import installs
from wizard.standin.builder.steps import (
    Action,
    BuildPlan,
    CopyFiles,
    Keys,
    MakeFolder,
    RunCommand,
    StagePlan,
    Step,
    WriteFile,
)

WORKDIR = "/app"
_IDS = re.compile(rb"RAILWAY_[A-Z_]+_ID")
_SHELL = ("/bin/sh", "-c")
_NEVER_SENT = ".git\nnode_modules\n**/node_modules\n.venv\nvenv\n**/__pycache__\n.next\n"
_LINK = "ln -sfn /usr/local /app/.venv"


class Recipe:
    """One stage in the making."""

    def __init__(self, request: BuildRequest, drawn: Blueprint, config: Config, secret: bytes) -> None:
        self._drawn = drawn
        self._config = config
        self._variables = request.variables
        base = drawn.base
        self._base = (
            base.isolated((*config.build_packages, *drawn.deploy_packages, *config.deploy_packages))
            if request.isolated
            else base
        )
        self.files = Context(request.context, ContextIgnore(_NEVER_SENT + _ignored(request, config)))
        self._keys = Keys(secret, request.context)
        self._ids: frozenset[str] | None = None
        self._first = self._key = self._keys.of("base", base.identity, sorted(self._base.hidden))
        self._environment = {**dict(base.environment), **drawn.environment, **config.variables}
        self._steps: list[Step] = []
        self._named = [WORKDIR]

    def write(self) -> BuildPlan:
        """Write everything."""
        self._add(MakeFolder(WORKDIR), "setup", WORKDIR)
        for path, text in self._drawn.base.placed:
            self._write(path, text, 0o755)
        install, build = (self._config.steps.get(name, StepConfig()) for name in ("install", "build"))
        self._install(install)
        self._copy("")
        self._perform(build, self._drawn.build, self._variables)
        for path, text in self._drawn.files:
            self._write(path, text)
        if self._drawn.link_environment:
            self._run(_LINK, "virtual environment", {})
        return self._result()

    def _install(self, configured: StepConfig) -> None:
        if configured.commands is not None:
            self._copy("")
            self._perform(configured, self._drawn.install, self._variables)
        elif self._drawn.install:
            self._copy(*self._drawn.install_files)
            self._perform(configured, self._drawn.install, self._drawn.install_variables)

    def _perform(self, step: StepConfig, own: tuple[tuple[str, str], ...], variables: Mapping[str, str]) -> None:
        seen = {**variables, **step.variables}
        if step.commands is None:
            for line, shown in own:
                self._run(line, shown, seen)
            return
        for command in step.commands:
            if command.kind == "more":
                for line, shown in own:
                    self._run(line, shown, seen)
            else:
                self._configured(command, step, seen)

    def _configured(self, command: Command, step: StepConfig, seen: Mapping[str, str]) -> None:
        match command.kind:
            case "run":
                self._run(command.text, command.title or command.text, seen)
            case "path":
                self._environment["PATH"] = f"{self._absolute(command.text)}:{self._environment.get('PATH', '')}"
            case "copy":
                self._copy_to(command.text, self._absolute(command.target))
            case "file":
                path = posixpath.join(self._absolute(command.target), command.text)
                self._write(path, step.assets.get(command.text, ""), command.mode)

    def _copy(self, *sources: str) -> None:
        """Copy these context paths to where they are, below the working folder; the empty path is everything."""
        folders: dict[str, list[str]] = {}
        for source in sources:
            if source and self.files.below(source) == (source,):
                folders.setdefault(posixpath.dirname(source), []).append(source)
            elif not source or self.files.below(source):
                self._copy_to(source, self._absolute(source))
        for folder, files in folders.items():
            digests = [(file, self._keys.of_file(file)) for file in files]
            action = CopyFiles(tuple(files), self._absolute(folder), into=True, files=tuple(files))
            self._add(action, f"copy {', '.join(files)}", files, folder, digests)

    def _copy_to(self, source: str, target: str) -> None:
        """Copy one file or folder to a place of its own."""
        clean = posixpath.normpath("/" + source).lstrip("/")
        found = self.files.resolve(clean, f"copy {source}") if clean else [""]
        files = tuple(file for path in found for file in self.files.below(path))
        folders = tuple(folder for path in found for folder in self.files.folders_below(path))
        digests = [(file, self._keys.of_file(file)) for file in files]
        action = CopyFiles(tuple(found), target, into=target.endswith("/"), files=files, folders=folders)
        self._add(action, f"copy {source or '.'}", found, target, digests, folders)

    def _write(self, path: str, text: str, mode: int | None = None) -> None:
        self._named.append(path if path.count("/") == 1 else posixpath.dirname(path))
        self._add(WriteFile(path, text, mode), f"create {posixpath.basename(path)}", path, text, mode)

    def _run(self, command: str, shown: str, variables: Mapping[str, str]) -> None:
        seen = {**self._environment, **variables}
        changes = self._base.kind == "python" and installs(command)
        self._add(RunCommand((*_SHELL, command), seen, WORKDIR, changes), shown, command, self._telling(seen))

    def _telling(self, seen: Mapping[str, str]) -> dict[str, str]:
        """Return the variables that can tell two runs apart: ids are new each time, and none where no file names it."""
        if self._ids is None:
            self._ids = self.files.mentions(_IDS)
        return {name: value for name, value in seen.items() if not _IDS.fullmatch(name.encode()) or name in self._ids}

    def _absolute(self, path: str) -> str:
        joined = posixpath.normpath(posixpath.join(WORKDIR, path))
        return f"{joined}/" if path.endswith("/") and path != "/" else joined

    def _result(self) -> BuildPlan:
        drawn, start = self._drawn, self._config.start or self._drawn.start
        path = ":".join((*(self._absolute(item) for item in self._config.paths), self._environment.get("PATH", "")))
        stage = StagePlan(
            name="railpack",
            base=self._base,
            parent=None,
            key=self._first,
            steps=tuple(self._steps),
            environment={**self._environment, "PATH": path},
            workdir=WORKDIR,
            entrypoint=(),
            command=(*_SHELL, start) if start else (),
            shell=_SHELL,
            ports=(),
        )
        told = list(drawn.differences)
        told += [item for item in self._base.differences if item not in told]
        name = f"Railpack ({drawn.provider})"
        return BuildPlan((stage,), owned_folders(self._named), tuple(told), name, drawn.base.fetched)

    def _add(self, action: Action, title: str, *parts: object) -> None:
        self._key = self._keys.of(self._key, type(action).__name__, *parts)
        self._steps.append(Step(action, title, self._key))


def _ignored(request: BuildRequest, config: Config) -> str:
    path = request.context / ".dockerignore"
    text = path.read_text(errors="replace") if path.is_file() else ""
    return "\n".join((text, *config.exclude, ""))
