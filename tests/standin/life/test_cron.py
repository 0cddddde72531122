"""Services with a schedule: they serve nothing, run when they are due, and end."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.life import Life
from wizard.standin.state.cron import parse

MONDAY = datetime(2026, 1, 5, 9, 30, 20, tzinfo=UTC)
EXECUTIONS = """query($e: String!, $s: String!) {
    deploymentInstanceExecutions(input: {environmentId: $e, serviceId: $s}) { edges { node {
    status completedAt deploymentId deploymentMeta } } } }"""
RUN_NOW = """mutation($id: String!) {
    deploymentInstanceExecutionCreate(input: {serviceInstanceId: $id}) }"""


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("* * * * *", datetime(2026, 1, 5, 9, 31, tzinfo=UTC)),
        ("*/20 * * * *", datetime(2026, 1, 5, 9, 40, tzinfo=UTC)),
        ("0 3 * * *", datetime(2026, 1, 6, 3, 0, tzinfo=UTC)),
        ("15,45 8-10/2 * * mon", datetime(2026, 1, 5, 10, 15, tzinfo=UTC)),
        ("0 0 1 mar *", datetime(2026, 3, 1, tzinfo=UTC)),
        ("0 0 * * 7", datetime(2026, 1, 11, tzinfo=UTC)),
        ("0 0 13 * fri", datetime(2026, 1, 9, tzinfo=UTC)),
        ("0 0 29 2 *", datetime(2028, 2, 29, tzinfo=UTC)),
        ("0 0 31 2 *", None),
    ],
)
def test_the_next_minute_of_a_schedule(text: str, due: datetime | None) -> None:
    cron = parse(text)
    assert cron
    assert cron.after(MONDAY) == due


@pytest.mark.parametrize("text", ["", "* * * *", "60 * * * *", "a * * * *", "*/0 * * * *", "5-1 * * * *", "@daily"])
def test_what_is_no_schedule(text: str) -> None:
    assert parse(text) is None


async def executions(life: Life) -> list[dict[str, Any]]:
    found = await life.api.ask(EXECUTIONS, e=life.scope[1], s=life.scope[2])
    return [edge["node"] for edge in found["deploymentInstanceExecutions"]["edges"]]


async def statuses(life: Life) -> list[str]:
    return [one["status"] for one in await executions(life)]


async def test_it_runs_when_it_is_due_and_not_while_the_one_before_runs(life: Life) -> None:
    await life.configure(cronSchedule="0 * * * *", healthcheckPath="/health")
    deployment = await life.deploy()
    assert await executions(life) == []
    assert not life.actors
    await life.clock.sleep(3600)
    await life.eventually(lambda: _are(life, ["RUNNING"]))
    await life.clock.sleep(3600)
    assert await statuses(life) == ["RUNNING"]
    assert "Skipping execution: the one before has not ended" in await life.logs(deployment)
    life.actors[0].exit(0)
    await life.eventually(lambda: _are(life, ["EXITED"]))
    life.machine.codes = [4]
    await life.clock.sleep(3600)
    await life.eventually(lambda: _are(life, ["CRASHED", "EXITED"]))
    assert (await life.row(deployment))["status"] == "SUCCESS"
    newest = (await executions(life))[0]
    assert (newest["deploymentId"], bool(newest["completedAt"])) == (deployment, True)
    assert "Container exited with code 4" in await life.logs(deployment)


async def test_it_can_be_run_by_hand_and_the_next_deployment_ends_its_schedule(life: Life) -> None:
    await life.configure(cronSchedule="0 0 1 1 *")
    first = await life.deploy()
    text = "query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) { id } }"
    id_ = (await life.api.ask(text, s=life.scope[2], e=life.scope[1]))["serviceInstance"]["id"]
    assert (await life.api.ask(RUN_NOW, id=id_))["deploymentInstanceExecutionCreate"] is True
    await life.eventually(lambda: _are(life, ["RUNNING"]))
    assert (await life.api.ask(RUN_NOW, id=id_))["deploymentInstanceExecutionCreate"] is False
    await life.configure(cronSchedule=None)
    await life.deploy()
    await life.becomes(first, "REMOVED")
    assert life.actors[0].grace is not None
    assert await life.api.refusal(RUN_NOW, id=id_) == "Problem processing request"


async def _are(life: Life, wanted: list[str]) -> bool:
    return await statuses(life) == wanted
