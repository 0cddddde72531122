"""One service on a platform whose processes are actors, on a manual clock, and what its life is asked with."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.support.acting_machine import ActingMachine, Actor
from tests.support.manual_clock import ManualClock
from tests.support.standin_api import Api, eventually
from wizard.clock import Clock, SystemClock
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings
from wizard.standin.state.rows import Deployment

DEPLOYMENT = """query($id: String!) { deployment(id: $id) {
    status deploymentStopped canRollback canRedeploy instances { id status } } }"""
FILES = {"app.py": "print('hello')\n"}


@dataclass
class Life:
    """One service with a domain.

    Attributes:
        scope: project, environment, service.
        domain: its public address.
    """

    standin: Standin
    api: Api
    clock: Clock
    machine: ActingMachine
    scope: tuple[str, str, str]
    domain: str

    @property
    def actors(self) -> list[Actor]:
        return self.machine.actors

    async def configure(self, **settings: Any) -> None:
        await self.api.configure(self.scope[2], self.scope[1], **settings)

    async def deploy(self, status: str = "SUCCESS", **variables: str) -> str:
        if variables:
            await self.api.set(self.scope, skip=True, **variables)
        return await self.api.deployed(self.scope, FILES, status)

    async def ask(self, operation: str, id_: str) -> bool:
        found = await self.api.ask(f"mutation($id: String!) {{ {operation}(id: $id) }}", id=id_)
        return bool(found[operation])

    async def refused(self, operation: str, id_: str) -> str:
        return await self.api.refusal(f"mutation($id: String!) {{ {operation}(id: $id) }}", id=id_)

    async def row(self, id_: str) -> dict[str, Any]:
        return dict((await self.api.ask(DEPLOYMENT, id=id_))["deployment"])

    async def instances(self, id_: str) -> list[str]:
        return [one["status"] for one in (await self.row(id_))["instances"]]

    def stored(self, id_: str) -> Deployment:
        row = self.standin.gateway.railway.tables.get(Deployment, id_)
        assert row
        return row

    async def logs(self, id_: str) -> list[str]:
        return await self.api.logs("deploymentLogs", id_)

    async def get(self, path: str = "/") -> httpx.Response:
        return await self.api.get(self.domain, path)

    async def steps(self, id_: str) -> dict[str, float]:
        """Return the deployment's steps with the seconds of the clock that each took."""
        text = """query($id: String!) { deploymentEvents(id: $id) { edges { node {
            step payload { durationMs } } } } }"""
        found = (await self.api.ask(text, id=id_))["deploymentEvents"]["edges"]
        return {one["node"]["step"]: (one["node"]["payload"] or {}).get("durationMs", 0) / 1000 for one in found}

    async def eventually(self, question: Callable[[], Awaitable[Any]]) -> None:
        await eventually(question, 20)

    async def becomes(self, id_: str, status: str) -> None:
        async def there() -> bool:
            return await self.api.status(id_) == status

        await self.eventually(there)


@asynccontextmanager
async def living(folder: Path, *, real_time: bool = False, **settings: Any) -> AsyncIterator[Life]:
    """Serve it, on a manual clock unless a request is to hang: such a clock stands still while one is under way."""
    async with AsyncExitStack() as stack:
        clock: Clock = SystemClock() if real_time else await stack.enter_async_context(ManualClock())
        machine = ActingMachine(clock=clock)
        chosen = Settings(**{"read_lag": 0, "requests_per_hour": 100_000, **settings})
        async with serve(chosen, folder / "standin", clock, machine=machine) as standin, Api(standin) as api:
            project, environment = await api.project()
            service = await api.service(project)
            domain = (await api.domain(service, environment))["domain"]
            yield Life(standin, api, clock, machine, (project, environment, service), domain)
