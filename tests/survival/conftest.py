from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.applications import TINY, Application, copy_application
from tests.support.kills import Victim
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

VOLUME = 'port = 8000\nvolumes = [{ path = "/data", size_mb = 400 }]\n'


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Standin]:
    """A local Railway in this process, whose reads trail its writes a little, or as the module's READ_LAG says.

    One hour's budget of requests is for a few deployments, not for a module's dozens: a run would wait for the next.
    """
    settings = Settings(read_lag=getattr(request.module, "READ_LAG", 0.2), requests_per_hour=20_000)
    async with serve(settings, tmp_path_factory.mktemp("standin") / "platform") as running:
        yield running


@pytest.fixture
def victim(standin: Standin, tmp_path: Path) -> Victim:
    """The tiny application with a volume, never deployed, on a machine of its own."""
    application: Application = copy_application(TINY, tmp_path / "app", f"tiny-{uuid.uuid4().hex[:6]}")
    application.edit("wizard.toml", "port = 8000\n", VOLUME)
    return Victim(standin, application, tmp_path / "home")
