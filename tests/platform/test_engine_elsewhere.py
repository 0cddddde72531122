"""The whole engine on a platform without native references, private networks or commands before a start.

What is referred to is written out, databases answer before their addresses are written, a service that is deployed by
being made is deployed again with its variables, and nothing in the phases asks whose platform it is.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.engine import Engine
from tests.support.manual_clock import ManualClock
from tests.support.memory_platform import MemoryPlatform
from tests.support.memory_world import Deployed, Fault, World
from tests.support.raw_http import answered, raw_server
from wizard.events import ChangePlanned
from wizard.phases.run import Scope
from wizard.platform.states import SourceState

PLAN = """
[project]
name = "split"
key = "3b1f0d7e-8a53-4f0e-9c58-2f1f0f5d8a11"
environment = "production"
source = {source}

[databases.postgres]
engine = "postgres"
version = 16
provider = "memory"

[databases.cache]
engine = "redis"
provider = "memory"

[shared]
LEVEL = "info"

[services.backend]
source = "backend"
root = "backend"
port = 8000
health = {{ path = "/health" }}
provider = "memory"

[services.backend.variables]
DATABASE_URL = "{{postgres.DATABASE_URL}}"
REDIS_URL = "{{cache.REDIS_URL}}"
CORS_ORIGINS = "{{frontend.urls}}"
LOG_LEVEL = "{{shared.LEVEL}}"
SESSION_KEY = {{ generate = "token_urlsafe", bytes = 32 }}

[services.frontend]
source = "frontend"
root = "frontend"
port = 3000
health = {{ path = "/" }}
provider = "memory"

[services.frontend.variables]
API_URL = "{{backend.url}}"
SOCKET_URL = "{{backend.ws_url}}/ws"
"""
NEEDS = {"backend": frozenset({"DATABASE_URL", "SESSION_KEY"}), "frontend": frozenset({"API_URL"})}


@dataclass
class Elsewhere:
    """A project on the platform in memory."""

    engine: Engine
    platform: MemoryPlatform
    folder: Path

    @property
    def world(self) -> World:
        return self.platform.world

    def edit(self, old: str, new: str) -> None:
        plan = self.folder / "wizard.toml"
        text = plan.read_text("utf-8")
        assert text.count(old) == 1, (old, text.count(old))
        plan.write_text(text.replace(old, new), "utf-8")

    def serving(self, service: str) -> Deployed:
        [state] = self.world.states.values()
        found = self.world.serving(state.services[service].handle)
        assert found
        return found

    def told(self, service: str) -> dict[str, str]:
        return {name: value.reveal() for name, value in self.serving(service).variables.items()}

    def history(self, service: str) -> list[Deployed]:
        [state] = self.world.states.values()
        return self.world.of(state.services[service].handle)


@pytest.fixture(params=["upload", "repository"])
async def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Elsewhere]:
    folder = tmp_path / "project"
    for name in ("backend", "frontend"):
        (folder / name).mkdir(parents=True)
        (folder / name / "main.py").write_text(f"print('{name}')\n", "utf-8")
    repository = request.param == "repository"
    source = '{ repo = "acme/split", branch = "main" }' if repository else '{ upload = "." }'
    (folder / "wizard.toml").write_text(PLAN.format(source=source), "utf-8")
    head = pushed(folder) if repository else ""
    made_from = SourceState("acme/split", "main") if repository else None
    worlds: list[World] = []
    async with ManualClock() as clock, raw_server(lambda request: answer(worlds[0], request)) as (port, _):
        platform = MemoryPlatform(clock, source=made_from, head=head, needs=NEEDS, edge=port)
        worlds.append(platform.world)
        yield Elsewhere(Engine(platform, folder, tmp_path / "state", clock), platform, folder)


def answer(world: World, request: bytes) -> bytes:
    """Answer as the service of that host: with the names of its variables, or 502 while none serves."""
    host = next(line for line in request.decode().splitlines() if line.lower().startswith("host:")).split()[1]
    name = host.partition(".")[0]
    [state] = world.states.values()
    serving = world.serving(state.services[name].handle)
    if serving is None:
        return answered(b"nobody serves", status=502)
    if request.startswith(b"GET / "):
        return answered(f"<!doctype html><title>{name}</title><p>{name}</p>".encode(), b"content-type: text/html")
    return answered(json.dumps({"service": name, "knows": sorted(serving.variables)}).encode())


def pushed(folder: Path) -> str:
    """Make the folder a repository whose branch a remote has; return its commit."""
    remote = folder.parent / "remote.git"
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false")
    for command in (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        (*who, "commit", "-q", "-m", "all of it"),
        ("init", "-q", "--bare", str(remote)),
        ("remote", "add", "origin", str(remote)),
        ("push", "-q", "origin", "main"),
    ):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True)
    return head.stdout.strip()


async def test_everything_is_deployed_and_verified_with_addresses_written_out(elsewhere: Elsewhere) -> None:
    heard = await elsewhere.engine.execute()

    assert (heard.finished.result.value, heard.finished.exit_code) == ("verified", 0), heard.why()
    assert {check.check for check in heard.finished.checks} >= {"health.backend", "health.frontend"}
    port, backend = elsewhere.world.edge, elsewhere.told("backend")
    [state] = elsewhere.world.states.values()
    databases = {name: elsewhere.world.outputs[state.services[name].handle.id] for name in ("postgres", "cache")}
    session_key = backend.pop("SESSION_KEY")
    assert backend == {
        "DATABASE_URL": databases["postgres"]["DATABASE_URL"],
        "REDIS_URL": databases["cache"]["REDIS_URL"],
        "CORS_ORIGINS": f"http://frontend.localhost:{port}",
        "LOG_LEVEL": "info",
        "PORT": "8000",
    }
    assert len(session_key) >= 32
    assert elsewhere.told("frontend") == {
        "API_URL": f"http://backend.localhost:{port}",
        "SOCKET_URL": f"ws://backend.localhost:{port}/ws",
        "PORT": "3000",
    }
    assert session_key not in repr(heard.stamped)
    assert databases["postgres"]["PGPASSWORD"] not in repr(heard.stamped)


async def test_what_was_made_from_a_repository_is_deployed_again_once_with_its_variables(elsewhere: Elsewhere) -> None:
    heard = await elsewhere.engine.execute()

    assert heard.finished.exit_code == 0, heard.why()
    made_from = elsewhere.world.source
    for name in ("backend", "frontend"):
        newest, *before = elsewhere.history(name)
        assert newest.failing is None
        assert len(before) == (1 if made_from else 0)
        assert all(one.variables == {} and one.failing for one in before)
        assert newest.commit == (elsewhere.world.head if made_from else None)


async def test_again_nothing_is_written(elsewhere: Elsewhere) -> None:
    await elsewhere.engine.execute()
    before = len(elsewhere.world.written)

    heard = await elsewhere.engine.execute()

    assert heard.finished.exit_code == 0, heard.why()
    assert elsewhere.world.written[before:] == []
    assert heard.phases["project"] == heard.phases["variables"] == heard.phases["deploy"] == "unchanged"


@pytest.mark.parametrize("tells", [True, False], ids=["frozen variables told", "frozen variables unknown"])
async def test_a_changed_output_is_written_again_and_its_reader_deployed(elsewhere: Elsewhere, *, tells: bool) -> None:
    elsewhere.world.tells_frozen = tells
    first = await elsewhere.engine.execute()
    assert first.finished.exit_code == 0, first.why()
    [state] = elsewhere.world.states.values()
    elsewhere.world.outputs[state.services["postgres"].handle.id]["DATABASE_URL"] = "postgresql://moved/app"
    before, deployments = len(elsewhere.world.written), len(elsewhere.history("backend"))

    heard = await elsewhere.engine.execute()

    assert heard.finished.exit_code == 0, heard.why()
    writes = [name for name in elsewhere.world.written[before:] if name != "groups.describe"]
    start = "deployments.deploy" if elsewhere.world.source else "deployments.upload"
    assert writes == ["services.set_variables", start]
    assert elsewhere.told("backend")["DATABASE_URL"] == "postgresql://moved/app"
    assert len(elsewhere.history("backend")) == deployments + 1


async def test_every_create_may_lose_its_answer(elsewhere: Elsewhere) -> None:
    elsewhere.world.unlucky = [Fault.LOST, Fault.DROPPED, Fault.LOST, Fault.DROPPED, Fault.LOST]

    heard = await elsewhere.engine.execute()

    assert heard.finished.exit_code == 0, heard.why()
    assert elsewhere.world.unlucky == []
    [state] = elsewhere.world.states.values()
    assert sorted(state.services) == ["backend", "cache", "frontend", "postgres"]
    asked = [name for name in elsewhere.world.written if name in {"services.create", "datastores.create"}]
    assert len(asked) == 4 + 2


async def test_a_dry_run_writes_nothing(elsewhere: Elsewhere) -> None:
    heard = await elsewhere.engine.execute(Scope(apply=False))

    assert heard.finished.exit_code == 0, heard.why()
    assert elsewhere.world.written == []
    planned = {(one.phase, one.change.resource, one.change.field) for one in heard.of(ChangePlanned)}
    assert planned >= {("project", "backend", "service"), ("variables", "backend", "DATABASE_URL")}


async def test_a_reference_to_nothing_stops_before_anything_is_deployed_with_it(elsewhere: Elsewhere) -> None:
    elsewhere.world.untold = frozenset({"REDIS_URL"})

    heard = await elsewhere.engine.execute()

    assert (heard.finished.result.value, heard.finished.exit_code) == ("failed", 1)
    assert ("phases.empty-reference", "REDIS_URL") in {(e.code, e.what.params.get("names")) for e in heard.errors}
    assert [one for one in elsewhere.history("backend") if one.variables] == []


async def test_a_command_before_the_start_is_refused_before_anything_is_made(elsewhere: Elsewhere) -> None:
    elsewhere.edit('root = "backend"\n', 'root = "backend"\npre_deploy = "alembic upgrade head"\n')

    heard = await elsewhere.engine.execute()

    assert (heard.finished.result.value, heard.finished.exit_code) == ("failed", 6), heard.why()
    assert elsewhere.world.written == []
