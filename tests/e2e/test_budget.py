"""What a run asks of the platform and how long it takes, on a clock of our own: wizard and local Railway in one loop.

Builds take 240 s and databases 60 s of that clock; images are really built and really run, beside the clock.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.applications import TINY, Application, copy_application
from tests.support.manual_clock import ManualClock
from tests.support.reads import needless_reads
from tests.support.runs import Client, Heard, Since
from tests.support.streams import Streams, take_streams_away
from wizard.railway.following import READ_WHILE_DEAF_SECONDS
from wizard.standin.server import serve
from wizard.standin.settings import Settings, TimedBuild
from wizard.standin.state.rows import Deployment, Service

BUILD_SECONDS, DATABASE_SECONDS, READ_LAG_SECONDS = 240.0, 60.0, 1.0
LONGEST_LAG_SECONDS = 28.0
"""The longest that was seen on the platform."""
LINKS = 3
"""On the longest way: the databases, the first service, the second behind it."""

PLAN = """
[project]
name = "pair"
key = "{key}"
environment = "production"
region = "asia-southeast1-eqsg3a"
source = {{ upload = "." }}

[databases.postgres]
engine = "postgres"
version = 16

[databases.redis]
engine = "redis"

[services.backend]
source = "backend"
root = "backend"
port = 8000
health = {{ path = "/health", timeout = 300 }}
pre_deploy = "alembic upgrade head && alembic current"

[services.backend.variables]
DATABASE_URL = "{{postgres.DATABASE_URL}}"
REDIS_URL = "{{redis.REDIS_URL}}"
JWT_SECRET = {{ generate = "token_urlsafe", bytes = 48 }}
CORS_ORIGINS = "{{office.urls}}"

[services.office]
source = "office"
root = "office"
after = ["backend"]
port = 8000
health = {{ path = "/health", timeout = 300 }}

[services.office.variables]
DATABASE_URL = "{{postgres.DATABASE_URL}}"
JWT_SECRET = {{ generate = "token_urlsafe", bytes = 48 }}
CORS_ORIGINS = "{{backend.urls}}"

[migration]
service = "backend"
mode = "alembic"

[admin]
email = "ops@example.com"
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A first run and one right after it, with nothing changed between.

    Attributes:
        critical: seconds the platform itself took on the longest way through the deployments.
    """

    first: Heard
    asked: list[str]
    needless: list[tuple[str, float, float]]
    critical: float
    again: Heard
    asked_again: Since


async def measure(folder: Path, read_lag: float = READ_LAG_SECONDS) -> Measured:
    settings = Settings(read_lag=read_lag, build=TimedBuild(seconds=BUILD_SECONDS), database_seconds=DATABASE_SECONDS)
    async with ManualClock() as clock, serve(settings, folder / "platform", clock) as standin:
        client, application, asked = Client(standin, folder / "state", clock=clock), pair(folder), Since(standin)
        first = await client.deploy(application)
        assert first.finished.result.value == "verified", first.why()
        needless, names = needless_reads(asked, first), [request.name for request in asked.requests]
        since = Since(standin)
        again = await client.deploy(application)
        return Measured(first, names, needless, critical_path(since), again, since)


def pair(folder: Path) -> Application:
    """Two services of the tiny application's code, one behind the other, and two databases."""
    application = copy_application(TINY, folder / "app")
    shutil.copytree(application.folder / "backend", application.folder / "office")
    application.plan.write_text(PLAN.format(key=application.key), "utf-8")
    return application


def critical_path(since: Since) -> float:
    """Add up how long the platform's deployments took, the slower database counted."""
    tables = since.standin.gateway.railway.tables
    names = {service.id: service.name for service in tables.all(Service)}
    took = {
        names[row.service_id]: (row.status_updated_at - row.created_at).total_seconds()
        for row in tables.all(Deployment)
        if row.status_updated_at
    }
    assert took["backend"] >= BUILD_SECONDS <= took["office"]
    return max(took["postgres"], took["redis"]) + took["backend"] + took["office"]


@pytest.fixture(scope="module")
def with_streams(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return asyncio.run(measure(tmp_path_factory.mktemp("with-streams")))


def test_a_first_run_asks_seventy_times_at_most(with_streams: Measured) -> None:
    assert with_streams.first.finished.requests == len(with_streams.asked) <= 70, Counter(with_streams.asked)


def test_a_first_run_takes_as_long_as_the_platform_does(with_streams: Measured) -> None:
    assert with_streams.critical <= with_streams.first.finished.seconds <= 1.05 * with_streams.critical


def test_a_first_run_reads_nothing_twice_for_nothing(with_streams: Measured) -> None:
    assert with_streams.needless == []


def test_again_asks_twelve_times_at_most_and_writes_nothing(with_streams: Measured) -> None:
    assert with_streams.again.finished.exit_code == 0, with_streams.again.why()
    assert with_streams.again.finished.requests == len(with_streams.asked_again.requests) <= 12
    assert with_streams.asked_again.writes == []
    assert needless_reads(with_streams.asked_again, with_streams.again) == []


@pytest.mark.full
def test_again_while_readings_still_show_ways_that_were_closed_asks_and_writes_no_more(tmp_path: Path) -> None:
    run = asyncio.run(measure(tmp_path, LONGEST_LAG_SECONDS))

    assert (run.again.finished.result.value, run.again.finished.exit_code) == ("verified", 0), run.again.why()
    assert run.again.finished.requests <= 12
    assert run.asked_again.writes == []


@pytest.mark.parametrize("streams", [Streams.REFUSED, pytest.param(Streams.CUT, marks=pytest.mark.full)])
def test_without_streams_a_first_run_asks_a_hundred_and_ten_times_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, streams: Streams
) -> None:
    take_streams_away(monkeypatch, streams)

    run = asyncio.run(measure(tmp_path))

    assert run.first.finished.requests <= 110, Counter(run.asked)
    assert run.first.finished.seconds <= 1.05 * run.critical + LINKS * READ_WHILE_DEAF_SECONDS
    assert run.again.finished.requests <= 12
    assert run.asked_again.writes == []
