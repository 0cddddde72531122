"""How many log lines a second pass through the engine, from an adapter's batches to each face."""

from __future__ import annotations

import asyncio
import io
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

from tests.bench.figures import Figure, medians
from tests.support.applications import TINY, copy_application
from tests.support.engine import Engine
from tests.support.memory_platform import MemoryPlatform
from wizard.cli.json_renderer import JsonRenderer
from wizard.cli.mode import Style
from wizard.cli.plain_renderer import PlainRenderer, console_for
from wizard.clock import SystemClock
from wizard.events import Listener
from wizard.locale import Language
from wizard.phases.following import follow
from wizard.platform.handles import Handle, Kind
from wizard.platform.ports import LogBatch, LogLine, Progress
from wizard.platform.states import DeploymentState, DeploymentStatus
from wizard.secrets import Secret

REPETITIONS, BATCH = 5, 100
LINES = 50_000
LEAST = 0.1
"""Of the bare loop's rate: masking, cleaning and telling may cost that much, not more."""
DEPLOYMENT = Handle("memory", Kind.DEPLOYMENT, "d", "backend")
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECRETS = [Secret(f"{number:02d}-{'0123456789abcdef' * 2}") for number in range(12)]
SPOKEN = (
    "#8 [4/7] RUN pip install --no-cache-dir -r requirements.txt",
    "Collecting sqlalchemy==2.0.44 (from -r requirements.txt (line 3))",
    '\x1b[32mINFO\x1b[0m:     127.0.0.1:50312 - "POST /api/v1/auth/login HTTP/1.1" 200 OK',
    "  Downloading sqlalchemy-2.0.44-cp311-manylinux_2_17_x86_64.whl (3.2 MB)",
    f"connecting with postgresql://owner:{SECRETS[3].reveal()}@postgres.internal:5432/app",
    "데이터베이스 마이그레이션을 시작합니다",
    "INFO  [alembic.runtime.migration] Running upgrade 0001 -> 0002, add datasets",
    '{"level":"info","event":"request","path":"/health","ms":1.7,"status":200}',
)
"""What builds and services say: plain, coloured, with a secret, in Korean, as JSON."""


def batches(lines: int) -> Iterator[LogBatch]:
    """Yield batches as an adapter would, made when asked for."""
    for start in range(0, lines, BATCH):
        said = tuple(LogLine(AT, SPOKEN[(start + n) % len(SPOKEN)], "info") for n in range(BATCH))
        yield LogBatch(DEPLOYMENT, "build", said)


class Talking:
    """The `Deployments` port of a platform that only talks."""

    def __init__(self, told: Sequence[LogBatch] | None, lines: int) -> None:
        self._told, self._lines = told, lines

    async def follow(self, deployment: Handle) -> AsyncIterator[Progress]:
        """Yield everything, then the end."""
        for batch in batches(self._lines) if self._told is None else self._told:
            yield batch
        yield DeploymentState(deployment, DeploymentStatus.LIVE, "UP", AT)


def through(listeners: Sequence[Listener], told: Sequence[LogBatch] | None, lines: int = LINES) -> float:
    """Follow one deployment through the engine and return the seconds that took."""
    return asyncio.run(_through(listeners, told, lines))


async def _through(listeners: Sequence[Listener], told: Sequence[LogBatch] | None, lines: int) -> float:
    clock = SystemClock()
    platform = MemoryPlatform(clock)
    platform.deployments = Talking(told, lines)  # type: ignore[assignment]  # nothing but `follow` is asked of it
    with tempfile.TemporaryDirectory() as folder:
        application = copy_application(TINY, Path(folder) / "app")
        engine = Engine(platform, application.folder, Path(folder) / "state", clock)
        async with engine.opened(lambda _: None) as run:
            run.emitter.listeners[:] = listeners
            run.redactor.learn(*SECRETS)
            began = time.perf_counter()
            await follow(run, "backend", DEPLOYMENT, lambda _: None)
            return time.perf_counter() - began


def json_face() -> Listener:
    """Return the renderer of scripts, into nothing."""
    return JsonRenderer(open(os.devnull, "wb"))  # noqa: PTH123 - lives as long as the process


def plain_face(*, log_lines: bool = True) -> Listener:
    """Return the renderer of people without a terminal, into nothing."""
    nothing = text_into_nothing()
    return PlainRenderer(
        progress_console=console_for(nothing),
        result_console=console_for(nothing),
        language=Language.ENGLISH,
        style=Style.APPEND,
        clock=SystemClock(),
        log_lines=log_lines,
    )


def text_into_nothing() -> IO[str]:
    """Return a text file nobody reads."""
    return io.TextIOWrapper(open(os.devnull, "wb"), encoding="utf-8")  # noqa: PTH123 - see above


def bare(told: Sequence[LogBatch]) -> None:
    """Write the same lines one by one, and nothing else."""
    with text_into_nothing() as nothing:
        for batch in told:
            for line in batch.lines:
                nothing.write(f"{line.text}\n")
                nothing.flush()


def figures() -> Iterator[Figure]:
    """Measure each face alone and both together against a loop that writes the same lines."""
    told = list(batches(LINES))
    ways: dict[str, Callable[[], float | None]] = {
        "nobody listens": lambda: through([], told),
        "JSON": lambda: through([json_face()], told),
        "plain, progress only": lambda: through([plain_face(log_lines=False)], told),
        "plain, every line": lambda: through([plain_face()], told),
        "JSON and plain": lambda: through([json_face(), plain_face()], told),
    }
    took = medians({"bare": partial(bare, told), **ways}, REPETITIONS)
    rate = {name: LINES / seconds for name, seconds in took.items()}
    for name in ways:
        yield Figure(f"log lines, {name}", rate[name], "lines/s", "a bare loop", rate["bare"], LEAST, True)
