from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Standin]:
    """A local Railway in this process, whose reads trail its writes a little."""
    async with serve(Settings(read_lag=0.1), tmp_path_factory.mktemp("standin") / "platform") as running:
        yield running
