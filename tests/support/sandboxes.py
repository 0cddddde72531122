"""Whether this machine lets deployments be sandboxed: tried once a test run, in the way the stand-in tries it."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from wizard.errors import FailedError
from wizard.locale import render
from wizard.standin.sandbox.tier import open_sandbox


@cache
def why_not() -> str | None:
    """Return the reason against sandboxes, None where they work."""

    async def tried() -> str | None:
        with tempfile.TemporaryDirectory() as folder:
            try:
                tier = await open_sandbox(Path(folder, "cache"), Path(folder), "probe")
            except FailedError as error:
                return render(error.why)
            await tier.close()
        return None

    with ThreadPoolExecutor(1) as thread:  # the caller may have a loop of its own
        return thread.submit(asyncio.run, tried()).result()
