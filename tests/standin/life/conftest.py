"""A service to watch the life of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.life import Life, living


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    async with living(tmp_path) as one:
        yield one
