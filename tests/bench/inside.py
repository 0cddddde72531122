"""Measures from within: lines into a log while the loop is watched, then switches of place. A program for a pty."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.app import App
from textual.widgets import Log

from tests.bench.minimal_screens import Minimal
from tests.support.screens import ScriptedEngine, application
from wizard.clock import SystemClock
from wizard.events import Emitter, LogLines

LINES, BATCH = 100_000, 100
TICK_S = 0.005
PLACES = ("deploy", "logs", "history", "home")


class Stalls:
    """How late the loop is, every few milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []

    async def watch(self) -> None:
        """Look until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK_S)
            self.late.append(max(0.0, time.perf_counter() - before - TICK_S))

    def worst(self) -> float:
        """Return the lateness that one look in a thousand exceeds, in milliseconds."""
        ordered = sorted(self.late)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.999))] * 1000


def resident() -> float:
    """Return this process's megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


async def pour(
    app: App[Any], take: Callable[[Sequence[str]], object], flush: Callable[[], object] = lambda: None
) -> dict[str, float]:
    """Give the lines in batches, letting the application breathe between them, until they are painted."""
    stalls, before = Stalls(), resident()
    watching = asyncio.create_task(stalls.watch())
    began = time.perf_counter()
    for start in range(0, LINES, BATCH):
        take(
            [f"#8 {start + n}.113 Collecting package-{n}==1.2.{start} (from -r requirements.txt)" for n in range(BATCH)]
        )
        await asyncio.sleep(0)
    flush()
    painted = asyncio.Event()
    app.call_after_refresh(painted.set)
    await painted.wait()
    took = time.perf_counter() - began
    watching.cancel()
    return {"rate": LINES / took, "stall": stalls.worst(), "grown": max(0.1, resident() - before)}


async def switches(app: Any) -> dict[str, float]:
    """Show each place for the first time and then again; returns the medians in milliseconds."""
    first: list[float] = []
    again: list[float] = []
    for number in range(5):
        for place in PLACES:
            began = time.perf_counter()
            app.action_go(place)
            painted = asyncio.Event()
            app.call_after_refresh(painted.set)
            await painted.wait()
            (again if number else first).append((time.perf_counter() - began) * 1000)
    return {"first": statistics.median(first), "switch": statistics.median(again)}


async def ours(app: Any) -> dict[str, float]:
    """Pour events as an engine tells them, while the log page is shown."""
    app.action_go("logs")
    await asyncio.sleep(0.2)
    emitter = Emitter("run-1", SystemClock(), [app.runs.hear])
    measured = await pour(app, lambda lines: emitter.emit(LogLines("backend", "build", tuple(lines))), app.runs.flush)
    return measured | await switches(app)


async def theirs(app: Any) -> dict[str, float]:
    """Pour into Textual's own log."""
    return await pour(app, app.query_one(Log).write_lines)


def main(which: str, out: Path) -> None:
    """Open the application, measure, write the figures, leave."""
    app: App[Any] = application(ScriptedEngine()) if which == "railwizard" else Minimal()

    async def measure() -> None:
        await asyncio.sleep(0.5)
        out.write_text(json.dumps(await (ours(app) if which == "railwizard" else theirs(app))))
        app.exit()

    def begin() -> None:
        app.run_worker(measure(), exit_on_error=True)

    app._ready = _after(app._ready, begin)  # type: ignore[method-assign]  # there is no public "is shown now"
    app.run()


def _after(ready: Callable[[], Any], begin: Callable[[], None]) -> Callable[[], Any]:
    async def both() -> None:
        await ready()
        begin()

    return both


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
