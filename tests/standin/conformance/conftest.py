"""One stand-in for the rows that need nothing special of it: every test has a project of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.repositories import repository
from tests.support.standin_api import HELLO_FILES, Api
from wizard.standin.server import serve
from wizard.standin.settings import Plan, Repository, Settings


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder behind `acme/shop`."""
    return repository(tmp_path_factory.mktemp("repositories") / "shop", HELLO_FILES)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(repo: Path, layer_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Api]:
    settings = Settings(
        read_lag=0,
        cache=layer_cache,
        plan=Plan.PRO,
        requests_per_hour=1_000_000,
        repositories={"acme/shop": Repository(path=repo)},
    )
    async with serve(settings, tmp_path_factory.mktemp("standin")) as standin, Api(standin) as client:
        yield client
