"""How the screens feel: paint, end, memory, log lines a second, stalls, switches, beside a minimal application."""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.support.terminal import CTRL_Q, terminal

HERE = Path(__file__).parent
REPETITIONS = 5
MILLISECONDS = 1000
FIRST = "Guided set-up"
PROGRAMS: dict[str, Path | None] = {"railwizard": None, "minimal": HERE / "minimal_screens.py"}


def figures() -> Iterator[Figure]:
    """Measure start and end from outside on a pty, the rest from inside on one that is drained."""
    yield from _starts()
    yield from _insides()


def _starts() -> Iterator[Figure]:
    seen: dict[str, list[tuple[float, float, float]]] = {name: [] for name in PROGRAMS}
    for number in range(1 + REPETITIONS):
        for name, program in PROGRAMS.items():
            measured = _started(program)
            if number:
                seen[name].append(measured)
    paint, end, memory = (
        {name: statistics.median(one[index] for one in measured) for name, measured in seen.items()}
        for index in range(3)
    )
    minimal = "a minimal Textual app"
    ours, theirs = "railwizard", "minimal"
    yield Figure("first paint", paint[ours], "ms", minimal, paint[theirs], 1.6)
    yield Figure("first paint", paint[ours], "ms", "the design's 300 ms", 300.0)
    yield Figure("exit", end[ours], "ms", minimal, end[theirs], 2.0)
    yield Figure("exit", end[ours], "ms", "the design's 500 ms", 500.0)
    yield Figure("memory, idle", memory[ours], "MB", minimal, memory[theirs], 1.6)


def _started(program: Path | None) -> tuple[float, float, float]:
    """Return milliseconds to the first words, milliseconds from the key to the end, and megabytes in between."""
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        with terminal(home=Path(home), program=program, size=(100, 30)) as shown:
            shown.until(FIRST)
            painted = time.perf_counter()
            shown.until("^q")
            memory = _resident(shown.child.pid)
            left = time.perf_counter()
            shown.type(CTRL_Q)
            shown.ended()
            ended = time.perf_counter()
    return (painted - began) * MILLISECONDS, (ended - left) * MILLISECONDS, memory


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def _insides() -> Iterator[Figure]:
    ours, theirs = _inside("railwizard"), _inside("minimal")
    reference = "Textual's Log, same batches"
    yield Figure("log pane", ours["rate"], "lines/s", reference, theirs["rate"], 0.5, True)
    yield Figure("log pane", ours["rate"], "lines/s", "the design's 50,000", 50_000.0)
    yield Figure("stall p99.9, 100,000 lines", ours["stall"], "ms", reference, theirs["stall"], 2.0)
    yield Figure("memory of 100,000 lines", ours["grown"], "MB", reference, theirs["grown"], 2.0)
    yield Figure("switch of place", ours["switch"], "ms", "its first showing", ours["first"], 1.0)
    yield Figure("switch of place", ours["switch"], "ms", "the design's 35 ms", 35.0)


def _inside(which: str) -> dict[str, float]:
    """Run the inner measurement on a pty that is read as fast as it writes."""
    with tempfile.TemporaryDirectory() as home:
        out = Path(home) / "measured.json"
        with terminal(which, out, home=Path(home), program=HERE / "inside.py", size=(100, 30)) as shown:
            code = shown.ended()
        assert code == 0, shown.text
        measured: dict[str, float] = json.loads(out.read_text())
    return measured
