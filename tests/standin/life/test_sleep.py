"""Serverless services: asleep after ten quiet minutes, woken by the next request, which waits."""

import asyncio

from tests.support.life import Life


async def quiet(life: Life, minutes: float) -> None:
    await life.clock.sleep(minutes * 60)


async def test_after_ten_quiet_minutes_it_sleeps_and_the_first_request_wakes_it(life: Life) -> None:
    await life.configure(sleepApplication=True, healthcheckPath="/health")
    deployment = await life.deploy(GREETING="morning")
    await quiet(life, 8)
    await life.get()
    await quiet(life, 8)
    assert (await life.row(deployment))["status"] == "SUCCESS"
    await quiet(life, 4)
    await life.becomes(deployment, "SLEEPING")
    assert await life.instances(deployment) == ["STOPPED"]
    assert life.actors[0].grace is not None
    answers = await asyncio.gather(*(life.get() for _ in range(5)))
    assert {answer.text[:8] for answer in answers} == {"morning "}
    assert len(life.actors) == 2
    assert (await life.row(deployment))["status"] == "SUCCESS"
    assert "Waking up: a request came" in await life.logs(deployment)
    await quiet(life, 12)
    await life.becomes(deployment, "SLEEPING")


async def test_an_open_connection_keeps_it_awake(life: Life) -> None:
    await life.configure(sleepApplication=True)
    deployment = await life.deploy()
    reader, writer = await asyncio.open_connection("127.0.0.1", int(life.domain.partition(":")[2]))
    writer.write(b"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    for _ in range(7):
        await quiet(life, 2)
        writer.write(b"x")
        assert await reader.readexactly(1) == b"x"
    assert (await life.row(deployment))["status"] == "SUCCESS"
    writer.close()
    await quiet(life, 12)
    await life.becomes(deployment, "SLEEPING")


async def test_what_does_not_ask_for_it_never_sleeps(life: Life) -> None:
    deployment = await life.deploy()
    await quiet(life, 60)
    assert (await life.row(deployment))["status"] == "SUCCESS"


async def test_a_sleeping_one_is_replaced_and_restarted_like_any_other(life: Life) -> None:
    await life.configure(sleepApplication=True)
    first = await life.deploy(GREETING="one")
    await quiet(life, 12)
    await life.becomes(first, "SLEEPING")
    assert await life.ask("deploymentRestart", first)
    assert (await life.row(first))["status"] == "SUCCESS"
    await quiet(life, 12)
    await life.becomes(first, "SLEEPING")
    await life.deploy(GREETING="two")
    await life.becomes(first, "REMOVED")
    assert (await life.get()).text.startswith("two ")
