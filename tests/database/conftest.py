from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.database_servers import Running, postgres_server, server_folder, valkey_server
from wizard.clock import SystemClock
from wizard.database.connect import Connection, connect_postgres

__all__ = ["postgres_server", "server_folder", "valkey_server"]


@pytest.fixture
async def connection(postgres_server: Running) -> AsyncIterator[Connection]:
    """A connection to an empty database."""
    found = await connect_postgres(postgres_server.endpoint, postgres_server.login, SystemClock())
    await found.execute("DROP SCHEMA public CASCADE")
    await found.execute("CREATE SCHEMA public")
    yield found
    await found.close()


@pytest.fixture(autouse=True)
def _no_libpq_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's libpq settings out."""
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)
