"""From a Dockerfile to a plan: variables substituted, files found, keys computed, nothing executed."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from wizard.errors import UsageError
from wizard.messages import message
from wizard.source.dockerfile import ContextIgnore, Instruction, parse, substitute
from wizard.standin.builder.context import Context
from wizard.standin.builder.image import BuildRequest
from wizard.standin.builder.paths import owned_folders
from wizard.standin.builder.runs import Mount, fit_for_layers, installs, mounts_of, named_paths, shell_script
from wizard.standin.builder.stage_copies import CopyingStage
from wizard.standin.builder.stage_state import SHELL, BuildState, title
from wizard.standin.builder.steps import BuildPlan, CopyFiles, Keys, MakeFolder, RunCommand
from wizard.standin.builder.tools import Toolbox


def plan(path: Path, request: BuildRequest, secret: bytes, toolbox: Toolbox | None = None) -> BuildPlan:
    """Plan the Dockerfile at `path`; raises BuildFailed or UsageError, as the builder would fail.

    Users and owners are planned where the image is isolated, and differences elsewhere. Programs that the images have
    and this machine lacks come from the toolbox; without one nothing is fetched.
    """
    dockerfile = parse(path.read_text(encoding="utf-8", errors="replace"))
    files = Context(request.context, ContextIgnore.of(request.context, path))
    build = BuildState(dockerfile, files, request, Keys(secret, request.context), toolbox or Toolbox(None))
    return _planned(build)


def _planned(build: BuildState) -> BuildPlan:
    """Plan everything."""
    differences = []
    for stage in build.dockerfile.stages:
        planned = _Stage(build, stage)
        planned.run()
        build.stages.append(planned.result())
        differences += [*planned.base.differences, *planned.differences]
        build.named += planned.named
    unique = tuple(dict.fromkeys((item.id, tuple(item.params.items())) for item in differences))
    told = tuple(message(id_, **dict(params)) for id_, params in unique)
    tools = tuple(dict.fromkeys(tool for stage in build.stages for tool in stage.base.fetched))
    return BuildPlan(tuple(build.stages), owned_folders(build.named), told, "Dockerfile", tools)


class _Stage(CopyingStage):
    """One stage, instruction by instruction."""

    def run(self) -> None:
        """Plan every instruction; LABEL, STOPSIGNAL and HEALTHCHECK change nothing that a process shows."""
        if self._parent is None:
            self._place(self.base)
        for instruction in self._stage.instructions:
            handler = self._handlers.get(instruction.keyword)
            if handler:
                handler(self, instruction)

    def _arg(self, instruction: Instruction) -> None:
        for word in self._words(instruction):
            name, equals, default = word.partition("=")
            inherited = self._build.globals.get(name)
            if name in self._build.variables:
                self._arguments[name] = self._build.variables[name]
            elif equals or inherited is not None:
                self._arguments[name] = default if equals else inherited or ""

    def _env(self, instruction: Instruction) -> None:
        first, _, rest = instruction.text.partition(" ")
        if "=" not in first:
            value = substitute(rest.strip(), self._known(), escape=self._escape, line=instruction.line)
            pairs = [(first, value)]
        else:
            words = self._words(instruction)
            if not all("=" in word for word in words):
                raise UsageError("dockerfile.pairs", line=instruction.line, keyword="ENV", text=instruction.text)
            pairs = [(word.partition("=")[0], word.partition("=")[2]) for word in words]
        self._environment.update(pairs)
        for name, value in pairs:
            if name in {"PATH", "VIRTUAL_ENV"}:
                self.named += [item for item in value.split(":") if item.startswith(("/opt", "/venv", "/.venv"))]

    def _change_folder(self, instruction: Instruction) -> None:
        path = substitute(instruction.text, self._known(), escape=self._escape, line=instruction.line)
        self._workdir = self._absolute(path)
        self.named.append(self._workdir)
        self._add(MakeFolder(self._workdir, self._current_user), f"WORKDIR {path}", self._workdir, self._current_user)

    def _user(self, instruction: Instruction) -> None:
        user = " ".join(self._words(instruction))
        if self._build.isolated:
            self._current_user = user
        else:
            self.differences.append(message("builder.user", user=user))

    def _expose(self, instruction: Instruction) -> None:
        for word in self._words(instruction):
            number = word.partition("/")[0].partition("-")[0]
            self._ports += [int(number)] if number.isdecimal() else []

    def _volume(self, instruction: Instruction) -> None:
        for path in self._words(instruction):
            self.named.append(path)
            self._add(MakeFolder(self._absolute(path)), f"VOLUME {path}", path)

    def _set_shell(self, instruction: Instruction) -> None:
        self._shell = instruction.exec_form or SHELL

    def _cmd(self, instruction: Instruction) -> None:
        self._command = self._started(instruction)
        self._command_here = True

    def _set_entrypoint(self, instruction: Instruction) -> None:
        self._entrypoint = self._started(instruction)
        if not self._command_here:
            self._command = ()

    def _started(self, instruction: Instruction) -> tuple[str, ...]:
        return (*self._shell, instruction.text) if instruction.exec_form is None else instruction.exec_form

    def _run(self, instruction: Instruction) -> None:
        script = fit_for_layers(shell_script(instruction), isolated=self._build.isolated)
        argv = instruction.exec_form or (*self._shell, script)
        mounts, shown = mounts_of(instruction, self._workdir), title(instruction)
        brought = [mount for mount in mounts if mount.origin is not None and self._bring(mount, shown)]
        borrowed = tuple((mount.source, mount.target) for mount in mounts if mount.origin is None)
        self.named += named_paths(" ".join(argv))
        digests = [(path, self._build.files.digests(path, self._build.keys)) for path, _ in borrowed]
        environment = self._known()
        changes = self.base.kind == "python" and installs(" ".join(argv))
        action = RunCommand(argv, environment, self._workdir, changes, borrowed, self._current_user)
        self._add(action, shown, argv, environment, self._workdir, digests, self._current_user)
        for mount in brought:
            self._take_away(mount)

    def _bring(self, mount: Mount, shown: str) -> bool:
        """Copy what a RUN binds from a stage or an image; returns whether it must be taken away again."""
        origin = substitute(mount.origin or "", self._known() | self._build.globals, escape=self._escape)
        self.named.append(mount.target)
        self.copy_from(origin, CopyFiles((mount.source,), mount.target, into=False), shown)
        return self._build.stage_index(origin) is not None

    def _take_away(self, mount: Mount) -> None:
        argv = (*SHELL, f"rm -rf {shlex.quote(mount.target)}")
        shown = f"unmount {mount.target}"
        self._add(RunCommand(argv, self._known(), "/", installs=False), shown, argv, self._known())

    def _add_files(self, instruction: Instruction) -> None:
        self.copy(instruction, unpack=True)

    _handlers: ClassVar[dict[str, Callable[[_Stage, Instruction], None]]] = {
        "ADD": _add_files,
        "ARG": _arg,
        "CMD": _cmd,
        "COPY": CopyingStage.copy,
        "ENTRYPOINT": _set_entrypoint,
        "ENV": _env,
        "EXPOSE": _expose,
        "RUN": _run,
        "SHELL": _set_shell,
        "USER": _user,
        "VOLUME": _volume,
        "WORKDIR": _change_folder,
    }
