"""One build from files to image: which builder, its plan, its execution, what it starts."""

from __future__ import annotations

import asyncio
import shlex
import shutil
from pathlib import Path

from wizard.errors import UsageError
from wizard.locale import render
from wizard.messages import Message, message
from wizard.standin.builder import dockerfile, railpack
from wizard.standin.builder.carrier import Carried, Carrier
from wizard.standin.builder.execute import FolderCarrier
from wizard.standin.builder.image import BuildFailed, BuildRequest, Image
from wizard.standin.builder.steps import BuildPlan
from wizard.standin.builder.tools import Toolbox
from wizard.standin.processes import LogLine, LogSink, discard

_DOCKERFILE = "Dockerfile"
_LEAST_FREE = 512 * 2**20
_SHELLS = {"sh", "bash", "ash", "dash"}


async def build(request: BuildRequest, log: LogSink, carrier: Carrier | None = None) -> Image:
    """Build the image, in folders unless another carrier is given; raises BuildFailed, its reason also in the log.

    A cancellation ends every child and leaves no half-made layer.
    """
    try:
        request.work.mkdir(mode=0o700, parents=True, exist_ok=True)
        chosen = await asyncio.to_thread(FolderCarrier, request.cache) if carrier is None else carrier
        _refuse_full_disk(request.work)
        plan = await asyncio.to_thread(_ready_plan, request, chosen.secret, log)
        carried = await chosen.carry_out(plan, request, log)
    except BuildFailed as failure:
        log(LogLine(f"{failure.step}: {failure.detail[-1]}", "stderr"))
        raise
    await asyncio.to_thread(chosen.prune)
    log(LogLine("Build complete"))
    return _image(request, plan, carried)


def _refuse_full_disk(work: Path) -> None:
    free = shutil.disk_usage(work).free
    if free < _LEAST_FREE:
        raise BuildFailed("build", (f"no space left on device: {free // 2**20} MB free in {work}",))


def _ready_plan(request: BuildRequest, secret: bytes, log: LogSink) -> BuildPlan:
    """Plan, and fetch what the plan needs; planned anew without what could not be had."""
    toolbox = Toolbox(request.tools)
    plan = _plan(request, secret, log, toolbox)
    while failed := toolbox.fetch(plan.tools):
        for tool in failed:
            log(LogLine(f"{tool.requirement}: {toolbox.why_not(tool.requirement)}", "stderr"))
        plan = _plan(request, secret, discard, toolbox)
    return plan


def _plan(request: BuildRequest, secret: bytes, log: LogSink, toolbox: Toolbox) -> BuildPlan:
    path = _dockerfile(request)
    if path is None:
        return railpack.plan(request, secret, log, toolbox)
    for line in ("==========================", "Using detected Dockerfile!", "=========================="):
        log(LogLine(line))
    try:
        return dockerfile.plan(path, request, secret, toolbox)
    except UsageError as error:
        raise BuildFailed(path.name, (f"dockerfile parse error: {render(error.what)}",)) from None


def _dockerfile(request: BuildRequest) -> Path | None:
    """Find the Dockerfile: named by the settings, by its variable, or by its own name, in capitals as they are."""
    named = request.settings.dockerfile_path or request.variables.get("RAILWAY_DOCKERFILE_PATH")
    if not named and request.settings.builder != "DOCKERFILE" and not _has(request.context, _DOCKERFILE):
        return None
    path = (request.context / (named or _DOCKERFILE).lstrip("/")).resolve()
    if not path.is_file() or not path.is_relative_to(request.context.resolve()):
        shown = named or _DOCKERFILE
        raise BuildFailed(shown, (f"couldn't locate the dockerfile at path {shown} in code archive",))
    return path


def _has(folder: Path, name: str) -> bool:
    """Say whether the folder has a file of exactly that name, also where the file system does not mind capitals."""
    return any(entry.name == name and entry.is_file() for entry in folder.iterdir())


def _image(request: BuildRequest, plan: BuildPlan, carried: Carried) -> Image:
    stage = plan.stages[-1]
    skipped: list[Message] = [message("builder.skipped", command=command) for command in carried.skipped]
    return Image(
        root=carried.root,
        python=carried.python,
        workdir=stage.workdir,
        environment=stage.environment,
        command=_command(request, plan),
        ports=stage.ports,
        owned=plan.owned,
        plan=plan.name,
        differences=(*plan.differences, *skipped),
        layers=carried.layers,
        user=stage.user,
    )


def _command(request: BuildRequest, plan: BuildPlan) -> tuple[str, ...]:
    """Return what starts: on a Dockerfile's image a start command is split into words, and no shell expands it."""
    stage, asked = plan.stages[-1], request.settings.start_command
    if asked and plan.name == _DOCKERFILE:
        return tuple(shlex.split(asked))
    if asked:
        return ("/bin/sh", "-c", asked)
    entrypoint = stage.entrypoint
    is_shell_line = len(entrypoint) > 2 and entrypoint[1] == "-c" and Path(entrypoint[0]).name in _SHELLS  # noqa: PLR2004
    return entrypoint if is_shell_line else (*entrypoint, *stage.command)
