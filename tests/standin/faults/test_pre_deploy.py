"""Faults of the pre-deploy command, on a machine where nothing runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.quiet_machine import QuietMachine
from tests.support.standin_api import HELLO_FILES, Api, eventually
from wizard.standin.faults import Decision, Fault, FaultKind, Held
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

COMMAND = "alembic upgrade head"


@pytest.fixture
async def standin(tmp_path: Path) -> AsyncIterator[Standin]:
    async with serve(Settings(read_lag=0), tmp_path / "standin", machine=QuietMachine()) as running:
        yield running


async def begun(api: Api, standin: Standin, kind: FaultKind) -> str:
    standin.gateway.faults.arm(Fault(on="pre-deploy", kind=kind, match={"service": "web"}))
    project, environment = await api.project()
    service = await api.service(project)
    await api.configure(service, environment, preDeployCommand=[COMMAND])
    return str((await api.upload((project, environment, service), HELLO_FILES)).json()["deploymentId"])


async def ran(api: Api, deployment: str) -> bool:
    return any(COMMAND in line for line in await api.logs("deploymentLogs", deployment))


def held_of(standin: Standin) -> Held | None:
    return next(iter(standin.gateway.faults.held.values()), None)


@pytest.mark.parametrize(("kind", "has_run"), [(FaultKind.HOLD_BEFORE, False), (FaultKind.HOLD_AFTER, True)])
async def test_a_held_command_goes_on_when_it_is_released(
    api: Api, standin: Standin, kind: FaultKind, *, has_run: bool
) -> None:
    deployment = await begun(api, standin, kind)

    async def held() -> Held | None:
        return held_of(standin)

    told = await eventually(held)
    assert (told.service, told.variables, await ran(api, deployment)) == ("web", {"command": COMMAND}, has_run)
    assert await api.status(deployment) == "DEPLOYING"
    standin.gateway.faults.release()

    await api.reaches(deployment, "SUCCESS")
    assert await ran(api, deployment)


async def test_a_command_that_was_never_started_fails_its_deployment(api: Api, standin: Standin) -> None:
    deployment = await begun(api, standin, FaultKind.HOLD_BEFORE)

    async def held() -> Held | None:
        return held_of(standin)

    await eventually(held)
    standin.gateway.faults.release(decision=Decision(apply=False))

    await eventually(lambda: _failed(api, deployment))
    assert not await ran(api, deployment)


async def test_a_failing_command_says_so(api: Api, standin: Standin) -> None:
    deployment = await begun(api, standin, FaultKind.FAIL)

    await eventually(lambda: _failed(api, deployment))

    assert "exit code 1" in (await api.logs("deploymentLogs", deployment))[-1]


async def _failed(api: Api, deployment: str) -> bool:
    return await api.status(deployment) == "FAILED"
