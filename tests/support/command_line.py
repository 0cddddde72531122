"""The program as an operator starts it: a process of its own, NDJSON on its output, a home that is not the user's."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

END_SECONDS = 280.0
"""What a run may take on a slow machine whose layer cache is cold."""
_KILLED_SECONDS = 10.0
_LONGEST_LINE = 1 << 22

Line = dict[str, Any]


@dataclass(slots=True)
class Call:
    """A running call; `lines` are those of its output that were read so far."""

    process: asyncio.subprocess.Process
    lines: list[Line] = field(default_factory=list)

    @property
    def pid(self) -> int:
        return self.process.pid

    async def line(self) -> Line | None:
        """Return the next line of output, None at its end."""
        assert self.process.stdout is not None
        text = await self.process.stdout.readline()
        if not text:
            return None
        self.lines.append(json.loads(text))
        return self.lines[-1]

    async def until(self, holds: Callable[[Line], bool], seconds: float = END_SECONDS) -> Line:
        """Read until a line holds, and return it."""
        async with asyncio.timeout(seconds):
            while (line := await self.line()) is not None:
                if holds(line):
                    return line
        raise AssertionError(("it ended first", self.lines[-3:]))

    async def end(self, seconds: float = END_SECONDS) -> int:
        """Read the rest of the output and return the exit code."""
        async with asyncio.timeout(seconds):
            while await self.line() is not None:
                pass
            return await self.process.wait()

    def interrupt(self) -> None:
        """Do what a terminal does on Ctrl-C: tell the whole process group."""
        os.killpg(self.pid, signal.SIGINT)

    def kill(self) -> None:
        self.process.kill()

    @property
    def last(self) -> Line:
        return self.lines[-1]

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line["type"] == kind]


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment with a home of its own that shares nothing with the user's but the cache of layers."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("RAILWIZARD_", "RAILWAY_"))}
    cache = user_cache_path("railwizard").parent
    ours |= {"HOME": str(home), "XDG_CACHE_HOME": str(cache), "RAILWIZARD_STATE": str(home / "state"), "LC_ALL": "C"}
    return {**ours, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", **(more or {})}


@asynccontextmanager
async def call(
    *arguments: str | Path, home: Path, variables: Mapping[str, str] | None = None, folder: Path | None = None
) -> AsyncIterator[Call]:
    """Start `railwizard` in a process group of its own; leaving ends what still runs."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "stderr.txt").open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "wizard", *map(str, arguments)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            env=environment(home, variables),
            cwd=folder or home,
            start_new_session=True,
            limit=_LONGEST_LINE,
        )
    try:
        yield Call(process)
    finally:
        await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """End it as an operator would, by force only where that is not heard."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.communicate(), _KILLED_SECONDS)
        except TimeoutError:
            process.kill()
            await process.communicate()
