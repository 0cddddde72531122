"""A real stand-in, and the adapter connected to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.railway_api import SkippingClock
from wizard.clock import SystemClock
from wizard.platform.handles import Group
from wizard.railway.platform import RailwayPlatform, connect
from wizard.secrets import Secret
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings


@pytest.fixture
def clock() -> SkippingClock:
    return SkippingClock()


@pytest.fixture
async def standin(tmp_path: Path) -> AsyncIterator[Standin]:
    async with serve(Settings(read_lag=0), tmp_path / "railway") as running:
        yield running


@pytest.fixture
async def platform(standin: Standin) -> AsyncIterator[RailwayPlatform]:
    platform = connect(standin.url, Secret(standin.tokens.account), SystemClock())
    yield platform
    await platform.close()


@pytest.fixture
async def group(platform: RailwayPlatform) -> Group:
    account = await platform.credentials.verify()
    made = await platform.groups.create(account.workspaces[0][0], "demo", "production", "railwizard:key")
    assert made.handle
    group = await platform.groups.locate(made.handle.id, "production")
    assert group
    return group
