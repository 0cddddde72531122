"""What a build and one of its stages have come to, while a Dockerfile's instructions pass by."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from wizard.messages import Message
from wizard.source.dockerfile import Dockerfile, Instruction, Stage, substitute, unquote_words
from wizard.standin.builder.bases import Base, resolve
from wizard.standin.builder.borrowing import with_managers
from wizard.standin.builder.contents import packages_installed
from wizard.standin.builder.context import Context
from wizard.standin.builder.image import BuildRequest
from wizard.standin.builder.runs import installs, shell_script
from wizard.standin.builder.steps import Action, Keys, StagePlan, Step, WriteFile
from wizard.standin.builder.tools import Toolbox

SHELL = ("/bin/sh", "-c")


class BuildState:
    """What all stages share."""

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
        self.named: list[str] = []

    def descendants(self, root: Stage) -> list[Stage]:
        """Return a stage and those that begin with it or with one of them."""
        found = [root]
        stages = list(self.dockerfile.stages)
        for stage in stages[stages.index(root) + 1 :]:
            base = substitute(stage.base, self.globals, escape=self.dockerfile.escape, line=stage.line).lower()
            if base in {name for parent in found for name in (parent.name, str(stages.index(parent)))}:
                found.append(stage)
        return found

    def stage_index(self, name: str) -> int | None:
        """Return the earlier stage of that name, the last one where it is given twice, or of that number."""
        planned = list(enumerate(self.dockerfile.stages[: len(self.stages)]))
        return next(
            (index for index, stage in reversed(planned) if name.lower() == stage.name or name == str(index)), None
        )


def title(instruction: Instruction) -> str:
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


class StageState:
    """One stage: what Docker keeps of it."""

    def __init__(self, build: BuildState, stage: Stage) -> None:
        self._build = build
        self._stage = stage
        self._escape = build.dockerfile.escape
        image = substitute(stage.base, build.globals, escape=self._escape, line=stage.line)
        parent = build.stage_index(image)
        self._parent = parent
        inherited = build.stages[parent] if parent is not None else None
        self.base: Base = inherited.base if inherited else self._resolve(image)
        self._name = stage.name or f"stage-{len(build.stages)}"
        self._key = (
            inherited.last_key if inherited else build.keys.of("base", self.base.identity, sorted(self.base.hidden))
        )
        self._first_key = self._key
        self._environment = dict(inherited.environment if inherited else self.base.environment)
        self._arguments: dict[str, str] = {}
        self._workdir = inherited.workdir if inherited else "/"
        self._entrypoint = inherited.entrypoint if inherited else ()
        self._command = inherited.command if inherited else self.base.command
        self._command_here = False
        self._shell = inherited.shell if inherited else SHELL
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
        return self._isolated(base) if build.isolated else base

    def _isolated(self, base: Base) -> Base:
        """Return the stand-in as the stages made from it see this machine: one layer hides for all of them."""
        family = self._build.descendants(self._stage)
        runs = [item for stage in family for item in stage.instructions if item.keyword == "RUN"]
        return base.isolated(name for item in runs for name in packages_installed(shell_script(item)))

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
