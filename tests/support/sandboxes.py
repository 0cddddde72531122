"""Whether this machine lets deployments be sandboxed: tried once a test run, in the way the stand-in tries it."""

from __future__ import annotations

import asyncio
import tempfile
from functools import cache
from pathlib import Path

import pytest

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

    return asyncio.run(tried())


def needs_sandbox() -> pytest.MarkDecorator:
    """Return the mark of tests that skip, with the probe's reason, where there are no sandboxes."""
    return pytest.mark.skipif(why_not() is not None, reason=f"no sandbox: {why_not()}")
