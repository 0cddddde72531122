from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import psycopg
import pytest

from tests.support.database_platform import Platform, access
from tests.support.database_servers import Running, free_port, postgres_server, server_folder, valkey_server
from wizard.checks.check import Check
from wizard.checks.facts import ApiFacts, read_api_facts
from wizard.checks.registry import select_checks
from wizard.checks.runner import run_checks
from wizard.checks.surface import Credential, ServiceSurface, Surface
from wizard.clock import SystemClock
from wizard.database.passwords import Scheme, hash_password
from wizard.events import CheckResult
from wizard.http import HttpClient
from wizard.locale import Language, render
from wizard.plan.checks import Effect
from wizard.plan.model import Plan
from wizard.secrets import Secret
from wizard.source.python_sources import PythonSources
from wizard.source.tree import working_tree

__all__ = ["postgres_server", "server_folder", "valkey_server"]

APPS = Path(__file__).parents[1] / "apps"
READY_SECONDS = 30
ADMIN = Credential(email="ops@company.kr", username="ops", password=Secret("Sentinel-admin-1"))
PROBE = Credential(email="railwizard-1234@example.com", username="railwizard1234", password=Secret("Sentinel-probe-1"))
NONCE = "nonce4f1d"
EVERYTHING: frozenset[Effect] = frozenset({"read", "write"})


class HurriedClock(SystemClock):
    """Short limits are a tenth: what never ends need not be waited for; long ones stay, for machines are slow."""

    def timeout(self, seconds: float | None) -> asyncio.Timeout:
        short = seconds is not None and seconds <= 10
        return asyncio.timeout(seconds / 10 if short and seconds else seconds)


@contextmanager
def serving(target: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """Run an application of tests/apps/shop under uvicorn on 127.0.0.1 until the block ends."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    argv = [sys.executable, "-m", "uvicorn", target, "--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
    child = subprocess.Popen(
        argv, cwd=APPS / "shop", env={**kept, **environment}, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _await_answer(child, port)
        yield
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()


def _await_answer(child: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        assert child.poll() is None, f"the application ended with {child.returncode}"
        assert time.monotonic() < deadline, "the application does not answer"
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)


@cache
def shop_facts() -> ApiFacts:
    """What the shop's own source says, read as a deployment's is."""
    return read_api_facts(PythonSources.of_service(working_tree(APPS / "shop"), "."))


PLAN = {
    "project": {"name": "shop", "key": "e5f197c5-a0fd-4425-a638-d20cc778700d"},
    "databases": {"main": {"engine": "postgres"}, "cache": {"engine": "redis"}},
    "services": {
        "api": {
            "port": 8000,
            "health": {"path": "/health"},
            "variables": {
                "DATABASE_URL": "{main.DATABASE_URL}",
                "REDIS_URL": "{cache.REDIS_URL}",
                "CORS_ORIGINS": "{site.urls}",
            },
        },
        "site": {"port": 3000, "variables": {"NEXT_PUBLIC_API": "{api.url}/v1", "NEXT_PUBLIC_WS": "{api.ws_url}/ws"}},
    },
    "migration": {"service": "api", "mode": "startup"},
    "admin": {"email": ADMIN.email},
}


@dataclass(frozen=True)
class Deployed:
    """The shop as it runs: where, and the file that breaks it."""

    api: str
    site: str
    faults: Path
    root: Path
    databases: dict[str, Running]


@pytest.fixture(scope="session")
def deployed(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: Running,
    valkey_server: Running,
) -> Iterator[Deployed]:
    folder, ports = tmp_path_factory.mktemp("shop"), (free_port(), free_port())
    faults, root = folder / "faults", folder / "site"
    faults.touch()
    root.mkdir()
    api, site = f"http://api-abcd.localhost:{ports[0]}", f"http://site-abcd.localhost:{ports[1]}"
    environment = {
        "DATABASE_URL": postgres_server.url,
        "REDIS_URL": valkey_server.url,
        "JWT_SECRET": "of-the-tests",
        "CORS_ORIGINS": site,
        "SHOP_FAULTS": str(faults),
    }
    databases = {"main": postgres_server, "cache": valkey_server}
    with serving("main:app", ports[0], environment), serving("pages:app", ports[1], {"SITE_ROOT": str(root)}):
        yield Deployed(api, site, faults, root, databases)


@pytest.fixture
def shop(deployed: Deployed) -> Iterator[Deployed]:
    """The shop, whole, with the administrator as its only account."""
    with psycopg.connect(deployed.databases["main"].url, autocommit=True) as database:
        database.execute("TRUNCATE users")
        hashed = hash_password(Scheme.BCRYPT, ADMIN.password).reveal()
        row = (ADMIN.email, hashed)
        database.execute("INSERT INTO users (email, hashed_password, role) VALUES (%s, %s, 'admin')", row)
    yield deployed
    deployed.faults.write_text("")
    for file in deployed.root.rglob("*.*"):
        file.unlink()


@pytest.fixture
async def surface(shop: Deployed) -> AsyncIterator[Surface]:
    """All that a run after a deployment has."""
    clock = HurriedClock()
    http = HttpClient(clock)
    async with access(Platform(shop.databases)) as databases:
        yield Surface(
            plan=plan(),
            services={
                "api": ServiceSurface(name="api", urls=(shop.api,), api=shop_facts()),
                "site": ServiceSurface(name="site", urls=(shop.site,)),
            },
            clock=clock,
            http=http,
            probe=PROBE,
            admin=ADMIN,
            nonce=NONCE,
            databases=databases,
            allow=EVERYTHING,
        )
        await http.close()


def plan(*checks: Mapping[str, object]) -> Plan:
    """Return the shop's plan with these checks of its own."""
    return Plan.model_validate({**PLAN, "checks": checks})


def with_facts(surface: Surface, facts: ApiFacts) -> Surface:
    """Return the surface of a shop whose code says something else."""
    services = {**surface.services, "api": replace(surface.services["api"], api=facts)}
    return replace(surface, services=services, sessions={}, routes={})


async def run(surface: Surface, *ids: str) -> list[CheckResult]:
    """Run the checks whose ids start so, as a verification would; every sentence must exist in both languages."""
    checks, _ = select_checks(surface)
    chosen: list[Check] = [check for check in checks if check.id.startswith(ids)]
    assert chosen, f"no check {ids} among {[check.id for check in checks]}"
    results = await run_checks(chosen, surface, lambda _result: None)
    for result in results:
        for sentence in (result.title, result.seen, *([result.fix] if result.fix else [])):
            assert all(render(sentence, language) for language in Language)
    return list(results)


async def outcome(surface: Surface, *ids: str) -> tuple[str, str]:
    """Run one check, after those it builds on, and return its verdict and what it saw in English."""
    result = (await run(surface, *ids))[-1]
    return result.verdict.value, render(result.seen)
