"""Real database servers, one of each a test session; importing the fixtures makes them available to an area."""

from __future__ import annotations

import secrets as entropy
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from wizard.database.connect import Endpoint, Login
from wizard.secrets import Secret
from wizard.standin.datastores import Site, start_postgres, start_valkey

PASSWORD = Secret(entropy.token_urlsafe(16))


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass(frozen=True)
class Running:
    """A database server with the login it was started with."""

    engine: str
    port: int
    user: str
    database: str = ""

    @property
    def login(self) -> Login:
        return Login(self.user, PASSWORD, self.database)

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.engine, "db-test.localhost", self.port)

    @property
    def url(self) -> str:
        scheme = "postgresql" if self.engine == "postgres" else "redis"
        return f"{scheme}://{self.user}:{PASSWORD.reveal()}@127.0.0.1:{self.port}/{self.database}"


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres_server(server_folder: Path) -> AsyncIterator[Running]:
    port = free_port()
    server = await start_postgres(
        folder=server_folder / "postgres",
        site=Site(port),
        user="owner",
        password=PASSWORD,
        database="app",
        major=16,
        log=lambda _line: None,
    )
    yield Running("postgres", port, "owner", "app")
    await server.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def valkey_server(server_folder: Path) -> AsyncIterator[Running]:
    port = free_port()
    server = await start_valkey(
        folder=server_folder / "valkey", site=Site(port), user="default", password=PASSWORD, log=lambda _line: None
    )
    yield Running("redis", port, "default")
    await server.stop()
