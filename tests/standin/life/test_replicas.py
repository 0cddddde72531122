"""Several replicas are several processes that take requests in turn."""

from tests.support.life import Life


async def test_requests_go_to_the_replicas_in_turn_and_a_dead_one_is_passed_over(life: Life) -> None:
    await life.configure(numReplicas=3, restartPolicyType="NEVER")
    deployment = await life.deploy()
    known = {one["id"] for one in (await life.row(deployment))["instances"]}
    assert len(known) == 3
    assert {(await life.get()).text.strip() for _ in range(6)} == known
    dead = life.actors[0]
    dead.exit(1)

    async def crashed() -> bool:
        return sorted(await life.instances(deployment)) == ["CRASHED", "RUNNING", "RUNNING"]

    await life.eventually(crashed)
    answers = [await life.get() for _ in range(6)]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.text.strip() for answer in answers} == known - {dead.order.variables["RAILWAY_REPLICA_ID"]}
    assert (await life.row(deployment))["status"] == "SUCCESS"
    for actor in life.actors[1:]:
        actor.exit(1)
    await life.becomes(deployment, "CRASHED")


async def test_regions_add_up_and_every_replica_has_to_be_healthy(life: Life) -> None:
    regions = {"us-west2": {"numReplicas": 1}, "europe-west4-drams3a": {"numReplicas": 1}}
    await life.configure(multiRegionConfig=regions, healthcheckPath="/health", healthcheckTimeout=5)
    deployment = await life.deploy()
    assert await life.instances(deployment) == ["RUNNING", "RUNNING"]
    assert "[2/2] Healthcheck succeeded!" in await life.api.logs("buildLogs", deployment)
    life.machine.ill = 1
    failed = await life.deploy("FAILED")
    lines = await life.api.logs("buildLogs", failed)
    assert "1/2 replicas never became healthy!" in lines
    assert "Attempt #1 failed with service unavailable. Continuing to retry for 5s" in lines


async def test_all_replicas_are_stopped_when_the_next_deployment_took_over(life: Life) -> None:
    await life.configure(numReplicas=2)
    first = await life.deploy()
    await life.configure(numReplicas=1)
    await life.deploy()
    await life.becomes(first, "REMOVED")
    assert [actor.grace is None for actor in life.actors] == [False, False, True]
    assert await life.instances(first) == ["STOPPED", "STOPPED"]
