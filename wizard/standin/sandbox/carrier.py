"""Carries out build plans in sandboxes: every RUN sees the image as it is so far, and writes to the image alone."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wizard.standin.builder import shims
from wizard.standin.builder.carrier import Carried, Stages, title
from wizard.standin.builder.image import BuildFailed, BuildRequest
from wizard.standin.builder.steps import (
    Action,
    BuildPlan,
    CopyFiles,
    MakeFolder,
    RunCommand,
    StagePlan,
    Step,
    WriteFile,
)
from wizard.standin.processes import LogLine, LogSink
from wizard.standin.sandbox.base import base_chain
from wizard.standin.sandbox.bench import Bench
from wizard.standin.sandbox.entrance import Entrance, Root, Show
from wizard.standin.sandbox.inside.roots import OWN
from wizard.standin.sandbox.layers import MOST_LAYERS, Chain, ChainStore
from wizard.standin.sandbox.network import Holder
from wizard.standin.sandbox.surroundings import available_memory, build_environment

_CONTEXT = f"{OWN}/context"
_NOTHING = RunCommand((), {}, "/", installs=False)
_MEGABYTE = 1024 * 1024
_LEAST_DISK, _LEAST_MEMORY = 512 * _MEGABYTE, 256 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class _State:
    """The files so far, and what is still to be done to them: files are changed with the next command's layer."""

    chain: Chain
    pending: tuple[Step, ...] = ()


class SandboxCarrier:
    """The sandbox tier's way of building."""

    def __init__(self, store: ChainStore, holder: Holder) -> None:
        self._store = store
        self._holder = holder

    @property
    def secret(self) -> bytes:
        """The key of this cache's keys."""
        return self._store.secret

    async def carry_out(self, plan: BuildPlan, request: BuildRequest, log: LogSink) -> Carried:
        """Execute the plan; the image is layers of the cache. Raises BuildFailed."""
        await asyncio.to_thread(_refuse_full_machine, self._store.folder)
        executor = _Executor(plan, Bench(self._store, self._holder, request, log))
        chain = (await executor.image()).chain
        root = request.work / "image"
        root.mkdir(parents=True, exist_ok=True)
        made = f"{len(executor.made)} new, {sum(executor.made) / _MEGABYTE:.1f} MB" if executor.made else "all cached"
        log(LogLine(f"image: {len(chain.keys)} layers, {chain.size / _MEGABYTE:.1f} MB ({made})"))
        return Carried(root, None, tuple(self._store.folder / key for key in chain.keys), chain.skipped)

    def prune(self) -> None:
        """Remove what no build needs any more."""
        self._store.prune()


def _refuse_full_machine(folder: Path) -> None:
    """Raise BuildFailed where there is no room for layers, or no memory for what makes them."""
    free = shutil.disk_usage(folder).free
    if free < _LEAST_DISK:
        raise BuildFailed("build", (f"no space left on device: {free // _MEGABYTE} MB free in {folder}",))
    available = available_memory()
    if available < _LEAST_MEMORY:
        raise BuildFailed("build", (f"cannot allocate memory: {available // _MEGABYTE} MB available",))


class _Executor(Stages[_State]):
    """Executes the stages of one plan."""

    def __init__(self, plan: BuildPlan, bench: Bench) -> None:
        super().__init__(plan, bench.log)
        self._bench = bench
        self._store = bench.store
        ids, owners = bench.holder.ids, bench.holder.owners
        self._shims = shims.write_isolated(bench.store.cache / f"shims-{ids}", owners=owners)
        self.made: list[int] = []
        """Sizes in bytes of the layers that this build made."""

    async def _begin(self, index: int, stage: StagePlan) -> tuple[int, _State]:
        del index
        for count in range(len(stage.steps), 0, -1):
            chain = self._store.find(stage.steps[count - 1].key) if _ends_layer(stage, count) else None
            if chain:
                self._tell_cached(stage, count)
                return count, _State(chain)
        if stage.parent is not None:
            return 0, await self._stage(stage.parent)
        return 0, _State(await base_chain(stage.base, self._bench))

    async def _step(self, stage: StagePlan, number: int, step: Step, state: _State) -> _State:
        shown = title(stage, number, step)
        self._tell(shown)
        if not _ends_layer(stage, number):
            return replace(state, pending=(*state.pending, step))
        async with self._store.locked(step.key):
            chain = self._store.find(step.key)
            if chain:
                self._tell(f"{shown} cached")
            else:
                chain = await self._make_layer(step, state, shown)
        return _State(chain)

    async def _make_layer(self, step: Step, state: _State, shown: str) -> Chain:
        if len(state.chain.keys) >= MOST_LAYERS:
            raise BuildFailed(shown, (f"failed to mount: more than {MOST_LAYERS} layers",))
        box = self._store.workshop(step.key)
        try:
            await self._run(await self._entrance(box, state, step), shown)
            skipped = shims.what_was_skipped(box / "notes" / "skipped")
            chain = await asyncio.to_thread(self._store.keep, step.key, box, state.chain, skipped)
        finally:
            await asyncio.to_thread(shutil.rmtree, box, ignore_errors=True)
        self.made.append(chain.size - state.chain.size)
        return chain

    async def _entrance(self, box: Path, state: _State, step: Step) -> Entrance:
        """Return what makes the layer: the files that are still to be done, then the step."""
        action = step.action
        files = [one.action for one in state.pending]
        if not isinstance(action, RunCommand):
            action, files = _NOTHING, [*files, action]
        environment, tools = build_environment(action.environment, self._bench.request.run_id)
        context = self._bench.request.context
        shown = (
            *state.chain.shown,
            *tools,
            Show(self._shims, f"{OWN}/bin"),
            Show(_notes(box), f"{OWN}/notes", read_only=False),
            Show(context, _CONTEXT),
            *(Show(context / source, target) for source, target in action.borrowed),
        )
        stages = await self._stages_of(files)
        return Entrance(
            Root(box, self._store.folder, state.chain.keys, shown, stages),
            action.argv,
            environment,
            action.workdir,
            action.user,
            before=[_told(one) for one in files],
            failure=box / "failure",
        )

    async def _stages_of(self, actions: list[Action]) -> dict[str, tuple[str, ...]]:
        indices = {action.stage for action in actions if isinstance(action, CopyFiles) and action.stage is not None}
        return {f"stage-{index}": (await self._stage(index)).chain.keys for index in sorted(indices)}

    async def _run(self, entrance: Entrance, shown: str) -> None:
        code, lines = await self._bench.run(entrance)
        if not code:
            return
        failure = entrance.failure
        why = failure.read_text() if failure and failure.is_file() else ""
        if why:
            raise BuildFailed(shown, (why,))
        ending = f'process "{" ".join(entrance.argv)}" did not complete successfully: exit code: {code}'
        self._tell(f"ERROR: failed to build: failed to solve: {ending}")
        raise BuildFailed(shown, (*lines, ending))


def _notes(box: Path) -> Path:
    """Make the folder in which shims write, as whatever user they run."""
    notes = box / "notes"
    notes.mkdir()
    notes.chmod(0o1777)
    return notes


def _ends_layer(stage: StagePlan, number: int) -> bool:
    """Say whether a layer ends with that step: a command's, and the stage's last."""
    return number == len(stage.steps) or isinstance(stage.steps[number - 1].action, RunCommand)


def _told(action: Action) -> dict[str, Any]:
    """Return a change of files as `inside/files.py` takes it."""
    match action:
        case MakeFolder():
            return {"do": "folder", "path": action.path, "owner": action.owner}
        case WriteFile():
            return {
                "do": "write",
                "path": action.target,
                "content": action.content,
                "mode": action.mode,
                "owner": action.owner,
            }
        case CopyFiles():
            stage = action.stage is not None
            return {
                "do": "copy",
                "origin": f"{OWN}/stage-{action.stage}" if stage else _CONTEXT,
                "stage": stage,
                "sources": action.sources,
                "target": action.target,
                "into": action.into,
                "files": action.files,
                "folders": action.folders,
                "mode": action.mode,
                "unpack": action.unpack,
                "owner": action.owner,
            }
        case RunCommand():
            raise ValueError("a command is no change of files")
