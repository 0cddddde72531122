"""What a first run and one without changes ask of the platform, and how close they come to its critical path."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.e2e.test_budget import measure


def figures() -> Iterator[Figure]:
    """Measure on the manual clock: builds of 240 s, databases of 60 s, streams up."""
    with tempfile.TemporaryDirectory() as folder:
        measured = asyncio.run(measure(Path(folder)))
    first, again = measured.first.finished, measured.again.finished
    yield Figure("requests of a first run", first.requests, "requests", "the design's budget", 70, 1.0)
    yield Figure("requests without a change", again.requests, "requests", "the design's budget", 12, 1.0)
    yield Figure("first run on its own clock", first.seconds, "s", "the critical path", measured.critical, 1.05)
