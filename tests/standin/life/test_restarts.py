"""Processes that end: started again as the policy says, ever later, until there is nothing left to try."""

from pathlib import Path

import pytest

from tests.support.life import Life, living
from wizard.standin.settings import Plan
from wizard.standin.state.rows import Document


def restarts(life: Life, deployment: str) -> list[Document]:
    return [{key: one[key] for key in ("status", "restarts")} for one in life.stored(deployment).instances]


async def test_a_process_that_fails_is_started_again_and_serves(life: Life) -> None:
    life.machine.codes = [1, 1]
    await life.configure(healthcheckPath="/health")
    deployment = await life.deploy()
    assert restarts(life, deployment) == [{"status": "RUNNING", "restarts": 2}]
    assert (await life.logs(deployment)).count("Container exited with code 1") == 2
    life.actors[-1].exit(3)

    async def again() -> bool:
        return restarts(life, deployment) == [{"status": "RUNNING", "restarts": 3}]

    await life.eventually(again)
    assert (await life.get()).status_code == 200
    assert (await life.row(deployment))["status"] == "SUCCESS"
    assert "Container exited with code 3" in await life.logs(deployment)


async def test_a_crash_loop_ends_crashed_after_ten_restarts_with_a_pause_before_each(life: Life) -> None:
    life.machine.codes = [1] * 20
    began = life.clock.monotonic()
    deployment = await life.deploy("CRASHED")
    assert len(life.machine.codes) == 9
    assert restarts(life, deployment) == [{"status": "CRASHED", "restarts": 10}]
    assert 10 < life.clock.monotonic() - began < 20
    answer = await life.get()
    assert (answer.status_code, answer.json()["message"]) == (502, "Application failed to respond")


async def test_never_and_a_smaller_number_of_retries_are_kept_to(life: Life) -> None:
    life.machine.codes = [2] * 9
    await life.configure(restartPolicyType="NEVER")
    await life.deploy("CRASHED")
    assert len(life.machine.codes) == 8
    await life.configure(restartPolicyType="ON_FAILURE", restartPolicyMaxRetries=3)
    deployment = await life.deploy("CRASHED")
    assert len(life.machine.codes) == 4
    assert restarts(life, deployment) == [{"status": "CRASHED", "restarts": 3}]


async def test_a_process_that_ends_well_is_no_crash_and_only_always_starts_it_again(life: Life) -> None:
    deployment = await life.deploy()
    life.actors[-1].exit(0)

    async def exited() -> bool:
        return await life.instances(deployment) == ["EXITED"]

    await life.eventually(exited)
    assert (await life.row(deployment))["status"] == "SUCCESS"
    await life.configure(restartPolicyType="ALWAYS")
    always = await life.deploy()
    life.actors[-1].exit(0)

    async def again() -> bool:
        return restarts(life, always) == [{"status": "RUNNING", "restarts": 1}]

    await life.eventually(again)


@pytest.mark.parametrize("plan", [Plan.FREE, Plan.TRIAL])
async def test_the_smallest_plans_do_not_get_always(tmp_path: Path, plan: Plan) -> None:
    async with living(tmp_path, plan=plan) as life:
        await life.configure(restartPolicyType="ALWAYS")
        life.machine.codes = [1] * 20
        deployment = await life.deploy("CRASHED")
        assert life.stored(deployment).meta["serviceManifest"]["deploy"]["restartPolicyType"] == "ON_FAILURE"


async def test_a_killed_process_is_told_with_the_code_of_a_container(life: Life) -> None:
    await life.configure(restartPolicyType="NEVER")
    deployment = await life.deploy()
    life.actors[-1].exit(-9)
    await life.becomes(deployment, "CRASHED")
    [line] = [one for one in await life.logs(deployment) if one.startswith("Container exited")]
    assert line.startswith("Container exited with code 137 (killed")


async def test_a_crash_loop_before_the_health_check_fails_the_deployment_and_the_old_one_serves(life: Life) -> None:
    await life.configure(healthcheckPath="/health", restartPolicyMaxRetries=2)
    await life.deploy(GREETING="one")
    life.machine.codes = [1] * 9
    second = await life.deploy("FAILED")
    assert len(life.machine.codes) == 6
    assert (await life.get()).text.startswith("one ")
    assert any("the process ended with code 1" in line for line in await life.logs(second))
    assert "1/1 replicas never became healthy!" in await life.api.logs("buildLogs", second)


async def test_a_restart_brings_a_crashed_deployment_back_with_its_own_variables(life: Life) -> None:
    await life.configure(restartPolicyType="NEVER")
    deployment = await life.deploy(GREETING="then")
    life.actors[-1].exit(1)
    await life.becomes(deployment, "CRASHED")
    await life.api.set(life.scope, GREETING="now")
    assert await life.ask("deploymentRestart", deployment)
    assert (await life.row(deployment))["status"] == "SUCCESS"
    assert (await life.get()).text.startswith("then ")
    life.actors[-1].exit(1)
    await life.becomes(deployment, "CRASHED")


async def test_a_restart_that_cannot_start_is_a_crash(life: Life) -> None:
    deployment = await life.deploy()
    life.machine.refuses = "no room left"
    assert await life.ask("deploymentRestart", deployment)
    assert (await life.row(deployment))["status"] == "CRASHED"
    assert "no room left" in await life.logs(deployment)
