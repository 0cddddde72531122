from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings


@pytest.fixture(scope="session", autouse=True)
def no_keyring() -> Iterator[None]:
    """Keep every run of these tests, and every process they start, away from the user's own keyring."""
    name = "PYTHON_KEYRING_BACKEND"
    before = os.environ.get(name)
    os.environ[name] = "keyring.backends.fail.Keyring"
    yield
    if before is None:
        del os.environ[name]
    else:
        os.environ[name] = before


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Standin]:
    """A local Railway in this process, whose reads trail its writes a little."""
    async with serve(Settings(read_lag=0.1), tmp_path_factory.mktemp("standin") / "platform") as running:
        yield running
