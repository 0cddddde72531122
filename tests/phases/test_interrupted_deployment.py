"""A run that was ended while the platform built: the next one follows what is under way instead of asking again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.support.quiet_project import QuietProject, quiet_project
from wizard.events import Result
from wizard.phases.step import Phase
from wizard.standin.settings import TimedBuild
from wizard.standin.state.rows import Deployment, Service

UNTIL_DEPLOYED = (Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)
WORKER, READ_LAG = "worker", 2.0


async def interrupted(project: QuietProject) -> None:
    """Deploy, and end the run as soon as the worker builds."""
    run = asyncio.create_task(project.deploy(*UNTIL_DEPLOYED))
    pulse = project.standin.gateway.railway.store.pulse
    while not any(row.status == "BUILDING" for row in worker_deployments(project)):
        await pulse.next().wait()
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    await project.clock.sleep(READ_LAG)


def worker_deployments(project: QuietProject) -> list[Deployment]:
    """Return the worker's deployments; none before it exists."""
    [*services] = project.rows(Service, name=WORKER)
    return project.deployments(WORKER) if services else []


async def test_what_is_under_way_is_followed(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, build=TimedBuild(seconds=240)) as project:
        await interrupted(project)
        heard = await project.deploy(*UNTIL_DEPLOYED)
        assert heard.finished.result is Result.APPLIED, heard.why()
        for name in ("backend", WORKER):
            assert [row.status for row in project.deployments(name)] == ["SUCCESS"]


async def test_what_is_under_way_with_other_values_is_not(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, build=TimedBuild(seconds=240)) as project:
        await interrupted(project)
        project.application.edit("wizard.toml", 'QUEUE = "jobs"', 'QUEUE = "others"')
        heard = await project.deploy(*UNTIL_DEPLOYED)
        assert heard.finished.result is Result.APPLIED, heard.why()
        newest, first = project.deployments(WORKER)
        assert (newest.variables["QUEUE"], first.variables["QUEUE"]) == ("others", "jobs")
        assert newest.status == "SUCCESS"
