"""A database is stopped only where the target lets it be, and runs again whatever happened meanwhile."""

import asyncio
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.support.quiet_project import QuietProject, quiet_project
from wizard.clock import SystemClock
from wizard.errors import FailedError
from wizard.phases.outage import outage
from wizard.phases.run import Run
from wizard.phases.step import Phase
from wizard.railway.platform import connect
from wizard.secrets import Secret
from wizard.standin.state.rows import Deployment


def stopped(project: QuietProject) -> list[bool]:
    return [one.deployment_stopped for one in project.deployments("postgres")]


@pytest.mark.parametrize("harm", [None, RuntimeError, asyncio.CancelledError])
async def test_the_database_is_started_again(tmp_path: Path, harm: type[BaseException] | None) -> None:
    async with quiet_project(tmp_path) as project:
        await project.deploy(Phase.PROJECT)
        async with project.session() as run:
            with pytest.raises(harm) if harm else nullcontext():
                await _stop_for_a_while(run, project, harm)
        assert stopped(project) == [False]
        assert [one.status for one in project.deployments("postgres")] == ["SUCCESS"]


async def _stop_for_a_while(run: Run, project: QuietProject, harm: type[BaseException] | None) -> None:
    async with outage(run, "postgres"):
        assert stopped(project) == [True]
        if harm:
            raise harm("in the middle")


async def test_what_does_not_serve_is_not_stopped(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        await project.deploy(Phase.PROJECT)
        async with project.session() as run:
            with pytest.raises(FailedError) as caught:
                await outage(run, "worker").__aenter__()
        assert caught.value.code == "phases.nothing-to-stop"
        assert not any(one.deployment_stopped for one in project.rows(Deployment))


async def test_no_profile_lets_a_database_be_stopped_that_people_pay_for() -> None:
    wanted = {"stop_database": True}
    for endpoint, allowed in (("http://127.0.0.1:1", True), ("https://backboard.railway.com", False)):
        platform = connect(endpoint, Secret("t"), SystemClock(), differing=wanted)
        assert platform.capabilities.stop_database is allowed
        await platform.close()


async def test_nothing_is_stopped_unless_the_target_says_so(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        heard = await project.deploy()
        assert "outage.backend" not in {one.check for one in heard.finished.checks}
        assert not any(one.deployment_stopped for one in project.rows(Deployment))
