"""Command lines of every process of this machine, taken again and again: what others can read while a run goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

_LOOK_SECONDS = 0.05


@asynccontextmanager
async def sampled_command_lines() -> AsyncIterator[set[bytes]]:
    """Collect command lines until the context is left."""
    seen: set[bytes] = set()
    sampling = asyncio.create_task(_sample(seen))
    try:
        yield seen
    finally:
        sampling.cancel()
        await asyncio.gather(sampling, return_exceptions=True)


async def _sample(seen: set[bytes]) -> None:
    while True:
        seen |= await asyncio.to_thread(_now)
        await asyncio.sleep(_LOOK_SECONDS)


def _now() -> set[bytes]:
    found = set()
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            with suppress(OSError):
                found.add((process / "cmdline").read_bytes())
    return found
