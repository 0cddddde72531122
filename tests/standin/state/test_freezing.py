"""A family of processes stands still while its files are copied, also what it forks meanwhile, and goes on after."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.standin_api import eventually
from wizard.standin.processes.table import descendants
from wizard.standin.state.freezing import frozen

WRITER = """
import itertools, os, pathlib, sys
folder = pathlib.Path(sys.argv[1])
if os.fork() == 0:
    folder = folder / "child"
    folder.mkdir()
for number in itertools.count():
    (folder / "first").write_text(str(number))
    (folder / "second").write_text(str(number))
"""


@pytest.fixture
async def family(tmp_path: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", WRITER, str(tmp_path), start_new_session=True)
    yield process
    for pid in [*descendants(process.pid), process.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    await process.wait()


def state(folder: Path) -> tuple[str, str, str, str]:
    first, second = (folder / name for name in ("first", "second"))
    child = folder / "child"
    return first.read_text(), second.read_text(), (child / "first").read_text(), (child / "second").read_text()


async def test_nothing_is_written_while_frozen_and_everything_after(
    family: asyncio.subprocess.Process, tmp_path: Path
) -> None:
    async def both_write() -> bool:
        return (tmp_path / "child" / "second").exists() and (tmp_path / "second").exists()

    await eventually(both_write)
    with frozen(lambda: [family.pid, *descendants(family.pid)]):
        seen = [state(tmp_path) for _ in range(200)]
    assert len(set(seen)) == 1

    async def goes_on() -> bool:
        now = state(tmp_path)
        return now[0] != seen[0][0] and now[2] != seen[0][2]

    await eventually(goes_on)
