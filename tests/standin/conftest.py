"""A stand-in in this process and a client with its account token."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.standin_api import Api
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings, TierName


@pytest.fixture(scope="session")
def layer_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layers")


@pytest.fixture
def settings(layer_cache: Path) -> Settings:
    return Settings(read_lag=0, cache=layer_cache, requests_per_hour=100_000, tier=TierName.PROCESS)


@pytest.fixture
async def standin(settings: Settings, tmp_path: Path) -> AsyncIterator[Standin]:
    async with serve(settings, tmp_path / "standin") as running:
        yield running


@pytest.fixture
async def api(standin: Standin) -> AsyncIterator[Api]:
    async with Api(standin) as client:
        yield client
