"""From a Dockerfile to a plan: variables substituted, files found, keys computed, nothing executed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from wizard.errors import UsageError
from wizard.messages import Message, message
from wizard.source.dockerfile import (
    ContextIgnore,
    Dockerfile,
    Heredoc,
    Instruction,
    Stage,
    parse,
    substitute,
    unquote_words,
)
from wizard.standin.builder.bases import Base, resolve
from wizard.standin.builder.borrowing import from_image, with_managers
from wizard.standin.builder.contents import packages_installed
from wizard.standin.builder.context import Context
from wizard.standin.builder.copying import with_parents, without
from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.paths import owned_folders
from wizard.standin.builder.runs import fit_for_layers, installs, mounts_of, named_paths, shell_script
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
from wizard.standin.builder.tools import Toolbox

_SHELL = ("/bin/sh", "-c")


def plan(path: Path, request: BuildRequest, secret: bytes, toolbox: Toolbox | None = None) -> BuildPlan:
    """Plan the Dockerfile at `path`; raises BuildFailed or UsageError, as the builder would fail.

    Users and owners are planned where the image is isolated, and differences elsewhere. Programs that the images have
    and this machine lacks come from the toolbox; without one nothing is fetched.
    """
    dockerfile = parse(path.read_text(encoding="utf-8", errors="replace"))
    files = Context(request.context, ContextIgnore.of(request.context, path))
    return _Planner(dockerfile, files, request, Keys(secret, request.context), toolbox or Toolbox(None)).run()


class _Planner:
    """Plans the stages in order; each may begin with or copy from an earlier one."""

    def __init__(
        self, dockerfile: Dockerfile, files: Context, request: BuildRequest, keys: Keys, toolbox: Toolbox
    ) -> None:
        self.isolated = request.isolated
        self.toolbox = toolbox
        self.dockerfile = dockerfile
        self.files = files
        self.variables = request.variables
        self.keys = keys
        self.globals = _global_arguments(dockerfile, request.variables)
        self.stages: list[StagePlan] = []
        self.packages: dict[int, tuple[str, ...]] = {}
        self.named: list[str] = []

    def run(self) -> BuildPlan:
        """Plan everything."""
        differences = []
        for stage in self.dockerfile.stages:
            planned = _StagePlanner(self, stage)
            planned.run()
            self.packages[len(self.stages)] = planned.packages
            self.stages.append(planned.result())
            differences += [*planned.base.differences, *planned.differences]
            self.named += planned.named
        unique = tuple(dict.fromkeys((item.id, tuple(item.params.items())) for item in differences))
        told = tuple(message(id_, **dict(params)) for id_, params in unique)
        tools = tuple(dict.fromkeys(tool for stage in self.stages for tool in stage.base.fetched))
        return BuildPlan(tuple(self.stages), owned_folders(self.named), told, "Dockerfile", tools)

    def stage_index(self, name: str) -> int | None:
        """Return the earlier stage of that name, the last one where it is given twice, or of that number."""
        planned = list(enumerate(self.dockerfile.stages[: len(self.stages)]))
        return next(
            (index for index, stage in reversed(planned) if name.lower() == stage.name or name == str(index)), None
        )


def _title(instruction: Instruction) -> str:
    """Return the instruction as the log shows it."""
    flags = [f"--{flag.name}" if flag.value == "true" else f"--{flag.name}={flag.value}" for flag in instruction.flags]
    return " ".join([instruction.keyword, *flags, *instruction.text.split()])


def _global_arguments(dockerfile: Dockerfile, variables: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for instruction in dockerfile.arguments:
        for word in unquote_words(instruction.text, found, escape=dockerfile.escape, line=instruction.line):
            name, equals, default = word.partition("=")
            if name in variables or equals:
                found[name] = variables.get(name, default)
    return found


class _StagePlanner:
    """Plans one stage: what Docker keeps of it is kept here while its instructions pass by."""

    def __init__(self, build: _Planner, stage: Stage) -> None:
        self._build = build
        self._stage = stage
        self._escape = build.dockerfile.escape
        image = substitute(stage.base, build.globals, escape=self._escape, line=stage.line)
        parent = build.stage_index(image)
        self._parent = parent
        inherited = build.stages[parent] if parent is not None else None
        self.packages = build.packages.get(parent, ()) if parent is not None else ()
        self.base: Base = inherited.base if inherited else self._resolve(image)
        self._see_packages()
        self._name = stage.name or f"stage-{len(build.stages)}"
        self._key = inherited.last_key if inherited else build.keys.of("base", self.base.identity)
        self._first_key = self._key
        self._environment = dict(inherited.environment if inherited else self.base.environment)
        self._arguments: dict[str, str] = {}
        self._workdir = inherited.workdir if inherited else "/"
        self._entrypoint = inherited.entrypoint if inherited else ()
        self._command = inherited.command if inherited else self.base.command
        self._command_here = False
        self._shell = inherited.shell if inherited else _SHELL
        self._ports = list(inherited.ports) if inherited else []
        self._current_user = inherited.user if inherited else ""
        self._steps: list[Step] = []
        self.named: list[str] = []
        self.differences: list[Message] = []

    def _resolve(self, image: str) -> Base:
        """Return the stand-in, with the programs that this Dockerfile takes from other images or from corepack."""
        build, runs = self._build, [item for item in self._stage.instructions if item.keyword == "RUN"]
        base = resolve(image, f"FROM {image}", build.toolbox, installs_python=any(installs(item.text) for item in runs))
        if base.kind == "node":
            base = with_managers(base, build.dockerfile, build.files.folder, build.toolbox)
        return base

    def _see_packages(self) -> None:
        scripts = [shell_script(item) for item in self._stage.instructions if item.keyword == "RUN"]
        found = dict.fromkeys(name for script in scripts for name in packages_installed(script))
        self.packages = tuple(dict.fromkeys((*self.packages, *found)))
        if self._build.isolated:
            self.base = self.base.isolated(self.packages)

    def run(self) -> None:
        """Plan every instruction; LABEL, STOPSIGNAL and HEALTHCHECK change nothing that a process shows."""
        if self._parent is None:
            self._place(self.base)
        for instruction in self._stage.instructions:
            handler = self._handlers.get(instruction.keyword)
            if handler:
                handler(self, instruction)

    def result(self) -> StagePlan:
        """Return the stage."""
        return StagePlan(
            self._name,
            self.base,
            self._parent,
            self._first_key,
            tuple(self._steps),
            self._environment,
            self._workdir,
            self._entrypoint,
            self._command,
            self._shell,
            tuple(self._ports),
            self._current_user,
        )

    def _place(self, base: Base, already: Base | None = None) -> None:
        """Write the commands that a base brings and that the other one does not have yet."""
        for path, script in base.placed:
            if already is None or (path, script) not in already.placed:
                self.named.append(posixpath.dirname(path))
                self._add(WriteFile(path, script, 0o755), f"use {posixpath.basename(path)}", path, script)

    def _known(self) -> dict[str, str]:
        return {**self._arguments, **self._environment}

    def _words(self, instruction: Instruction) -> list[str]:
        if instruction.exec_form is not None:
            known = self._known()
            return [substitute(word, known, escape=self._escape) for word in instruction.exec_form]
        return unquote_words(instruction.text, self._known(), escape=self._escape, line=instruction.line)

    def _add(self, action: Action, title: str, *parts: object) -> None:
        self._key = self._build.keys.of(self._key, type(action).__name__, *parts)
        self._steps.append(Step(action, title, self._key))

    def _absolute(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self._workdir, path))

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
        self._shell = instruction.exec_form or _SHELL

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
        argv = instruction.exec_form
        script = fit_for_layers(shell_script(instruction), isolated=self._build.isolated)
        argv = argv or (*self._shell, script)
        borrowed = mounts_of(instruction, self._workdir)
        self.named += named_paths(" ".join(argv))
        digests = [(path, self._build.files.digests(path, self._build.keys)) for path, _ in borrowed]
        environment = self._known()
        title = _title(instruction)
        changes = self.base.kind == "python" and installs(" ".join(argv))
        action = RunCommand(argv, environment, self._workdir, changes, borrowed, self._current_user)
        self._add(action, title, argv, environment, self._workdir, digests, self._current_user)

    def _copy(self, instruction: Instruction, *, unpack: bool = False) -> None:
        *sources, target = self._words(instruction)
        title = _title(instruction)
        owner = substitute(instruction.flag("chown") or "", self._known(), escape=self._escape)
        if owner and not self._build.isolated:
            self.differences.append(message("builder.chown", owner=owner))
            owner = ""
        documents = {document.name for document in instruction.heredocs}
        files = [source for source in sources if source.lstrip("0123456789<-") not in documents]
        is_folder = target.endswith(("/", "/.")) or target == "."
        absolute = self._absolute(target)
        self.named.append(absolute)
        mode = self._mode(instruction, title)
        action = CopyFiles(tuple(files), absolute, is_folder or len(sources) > 1, mode=mode, unpack=unpack, owner=owner)
        for document in instruction.heredocs:
            self._document(document, action)
        if files:
            self._copy_files(action, instruction, title)

    def _mode(self, instruction: Instruction, title: str) -> int | None:
        text = substitute(instruction.flag("chmod") or "0", self._known(), escape=self._escape)
        if set(text) - set("01234567"):
            raise BuildFailed(title, (f"COPY --chmod={text} cannot be rehearsed here: only numbers can.",))
        return int(text, 8) or None

    def _document(self, document: Heredoc, copied: CopyFiles) -> None:
        content = document.content
        if document.expand:
            content = substitute(content.replace("'", "\\'").replace('"', '\\"'), self._known(), escape=self._escape)
        path = posixpath.join(copied.target, document.name) if copied.into else copied.target
        self._add(
            WriteFile(path, content, copied.mode, copied.owner), f"COPY <<{document.name}", path, content, copied.owner
        )

    def _copy_files(self, action: CopyFiles, instruction: Instruction, title: str) -> None:
        excluded, parents = instruction.flags_named("exclude"), instruction.flag("parents") == "true"
        if (origin := instruction.flag("from")) is not None:
            if excluded or parents:
                raise BuildFailed(title, ("COPY --from with --exclude or --parents cannot be rehearsed here.",))
            self._copy_from(substitute(origin, self._known() | self._build.globals, escape=self._escape), action, title)
            return
        if any("://" in source or source.startswith("git@") for source in action.sources):
            raise BuildFailed(title, ("ADD from an address cannot be rehearsed here: a rehearsal fetches nothing.",))
        resolved = tuple(path for source in action.sources for path in self._build.files.resolve(source, title))
        files = tuple(file for path in resolved for file in self._build.files.below(path))
        folders = tuple(folder for path in resolved for folder in self._build.files.folders_below(path))
        into = action.into or len(resolved) > 1
        named, action = action.sources, replace(action, sources=resolved, files=files, folders=folders, into=into)
        action = without(action, excluded)
        for copied in with_parents(action, named) if parents else [action]:
            self._copy_context(copied, title)

    def _copy_context(self, action: CopyFiles, title: str) -> None:
        digests = [(file, self._build.keys.of_file(file)) for file in action.files]
        where = (action.sources, action.target, action.into, action.mode, action.unpack)
        self._add(action, title, *where, digests, action.folders, action.owner)

    def _copy_from(self, origin: str, action: CopyFiles, title: str) -> None:
        index = self._build.stage_index(origin)
        if index is None:
            self._copy_from_image(origin, action, title)
            return
        clean = tuple(posixpath.normpath("/" + source).lstrip("/") for source in action.sources)
        self.named += [f"/{path}" for path in clean]
        action = replace(action, sources=clean, stage=index)
        key = self._build.stages[index].last_key
        self._add(action, title, key, clean, action.target, action.into, action.mode, action.owner)

    def _copy_from_image(self, origin: str, action: CopyFiles, title: str) -> None:
        """Take uv, or Node.js, from the package index instead; other images have nothing that could be had here."""
        borrowed = from_image(origin, self.base, self._build.toolbox)
        if borrowed is None and "astral-sh/uv" in origin:
            self.differences.append(message("builder.uv-image", image=origin))
            run = RunCommand((*_SHELL, "pip install -q uv"), self._known(), self._workdir, installs=True)
            self._add(run, title, origin, action.target)
            return
        if borrowed is None:
            raise BuildFailed(title, (f"COPY --from={origin} cannot be rehearsed here: the image is not here.",))
        self.differences += [item for item in borrowed.differences if item not in self.base.differences]
        before, self.base = self.base, borrowed
        if before.placed == borrowed.placed:
            return
        self._place(borrowed, before)

    def _add_files(self, instruction: Instruction) -> None:
        self._copy(instruction, unpack=True)

    _handlers: ClassVar[dict[str, Callable[[_StagePlanner, Instruction], None]]] = {
        "ADD": _add_files,
        "ARG": _arg,
        "CMD": _cmd,
        "COPY": _copy,
        "ENTRYPOINT": _set_entrypoint,
        "ENV": _env,
        "EXPOSE": _expose,
        "RUN": _run,
        "SHELL": _set_shell,
        "USER": _user,
        "VOLUME": _volume,
        "WORKDIR": _change_folder,
    }
