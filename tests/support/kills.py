"""Runs of the program that are ended at a chosen moment: the platform holds a call, the test strikes, and lets go."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import threading
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.support.applications import Application
from tests.support.command_line import Call, call
from tests.support.runs import Client, asker
from wizard.compose import session
from wizard.options import Faces
from wizard.standin.faults import Fault, FaultKind, Held
from wizard.standin.server import Standin
from wizard.standin.state.rows import (
    Deployment,
    Environment,
    Project,
    Row,
    Service,
    ServiceDomain,
    ServiceInstance,
    TcpProxy,
    Variable,
    Volume,
    VolumeInstance,
)

HELD_SECONDS = 120.0
_TICK = 0.005


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call is held.

    Attributes:
        on: the operation or the place of a fault.
        side: `before` or `after`: whether what was asked for is done while the run dies.
        skip: how many such calls pass first.
        match: which of them is meant.
    """

    on: str
    side: str
    skip: int = 0
    match: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.on} {self.side}"

    def fault(self) -> Fault:
        return Fault(on=self.on, kind=FaultKind(f"hold-{self.side}"), skip=self.skip, match=self.match)


@dataclass
class Victim:
    """One operator's machine, and the platform its runs are held on."""

    standin: Standin
    application: Application
    home: Path

    @asynccontextmanager
    async def run(self, *arguments: str) -> AsyncIterator[Call]:
        """Start a deployment as a child process."""
        variables = {"RAILWIZARD_TOKEN": self.standin.tokens.account, "RAILWIZARD_ENDPOINT": self.standin.url}
        options = ("--project", self.application.folder, "--secrets-file", "--skip-rehearsal", "--json")
        async with call("deploy", *options, *arguments, home=self.home, variables=variables) as run:
            yield run

    async def deploy(self) -> Call:
        """Run to the end."""
        async with self.run() as run:
            await run.end()
            return run

    async def killed(self, place: Place, number: signal.Signals = signal.SIGKILL) -> Call:
        """Run until the platform holds the call, end the process group there, and let the call go on."""
        faults = self.standin.gateway.faults
        faults.arm(place.fault())
        async with self.run() as run:
            reading = asyncio.create_task(_read(run))
            await self.held(place, reading)
            os.killpg(run.pid, number)
            if number is not signal.SIGKILL:
                await reading
            await run.process.wait()
            await asyncio.gather(reading, return_exceptions=True)
        faults.disarm()
        faults.release()
        return run

    async def held(self, place: Place, reading: asyncio.Task[None]) -> Held:
        """Wait until the call is held; a run that ends first failed to get there."""
        faults = self.standin.gateway.faults
        async with asyncio.timeout(HELD_SECONDS):
            while not (found := [one for one in faults.held.values() if one.side == place.side]):
                assert not reading.done(), f"the run ended before {place.id}"
                await asyncio.sleep(_TICK)
        return found[0]

    @property
    def journal(self) -> Path:
        [path] = (self.home / "state" / "journals").glob("*.sqlite3")
        return path

    def cut_power(self, left: bytes) -> None:
        """Leave of the journal what the disk had at an earlier moment."""
        path = self.journal
        for companion in path.parent.glob(f"{path.name}-*"):
            companion.unlink()
        path.write_bytes(left)

    def rows(self, kind: type[Row], **equal: object) -> list[Any]:
        return [row for row in self.standin.gateway.railway.tables.where(kind, **equal) if _stands(row)]

    @property
    def project(self) -> Project:
        [found] = (one for one in self.rows(Project) if self.application.key in (one.description or ""))
        assert isinstance(found, Project)
        return found

    def inventory(self) -> dict[str, dict[str, int]]:
        """Return what of our project stands on the platform, by kind and by the service it belongs to."""
        [environment] = self.rows(Environment, project_id=self.project.id)
        services = {one.id: one.name for one in self.rows(Service, project_id=self.project.id)}
        here = {"environment_id": environment.id}
        return {
            "services": dict(Counter(services.values())),
            "domains": dict(Counter(services[one.service_id] for one in self.rows(ServiceDomain, **here))),
            "proxies": dict(Counter(services[one.service_id] for one in self.rows(TcpProxy, **here))),
            "volumes": {"all": len(self.rows(Volume, project_id=self.project.id))},
        }

    @property
    def marked(self) -> bool:
        """Whether a project of ours stands."""
        return any(self.application.key in (one.description or "") for one in self.rows(Project))

    def sizes(self, path: str) -> list[int]:
        """Return the sizes of the volumes mounted at a path, in megabytes."""
        ids = {one.id for one in self.rows(Volume, project_id=self.project.id)}
        return [one.size_mb for one in self.rows(VolumeInstance, mount_path=path) if one.volume_id in ids]

    async def settle(self) -> None:
        """Let pass what reads lag behind writes."""
        await asyncio.sleep(2 * self.standin.gateway.railway.cloud.settings.read_lag)

    async def administrators(self) -> int:
        """Count the accounts of the plan's administrator in the application's own database."""
        client = Client(self.standin, self.home / "state")
        faces = Faces(listeners=(), asker=asker())
        async with session(client.options(self.application, command="psql"), faces) as run:
            async with run.database.session("postgres") as connection:
                found = await connection.execute("SELECT count(*) FROM users WHERE email = 'ops@example.com'")
                rows = await found.fetchall()
            await run.close()
        return int(str(rows[0][0]))

    def variable(self, name: str, service: str = "backend") -> str | None:
        """Return a variable as it is written on the platform; None before it was."""
        ids = [one.id for one in self.rows(Service, name=service) if one.project_id == self.project.id]
        found = [one.value for one in self.rows(Variable, name=name) if one.service_id in ids]
        return found[0] if found else None

    def pushes_deploy(self, service: str = "backend") -> bool:
        """Tell whether a push to the service's branch deploys it."""
        ids = [one.id for one in self.rows(Service, name=service) if one.project_id == self.project.id]
        [instance] = [one for one in self.rows(ServiceInstance) if one.service_id in ids]
        return bool(instance.auto_deploy)

    def deployments(self, service: str = "backend") -> list[Deployment]:
        ids = [one.id for one in self.rows(Service, name=service) if one.project_id == self.project.id]
        return [row for row in self.rows(Deployment) if row.service_id in ids]


def _stands(row: Any) -> bool:
    return getattr(row, "deleted_at", None) is None


async def _read(run: Call) -> None:
    while await run.line() is not None:
        pass


class Watch:
    """Copies a journal each time it was written, as the disk has it: a cut of the power leaves one of these."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._over = folder, threading.Event()
        self._seen: list[bytes] = []
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def states(self) -> list[bytes]:
        """Return the whole copies, oldest first."""
        return [copy for copy in self._seen if _is_whole(copy)]

    def _look(self) -> None:
        while not self._over.wait(0.002):
            for path in self._folder.glob("*.sqlite3"):
                copy = path.read_bytes()
                if not self._seen or self._seen[-1] != copy:
                    self._seen.append(copy)


def _is_whole(copy: bytes) -> bool:
    """Tell whether a copy was taken between two writes."""
    if not copy:
        return False
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(copy)
        return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False
    finally:
        connection.close()
