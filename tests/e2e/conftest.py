from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.applications import TINY, Application, copy_application
from tests.support.runs import Client
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Standin]:
    """A local Railway in this process, whose reads trail its writes a little."""
    async with serve(Settings(read_lag=0.1), tmp_path_factory.mktemp("standin") / "platform") as running:
        yield running


@pytest.fixture
def client(standin: Standin, tmp_path: Path) -> Client:
    return Client(standin, tmp_path / "state")


@pytest.fixture
def application(tmp_path: Path) -> Application:
    """A copy whose project has a name of its own, so that nobody asks whether to adopt another's."""
    return copy_application(TINY, tmp_path / "app", f"tiny-{uuid.uuid4().hex[:6]}")
