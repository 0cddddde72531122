"""Carries out a build plan in folders: from the last layer that is there, each further step once."""

from __future__ import annotations

import asyncio
import shutil
import tarfile
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.standin.builder import shims
from wizard.standin.builder.carrier import Carried, Stages, title
from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.layers import Layer, Layers
from wizard.standin.builder.paths import ImagePaths
from wizard.standin.builder.runtime import run_environment, search_path
from wizard.standin.builder.steps import BuildPlan, CopyFiles, MakeFolder, RunCommand, StagePlan, Step, WriteFile
from wizard.standin.builder.trees import copy_file, copy_tree
from wizard.standin.builder.virtualenv import make_environment
from wizard.standin.processes import Command, LogLine, LogSink, run

_DETAIL_LINES = 20


@dataclass(frozen=True, slots=True)
class Place:
    """The state of a stage on disk."""

    root: Path
    python: Path | None
    skipped: tuple[str, ...] = ()


class FolderCarrier:
    """Builds in folders, as the process tier needs it: image paths are rewritten to where they lie."""

    def __init__(self, cache: Path) -> None:
        self._layers = Layers(cache)

    @property
    def secret(self) -> bytes:
        """The key of this cache's keys."""
        return self._layers.secret

    async def carry_out(self, plan: BuildPlan, request: BuildRequest, log: LogSink) -> Carried:
        """Execute the plan; the image lies in the request's work folder. Raises BuildFailed."""
        place = await _Executor(plan, request, self._layers, log).image()
        root = await asyncio.to_thread(_keep_image, request.work, place.root)
        return Carried(root, place.python, (), place.skipped)

    def prune(self) -> None:
        """Remove what no build needs any more."""
        self._layers.prune()


def _keep_image(work: Path, root: Path) -> Path:
    kept = work / "image"
    shutil.rmtree(kept, ignore_errors=True)
    root.rename(kept)
    shutil.rmtree(work / "stages", ignore_errors=True)
    return kept


class _Executor(Stages[Place]):
    """Executes the stages in folders."""

    def __init__(self, plan: BuildPlan, request: BuildRequest, layers: Layers, log: LogSink) -> None:
        super().__init__(plan, log)
        self._request = request
        self._layers = layers
        self._shims = shims.write(request.cache / "shims")

    async def _begin(self, index: int, stage: StagePlan) -> tuple[int, Place]:
        root = self._request.work / "stages" / str(index) / "root"
        for count in range(len(stage.steps), 0, -1):
            step = stage.steps[count - 1]
            layer = self._layers.find(step.key) if self._makes_layer(stage, step) else None
            if layer:
                self._tell_cached(stage, count)
                return count, await self._restore(layer, root)
        return 0, await self._first(stage, root)

    async def _first(self, stage: StagePlan, root: Path) -> Place:
        if stage.parent is not None:
            parent = await self._stage(stage.parent)
            await asyncio.to_thread(copy_tree, parent.root, root)
            return Place(root, parent.python, parent.skipped)
        for folder in ("tmp", "root"):
            await asyncio.to_thread((root / folder).mkdir, parents=True, exist_ok=True)
        return Place(root, await self._python(stage))

    async def _python(self, stage: StagePlan) -> Path | None:
        """Return the empty virtual environment of a Python base, made once an interpreter."""
        interpreter = stage.base.interpreter
        if interpreter is None:
            return None
        key = f"python-{stage.key}"
        async with self._layers.locked(key):
            layer = self._layers.find(key)
            if layer is None:
                workshop = self._layers.workshop(key)
                empty = workshop / "empty"
                empty.mkdir()
                await make_environment(interpreter, workshop / "python", self._request, self._log)
                layer = await asyncio.to_thread(self._layers.keep, key, workshop, Layer(empty, workshop / "python"))
            return layer.python

    async def _restore(self, layer: Layer, root: Path) -> Place:
        await asyncio.to_thread(shutil.rmtree, root, ignore_errors=True)
        await asyncio.to_thread(copy_tree, layer.root, root)
        return Place(root, layer.python, layer.skipped)

    def _makes_layer(self, stage: StagePlan, step: Step) -> bool:
        return isinstance(step.action, RunCommand) or self._changes_python(stage, step)

    def _changes_python(self, stage: StagePlan, step: Step) -> bool:
        if stage.base.kind != "python":
            return False
        if isinstance(step.action, CopyFiles | WriteFile):
            return ImagePaths(Path("/r"), Path("/p"), ()).is_python(step.action.target)
        return isinstance(step.action, RunCommand) and step.action.installs

    async def _step(self, stage: StagePlan, number: int, step: Step, state: Place) -> Place:
        shown, place = title(stage, number, step), state
        self._tell(shown)
        if not self._makes_layer(stage, step):
            await self._perform(step, place, shown)
            return place
        async with self._layers.locked(step.key):
            layer = self._layers.find(step.key)
            if layer:
                self._tell(f"{shown} cached")
                return await self._restore(layer, place.root)
            return await self._make_layer(stage, step, place, shown)

    async def _make_layer(self, stage: StagePlan, step: Step, place: Place, shown: str) -> Place:
        workshop = self._layers.workshop(step.key)
        try:
            if place.python and self._changes_python(stage, step):
                await asyncio.to_thread(copy_tree, place.python, workshop / "python")
                place = replace(place, python=workshop / "python")
            place = await self._perform(step, place, shown)
            layer = Layer(place.root, place.python, place.skipped)
            kept = await asyncio.to_thread(self._layers.keep, step.key, workshop, layer)
        finally:
            await asyncio.to_thread(shutil.rmtree, workshop, ignore_errors=True)
        return replace(place, python=kept.python)

    async def _perform(self, step: Step, place: Place, shown: str) -> Place:
        action, paths = step.action, ImagePaths(place.root, place.python, self._plan.owned)
        match action:
            case MakeFolder():
                await asyncio.to_thread(paths.on_disk(action.path).mkdir, parents=True, exist_ok=True)
            case WriteFile():
                await asyncio.to_thread(_write, paths.on_disk(action.target), action.content, action.mode)
            case CopyFiles(stage=None):
                await asyncio.to_thread(_copy_from_context, action, self._request.context, paths)
            case CopyFiles(stage=int() as origin):
                source = await self._stage(origin)
                there = ImagePaths(source.root, source.python, self._plan.owned)
                await asyncio.to_thread(_copy_from_stage, action, there, paths, shown)
            case RunCommand():
                return await self._run(action, place, paths, shown)
        return place

    async def _run(self, action: RunCommand, place: Place, paths: ImagePaths, shown: str) -> Place:
        note = self._request.work / "skipped"
        note.unlink(missing_ok=True)
        tail: deque[str] = deque(maxlen=_DETAIL_LINES)

        def told(line: LogLine) -> None:
            visible = LogLine(paths.as_in_image(line.text), line.stream)
            tail.append(visible.text)
            self._log(visible)

        borrowed = await asyncio.to_thread(_borrow, action, self._request.context, paths)
        command = self._command(action, paths, note)
        code = await run(command, told)
        await asyncio.to_thread(_give_back, borrowed)
        if code:
            command_line = " ".join(action.argv)
            ending = f'process "{command_line}" did not complete successfully: exit code: {code}'
            self._tell(f"ERROR: failed to build: failed to solve: {ending}")
            raise BuildFailed(shown, (*tail, ending))
        return replace(place, skipped=tuple(dict.fromkeys((*place.skipped, *shims.what_was_skipped(note, paths)))))

    def _command(self, action: RunCommand, paths: ImagePaths, note: Path) -> Command:
        workdir = paths.on_disk(action.workdir)
        workdir.mkdir(parents=True, exist_ok=True)
        environment = run_environment(action.environment, paths, self._request.run_id)
        folders = (paths.root, self._request.work, *([paths.python] if paths.python else []))
        path = search_path(action.environment.get("PATH", ""), paths)
        environment |= shims.environment(self._shims, path, folders, note)
        argv = tuple(paths.in_text(word) for word in action.argv)
        return Command(argv, workdir, environment, records=self._request.records)


def _write(target: Path, content: str, mode: int | None) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content)
    if mode:
        target.chmod(mode)


def _copy_from_context(action: CopyFiles, context: Path, paths: ImagePaths) -> None:
    target = paths.on_disk(action.target)
    for source in action.sources:
        here = context / source
        if here.is_dir() and not here.is_symlink():
            target.mkdir(parents=True, exist_ok=True)
            prefix = f"{source}/" if source else ""
            for folder in action.folders:
                if folder.startswith(prefix):
                    (target / folder.removeprefix(prefix)).mkdir(parents=True, exist_ok=True)
            for file in action.files:
                if file.startswith(prefix):
                    _place_file(context / file, target / file.removeprefix(prefix), action)
        elif action.unpack and tarfile.is_tarfile(here):
            target.mkdir(parents=True, exist_ok=True)
            with tarfile.open(here) as archive:
                archive.extractall(target, filter="data")
        else:
            _place_file(here, target / here.name if action.into or target.is_dir() else target, action)


def _place_file(source: Path, target: Path, action: CopyFiles) -> None:
    copy_file(source, target)
    if action.mode and not target.is_symlink():
        target.chmod(action.mode)


def _copy_from_stage(action: CopyFiles, there: ImagePaths, paths: ImagePaths, title: str) -> None:
    target = paths.on_disk(action.target)
    for source in action.sources:
        found = _expand(there.on_disk(source), title, source)
        for here in found:
            if here.is_dir() and not here.is_symlink():
                copy_tree(here, target)
            else:
                _place_file(here, target / here.name if action.into or target.is_dir() else target, action)


def _expand(here: Path, title: str, source: str) -> list[Path]:
    if set(source) & set("*?["):
        return sorted(here.parent.glob(here.name))
    if not here.exists() and not here.is_symlink():
        raise BuildFailed(title, (f'failed to solve: failed to calculate checksum of ref: "/{source}": not found',))
    return [here]


def _borrow(action: RunCommand, context: Path, paths: ImagePaths) -> list[Path]:
    """Bring in the files of a bind mount; returns those that were not there before."""
    brought = []
    for source, target in action.borrowed:
        here, there = context / source, paths.on_disk(target)
        if not there.exists():
            brought.append(there)
            if here.is_dir():
                copy_tree(here, there)
            else:
                copy_file(here, there)
    return brought


def _give_back(brought: list[Path]) -> None:
    for path in brought:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
