"""What 100,000 log lines leave behind: run as a module, prints by how many kilobytes its peak grew."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.logs import BATCH, batches, json_face, plain_face, through

ROOT = Path(__file__).parents[2]
LINES = 100_000


def figures() -> Iterator[Figure]:
    """Measure the engine with both faces against keeping every batch."""
    grown = {way: _grown(way) / 1024 for way in ("kept", "engine")}
    yield Figure("memory after 100,000 log lines", grown["engine"], "MB", "keeping them all", grown["kept"], 0.5)


def _grown(way: str) -> float:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory", way], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(ended.stdout)


def main(way: str) -> float:
    """Return by how many kilobytes the peak of so many lines exceeds that of a few."""
    return (_peak(way, LINES) - _peak(way, 20 * BATCH)) / 1024


def _peak(way: str, lines: int) -> int:
    tracemalloc.start()
    kept = [told for told in batches(lines) if way == "kept"]
    if way == "engine":
        through([json_face(), plain_face()], None, lines=lines)
    peak = tracemalloc.get_traced_memory()[1]
    del kept
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    sys.stdout.write(str(main(sys.argv[1])))
