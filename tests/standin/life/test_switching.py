"""A new deployment takes over: requests under way end where they began, open connections live until draining ends."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.life import Life, living


@pytest.fixture
async def real(tmp_path: Path) -> AsyncIterator[Life]:
    async with living(tmp_path, real_time=True) as one:
        yield one


async def test_a_request_under_way_is_answered_by_the_old_process_which_is_stopped_only_then(real: Life) -> None:
    life = real
    await life.configure(drainingSeconds=7)
    first = await life.deploy(GREETING="one")
    asking = asyncio.create_task(life.get("/slow"))
    await life.actors[0].arrived.wait()
    second = await life.deploy(GREETING="two")
    assert (await life.get()).text.startswith("two ")
    await life.becomes(first, "REMOVING")
    assert life.actors[0].grace is None
    assert await life.instances(first) == ["RUNNING"]
    life.actors[0].release.set()
    assert (await asking).text.startswith("one ")
    await life.becomes(first, "REMOVED")
    assert life.actors[0].grace == 7
    assert life.actors[1].grace is None
    assert (await life.row(second))["status"] == "SUCCESS"


async def test_the_overlap_passes_on_the_clock_before_the_old_process_is_asked_to_end(life: Life) -> None:
    first = await life.deploy()
    await life.configure(overlapSeconds=30)
    second = await life.deploy()
    assert "DRAIN_INSTANCES" not in await life.steps(second)
    await life.becomes(first, "REMOVED")
    assert (await life.steps(first))["DRAIN_INSTANCES"] == pytest.approx(30, abs=1)
    assert [actor.grace for actor in life.actors] == [0, None]


async def test_the_variables_of_the_platform_name_overlap_and_draining_too(life: Life) -> None:
    given = {"RAILWAY_DEPLOYMENT_OVERLAP_SECONDS": "20", "RAILWAY_DEPLOYMENT_DRAINING_SECONDS": "9"}
    first = await life.deploy(**given)
    await life.deploy()
    await life.becomes(first, "REMOVED")
    assert (await life.steps(first))["DRAIN_INSTANCES"] == pytest.approx(20, abs=1)
    assert life.actors[0].grace == 9


async def test_an_open_connection_of_the_old_process_lives_until_it_is_stopped_and_delays_nothing(real: Life) -> None:
    life = real
    first = await life.deploy()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(life.domain.partition(":")[2]))
    writer.write(b"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
    assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    await life.configure(overlapSeconds=2)
    await life.deploy()
    writer.write(b"still there")
    assert await reader.readexactly(11) == b"still there"
    await life.becomes(first, "REMOVED")
    assert await reader.read() == b""
    writer.close()


async def test_a_request_that_will_not_end_is_cut_when_the_switch_has_waited_long_enough(
    real: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = real
    monkeypatch.setattr("wizard.standin.state.supervision._SWITCH_SECONDS", 0)
    first = await life.deploy()
    asking = asyncio.create_task(life.get("/slow"))
    await life.actors[0].arrived.wait()
    await life.deploy()
    await life.becomes(first, "REMOVED")
    answer = await asking
    assert (answer.status_code, answer.json()["message"]) == (502, "Application failed to respond")


async def test_a_failed_deployment_leaves_the_first_one_alone(life: Life) -> None:
    await life.configure(healthcheckPath="/health", healthcheckTimeout=10)
    await life.deploy(GREETING="one")
    life.machine.status = 503
    second = await life.deploy("FAILED")
    assert (await life.get()).text.startswith("one ")
    assert [actor.grace for actor in life.actors] == [None, 0]
    assert await life.instances(second) == ["STOPPED"]
    assert (await life.steps(second))["HEALTHCHECK"] == pytest.approx(10, abs=2)


async def test_every_request_is_logged_under_the_deployment_and_the_replica_that_served_it(life: Life) -> None:
    nobody = await life.get("/early")
    first = await life.deploy()
    await life.get("/late?x=1")
    text = "query($id: String!) { httpLogs(deploymentId: $id) { path httpStatus srcIp deploymentInstanceId } }"
    [replica] = (await life.row(first))["instances"]

    async def logged() -> bool:
        found = (await life.api.ask(text, id=first))["httpLogs"]
        served = {"httpStatus": 200, "srcIp": "127.0.0.1", "deploymentInstanceId": replica["id"]}
        return [{key: one[key] for key in served} for one in found] == [served]

    await life.eventually(logged)
    assert (nobody.status_code, nobody.json()["message"]) == (404, "Application not found")
