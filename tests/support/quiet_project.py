"""A small project on a local platform on which nothing is built: for what the engine decides, on a clock of its own."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.applications import Application
from tests.support.manual_clock import ManualClock
from tests.support.quiet_machine import Believed, QuietMachine
from tests.support.raw_http import answered, raw_server
from tests.support.runs import Client, Heard, Since, asker
from wizard.compose import session
from wizard.options import Faces
from wizard.phases.run import Run, Scope
from wizard.phases.step import Phase
from wizard.platform.states import GroupState
from wizard.secret_store import open_store
from wizard.secrets import Secret
from wizard.standin.processes import LogSink
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings
from wizard.standin.state.machine import RunOrder
from wizard.standin.state.rows import Deployment, Service, ServiceInstance

_SETTLED_SECONDS = 10.0
KEY = "7c0f8a52-55d1-4bb4-9d84-0f5fd3a3b6a4"
PLAN = f"""
[project]
name = "quiet"
key = "{KEY}"
environment = "production"
source = {{ upload = "." }}

[databases.postgres]
engine = "postgres"
version = 16

[services.backend]
source = "backend"
root = "backend"
port = 8000
health = {{ path = "/health" }}

[services.backend.variables]
DATABASE_URL = "{{postgres.DATABASE_URL}}"
SESSION_KEY = {{ generate = "token_urlsafe", bytes = 32 }}
OWN_URL = "{{backend.url}}"

[services.worker]
source = "worker"
root = "worker"

[services.worker.variables]
QUEUE = "jobs"
"""


@dataclass
class ServingMachine(QuietMachine):
    """Every process it believes in answers where the edge listens."""

    edge: int = 0

    async def start(self, order: RunOrder, log: LogSink) -> Believed:
        await super().start(order, log)
        return Believed(self.edge)

    async def open_domain(self, label: str, port: int = 0) -> int:
        del label, port
        return self.edge


@dataclass
class Page:
    """What everything answers that listens."""

    body: bytes = b"<!doctype html><title>quiet</title><p>nothing happens</p>"
    away: int = 0
    """So many requests are told by the edge that nobody answers."""

    def answer(self, _request: bytes) -> bytes:
        if self.away:
            self.away -= 1
            return answered(b"nobody", status=502)
        return answered(self.body, b"content-type: text/html" if self.body.startswith(b"<") else b"x-any: any")


@dataclass
class QuietProject:
    """One operator's folder and state, and the platform they deploy to."""

    standin: Standin
    application: Application
    client: Client
    clock: ManualClock
    page: Page

    async def deploy(
        self, *phases: Phase, scope: Scope | None = None, answers: Mapping[str, str] | None = None
    ) -> Heard:
        return await self.client.deploy(self.application, *phases, scope=scope, answers=answers)

    @asynccontextmanager
    async def session(self, answers: Mapping[str, str] | None = None) -> AsyncIterator[Run]:
        """Open a run that only reads."""
        faces = Faces(listeners=(Heard(),), asker=asker(answers))
        async with session(self.client.options(self.application, command="status"), faces, self.clock) as run:
            yield run

    async def state(self) -> GroupState:
        async with self.session() as run:
            return await run.world.state()

    def since(self) -> Since:
        return Since(self.standin)

    def rows(self, kind: type[Any], **equal: object) -> list[Any]:
        return self.standin.gateway.railway.tables.where(kind, **equal)

    def service(self, name: str) -> Service:
        [found] = self.rows(Service, name=name)
        assert isinstance(found, Service)
        return found

    def instance(self, name: str) -> ServiceInstance:
        [found] = self.rows(ServiceInstance, service_id=self.service(name).id)
        assert isinstance(found, ServiceInstance)
        return found

    def deployments(self, name: str) -> list[Deployment]:
        """Return a service's deployments, newest first."""
        return list(reversed(self.rows(Deployment, service_id=self.service(name).id)))

    async def change(self, row: Any, **columns: object) -> Any:
        """Change a row behind everybody's back, as a person in the dashboard does."""
        changed = self.standin.gateway.railway.store.change(row, **columns)
        await self.settle()
        return changed

    async def settle(self) -> None:
        """Let pass what reads lag behind writes, and what was begun."""
        await self.clock.sleep(_SETTLED_SECONDS)

    async def keep(self, name: str, value: str) -> None:
        """Put a secret into the operator's store before the run."""
        await self._store().set(f"{self.application.key}.production.{name}", Secret(value))

    async def kept(self, name: str) -> str | None:
        found = await self._store().get(f"{self.application.key}.production.{name}")
        return found.reveal() if found else None

    def _store(self) -> Any:
        options = self.client.options(self.application)
        origin = self.standin.url.removesuffix("/graphql/v2")
        return open_store(origin, options.variables, options.state, self.clock, file_chosen=True)


@asynccontextmanager
async def quiet_project(
    folder: Path, text: str = PLAN, *, below: str = "", **settings: Any
) -> AsyncIterator[QuietProject]:
    """Serve a local platform and write the project's files; the clock jumps over every wait.

    Args:
        folder: of everything.
        text: of wizard.toml.
        below: where the plan lies below the application's top.
        settings: of the local platform.
    """
    top = folder / "app" / below
    if not top.exists():
        write(top, text)
    chosen, page = Settings(**{"read_lag": 1, **settings}), Page()
    async with ManualClock() as clock, raw_server(page.answer) as (edge, _):
        machine = ServingMachine(edge=edge)
        async with serve(chosen, folder / "platform", clock, machine=machine) as standin:
            client = Client(standin, folder / "state", clock=clock)
            yield QuietProject(standin, Application(top, KEY), client, clock, page)


def write(folder: Path, plan: str) -> None:
    for name in ("backend", "worker"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "main.py").write_text(f"print('{name}')\n", "utf-8")
    (folder / "wizard.toml").write_text(plan, "utf-8")


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody."""
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()
