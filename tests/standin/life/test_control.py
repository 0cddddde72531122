"""What can be asked of a deployment: stop, remove, cancel, redeploy, roll back; and what is refused."""

from pathlib import Path

import pytest

from tests.support.life import FILES, Life, living
from tests.support.quiet_machine import UNBUILDABLE
from wizard.standin.settings import Plan, TimedBuild

REDEPLOY = """mutation($id: String!, $same: Boolean) {
    deploymentRedeploy(id: $id, usePreviousImageTag: $same) { id status } }"""
RUN_AGAIN = "mutation($s: String!, $e: String!) { serviceInstanceRedeploy(serviceId: $s, environmentId: $e) }"
ACTIVE = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    latestDeployment { id } activeDeployments { id } } }"""


async def test_a_stopped_deployment_keeps_its_record_and_a_restart_brings_it_back(life: Life) -> None:
    deployment = await life.deploy(GREETING="hello")
    assert await life.ask("deploymentStop", deployment)
    row = await life.row(deployment)
    assert (row["status"], row["deploymentStopped"]) == ("SUCCESS", True)
    assert (await life.get()).status_code == 404
    assert life.actors[0].grace is not None
    assert await life.ask("deploymentRestart", deployment)
    row = await life.row(deployment)
    assert (row["status"], row["deploymentStopped"]) == ("SUCCESS", False)
    assert (await life.get()).text.startswith("hello ")
    life.actors[-1].exit(1)
    await life.becomes(deployment, "SUCCESS")


async def test_a_removed_deployment_is_gone_and_nothing_more_can_be_asked_of_it(life: Life) -> None:
    deployment = await life.deploy()
    assert await life.ask("deploymentRemove", deployment)
    assert (await life.row(deployment))["status"] == "REMOVED"
    assert (await life.get()).json()["message"] == "Application not found"
    assert await life.refused("deploymentRestart", deployment) == "Cannot redeploy without a snapshot"
    assert await life.refused("deploymentStop", deployment) == "Problem processing request"
    assert await life.refused("deploymentApprove", deployment) == "Problem processing request"


async def test_a_crashed_deployment_can_be_removed(life: Life) -> None:
    await life.configure(restartPolicyType="NEVER")
    deployment = await life.deploy()
    life.actors[0].exit(1)
    await life.becomes(deployment, "CRASHED")
    assert await life.ask("deploymentRemove", deployment)
    assert (await life.get()).status_code == 404


async def test_while_it_builds_it_is_not_redeployed_but_cancelled(tmp_path: Path) -> None:
    async with living(tmp_path, real_time=True, build=TimedBuild(seconds=60)) as life:
        deployment = str((await life.api.upload(life.scope, FILES)).json()["deploymentId"])
        await life.becomes(deployment, "BUILDING")
        waiting = "Cannot redeploy yet, please wait for the original deployment to finish building"
        assert await life.api.refusal(REDEPLOY, id=deployment) == waiting
        assert await life.api.refusal(RUN_AGAIN, s=life.scope[2], e=life.scope[1]) == waiting
        second = str((await life.api.upload(life.scope, FILES)).json()["deploymentId"])
        await life.becomes(second, "QUEUED")
        assert await life.ask("deploymentCancel", deployment)
        assert (await life.row(deployment))["status"] == "REMOVED"
        await life.becomes(second, "BUILDING")
        assert await life.ask("deploymentCancel", second)
        assert not life.actors


async def test_redeploying_takes_the_image_or_builds_it_again_and_a_second_one_waits_its_turn(life: Life) -> None:
    first = await life.deploy(GREETING="one")
    await life.api.set(life.scope, GREETING="two")
    second = (await life.api.ask(REDEPLOY, id=first, same=True))["deploymentRedeploy"]["id"]
    await life.api.reaches(second, "SUCCESS")
    assert "BUILD_IMAGE" not in await life.steps(second)
    assert (await life.get()).text.startswith("two ")
    third = (await life.api.ask(REDEPLOY, id=second))["deploymentRedeploy"]["id"]
    await life.api.reaches(third, "SUCCESS")
    assert "BUILD_IMAGE" in await life.steps(third)


async def test_what_runs_again_is_the_active_image_never_a_failed_one(life: Life) -> None:
    first = await life.deploy()
    broken = await life.api.deployed(life.scope, {**FILES, UNBUILDABLE: ""}, "FAILED")
    here = {"s": life.scope[2], "e": life.scope[1]}
    assert (await life.api.ask(ACTIVE, **here))["serviceInstance"] == {
        "latestDeployment": {"id": broken},
        "activeDeployments": [{"id": first}],
    }
    await life.api.ask(RUN_AGAIN, **here)
    latest = (await life.api.ask(ACTIVE, **here))["serviceInstance"]["latestDeployment"]["id"]
    await life.api.reaches(latest, "SUCCESS")
    assert life.stored(latest).image == life.stored(first).image


async def test_a_rollback_brings_image_and_variables_back(life: Life) -> None:
    first = await life.deploy(GREETING="one")
    second = await life.deploy(GREETING="two")
    await life.becomes(first, "REMOVED")
    assert (await life.row(first))["canRollback"]
    assert not (await life.row(second))["canRollback"]
    assert await life.refused("deploymentRollback", second) == "Deployment cannot be rolled back to"
    assert await life.ask("deploymentRollback", first)
    await life.becomes(second, "REMOVED")
    assert (await life.get()).text.startswith("one ")


@pytest.mark.parametrize(("plan", "hours"), [(Plan.TRIAL, 24), (Plan.FREE, 24), (Plan.HOBBY, 72), (Plan.PRO, 120)])
async def test_images_are_kept_as_long_as_the_plan_says(tmp_path: Path, plan: Plan, hours: int) -> None:
    async with living(tmp_path, plan=plan) as life:
        first = await life.deploy()
        await life.deploy()
        await life.becomes(first, "REMOVED")
        await life.clock.sleep((hours - 1) * 3600)
        assert (await life.row(first))["canRollback"]
        await life.clock.sleep(3601)
        assert not (await life.row(first))["canRollback"]
        assert await life.refused("deploymentRollback", first) == "Deployment cannot be rolled back to"


async def test_a_platform_that_starts_again_serves_what_served(tmp_path: Path) -> None:
    async with living(tmp_path) as life:
        deployment = await life.deploy(GREETING="kept")
        domain, scope = life.domain, life.scope
    async with living(tmp_path) as life:
        life.domain, life.scope = domain, scope
        assert (await life.get()).text.startswith("kept ")
        assert (await life.row(deployment))["status"] == "SUCCESS"
