"""A run right after one that ended: readings do not show yet what that one made, and nothing is made twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response

from tests.support.quiet_project import PLAN, QuietProject, quiet_project
from wizard.phases.step import Phase
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.settings import TimedBuild
from wizard.standin.state.rows import Deployment, Service

READ_LAG = 20.0
DATABASE = '[databases.postgres]\nengine = "postgres"\nversion = 16\n'
URL = 'DATABASE_URL = "{postgres.DATABASE_URL}"\n'
WORKER = 'root = "worker"\n'
UNTIL_DEPLOYED = (Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)
WITHOUT_DATABASE = (
    PLAN.replace(DATABASE, "")
    .replace(URL, "")
    .replace(WORKER, f'{WORKER}volumes = [{{ path = "/data", size_mb = 400 }}]\n')
)
"""A database is waited for: by then every reading shows all."""
MAKES = {"projectCreate": 1, "serviceCreate": 2, "serviceDomainCreate": 1, "volumeCreate": 1}
"""What the plan takes, in however many runs."""
PLACES = [
    ("CreateService", 0),
    ("CreateService", 1),
    ("UpdateServiceInstance", 0),
    ("UpdateServiceInstance", 1),
    ("CreateServiceDomain", 0),
    ("CreateVolume", 0),
    ("UpsertVariables", 1),
]
"""An operation, and how many of it are let through before one is refused."""


@dataclass
class Refusing:
    """Refuses an operation from its nth request on."""

    operation: str
    after: int
    let: Counter[str] = field(default_factory=Counter)

    async def __call__(self, operation: Operation, proceed: Next) -> Response:
        if operation.name == self.operation and self.let[operation.name] >= self.after:
            return JSONResponse({"errors": [{"message": "Not today"}], "data": None})
        self.let[operation.name] += 1
        return await proceed()


@pytest.mark.parametrize(("operation", "after"), PLACES)
async def test_at_once_again_nothing_is_made_twice(tmp_path: Path, operation: str, after: int) -> None:
    async with quiet_project(tmp_path, WITHOUT_DATABASE, read_lag=READ_LAG) as project:
        since = project.since()
        project.standin.gateway.hooks.append(Refusing(operation, after))
        ended = await project.deploy(Phase.PROJECT, Phase.VARIABLES)
        project.standin.gateway.hooks.clear()

        again = await project.deploy(Phase.PROJECT, Phase.VARIABLES)

        assert (ended.finished.exit_code, again.finished.exit_code) == (1, 0), again.why()
        asked = Counter(root for request in since.requests if not request.errors for root in request.roots)
        assert {name: asked[name] for name in MAKES} == MAKES


@pytest.mark.parametrize("service", ["backend", "worker"])
async def test_at_once_again_what_was_uploaded_is_followed(tmp_path: Path, service: str) -> None:
    async with quiet_project(tmp_path, read_lag=READ_LAG, build=TimedBuild(seconds=240)) as project:
        since = project.since()
        await interrupted(project, service)

        again = await project.deploy(*UNTIL_DEPLOYED)

        assert again.finished.exit_code == 0, again.why()
        assert [request.kind for request in since.requests].count("upload") == 2
        assert [row.status for row in project.deployments(service)] == ["SUCCESS"]


async def interrupted(project: QuietProject, service: str) -> None:
    """Deploy, and end the run as soon as the service builds: sooner than any reading shows that."""
    run = asyncio.create_task(project.deploy(*UNTIL_DEPLOYED))
    pulse = project.standin.gateway.railway.store.pulse
    while not any(row.status == "BUILDING" for row in deployments(project, service)):
        await pulse.next().wait()
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)


def deployments(project: QuietProject, service: str) -> list[Deployment]:
    return project.deployments(service) if project.rows(Service, name=service) else []


async def test_what_somebody_removed_is_made_again_after_a_while(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        await project.deploy(Phase.PROJECT)
        async with project.session() as run:
            handle = (await run.world.state()).services["worker"].handle
            await run.platform.services.delete(run.world.located, handle)
        await project.settle()

        again = await project.deploy(Phase.PROJECT)

        assert again.finished.exit_code == 0, again.why()
        assert [one.id != handle.id for one in project.rows(Service, name="worker")] == [True]
