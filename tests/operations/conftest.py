from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.quiet_project import QuietProject, quiet_project


@pytest.fixture
async def quiet(tmp_path: Path) -> AsyncIterator[QuietProject]:
    """A project that was never deployed, on a platform of its own."""
    async with quiet_project(tmp_path) as project:
        yield project


@pytest.fixture
async def deployed(quiet: QuietProject) -> QuietProject:
    """The same project, verified."""
    heard = await quiet.deploy()
    assert heard.finished.result.value == "verified", heard.why()
    await quiet.settle()
    return quiet
