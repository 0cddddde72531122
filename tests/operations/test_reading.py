"""What an operator reads outside a run: status, logs, checklist and cost, without one write or one secret."""

from __future__ import annotations

import pytest

from tests.support.quiet_machine import UNBUILDABLE
from tests.support.quiet_project import QuietProject
from wizard.errors import FailedError, UsageError
from wizard.operations.checklist import read_checklist
from wizard.operations.cost import CostReport, read_cost
from wizard.operations.logs import read_logs
from wizard.operations.status import ServiceLine, StatusReport, read_status
from wizard.phases.step import Phase
from wizard.plan.checklist import Row
from wizard.platform.states import CostLine
from wizard.standin.state.rows import Variable

BACKEND = "[services.backend.variables]\n"
READS = """import os

DATABASE_URL = os.environ["DATABASE_URL"]
SESSION_KEY = os.environ["SESSION_KEY"]
MAIL_KEY = os.environ["MAIL_KEY"]
FORGOTTEN = os.environ["FORGOTTEN"]
OWN_URL, CACHE, LEVEL = os.getenv("OWN_URL"), os.getenv("CACHE"), os.getenv("LEVEL")
MODEL_KEY, TOKEN, MODE = os.getenv("MODEL_KEY"), os.getenv("TOKEN"), os.getenv("MODE")
"""


async def status(quiet: QuietProject) -> StatusReport:
    async with quiet.session() as run:
        return await read_status(run)


async def lines(quiet: QuietProject) -> dict[str, ServiceLine]:
    return {one.name: one for one in (await status(quiet)).lines}


async def test_status_tells_where_everything_stands(deployed: QuietProject) -> None:
    since = deployed.since()

    report = await status(deployed)

    found = {one.name: one for one in report.lines}
    assert (report.project, report.environment, report.staged) == ("quiet", "production", 0)
    assert {name: (one.kind, one.status, one.newest) for name, one in found.items()} == {
        "backend": ("service", "live", ""),
        "postgres": ("database", "live", ""),
        "worker": ("service", "live", ""),
    }
    assert found["backend"].url.startswith("http://backend-")
    assert (found["worker"].url, len(found["worker"].code)) == ("", 10)
    assert since.writes == []


async def test_status_tells_what_is_not_deployed_and_what_failed_beside_what_serves(deployed: QuietProject) -> None:
    deployed.application.write(f"worker/{UNBUILDABLE}", "")
    failed = await deployed.deploy()
    await deployed.settle()

    found = await lines(deployed)

    assert failed.finished.exit_code == 1
    assert (found["worker"].status, found["worker"].newest) == ("live", "failed")


async def test_status_before_the_first_deployment(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    found = await lines(quiet)
    assert (found["worker"].status, found["worker"].code, found["worker"].since) == ("not-deployed", "", None)


async def test_status_without_a_project_is_an_error(quiet: QuietProject) -> None:
    with pytest.raises(FailedError) as failed:
        await status(quiet)
    assert failed.value.code == "phases.no-project"


async def test_logs_are_read_by_stream_and_masked(deployed: QuietProject) -> None:
    [row] = deployed.rows(Variable, name="SESSION_KEY")
    deployment = deployed.deployments("worker")[0]
    shared = await deployed.change(row, service_id=deployed.service("worker").id)
    cloud = deployed.standin.gateway.railway.cloud
    cloud.logs.write(deployment.id, "deploy", f"starting with {shared.value}", "info")
    cloud.logs.write(deployment.id, "deploy", "red \x1b[31malert\x1b[0m", "error")
    await deployed.settle()

    async with deployed.session() as run:
        said = await read_logs(run, "worker", "deploy", 50)
        built = await read_logs(run, "worker", "build", 50)
        few = await read_logs(run, "worker", "deploy", 1)

    text = [shown for _, shown in said]
    assert "worker is listening" not in text
    assert any(one.endswith("is listening") for one in text)
    assert any(one.startswith("starting with ") for one in text)
    assert shared.value not in "".join(text)
    assert "\x1b" not in "".join(text)
    assert any(one.startswith("building ") for _, one in built)
    assert len(few) == 1


async def test_logs_of_nobody(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    async with quiet.session() as run:
        with pytest.raises(UsageError) as unknown:
            await read_logs(run, "wroker", "deploy", 5)
        with pytest.raises(UsageError) as never:
            await read_logs(run, "worker", "build", 5)
    assert (unknown.value.code, unknown.value.params["known"]) == (
        "operations.unknown-service",
        "backend, postgres, worker",
    )
    assert never.value.code == "operations.never-deployed"


async def rows(quiet: QuietProject) -> dict[str, Row]:
    async with quiet.session() as run:
        return {one.name: one for one in await read_checklist(run) if one.service == "backend"}


async def prepared(quiet: QuietProject) -> QuietProject:
    quiet.application.write("backend/main.py", READS)
    quiet.application.edit(
        "wizard.toml",
        BACKEND,
        BACKEND
        + 'LEVEL = "info"\nUNREAD = "nobody"\nMODE = "fast"\nMAIL_KEY = { secret = "keyring" }\n'
        + 'MODEL_KEY = { secret = "keyring", unless = { MODE = "fast" } }\nTOKEN = { secret = "keyring" }\n'
        + 'CACHE = "{postgres.PGHOST}"\n',
    )
    return quiet


async def test_the_checklist_before_anything_exists(quiet: QuietProject) -> None:
    await prepared(quiet)
    found = await rows(quiet)
    assert {name: row.state.value for name, row in found.items() if name != "PORT"} == {
        "LEVEL": "missing",
        "UNREAD": "missing",
        "MODE": "missing",
        "MAIL_KEY": "missing",
        "MODEL_KEY": "not-needed",
        "TOKEN": "missing",
        "CACHE": "missing",
        "DATABASE_URL": "missing",
        "SESSION_KEY": "missing",
        "OWN_URL": "missing",
        "FORGOTTEN": "missing",
    }
    assert (found["MAIL_KEY"].acts.value, found["SESSION_KEY"].acts.value) == ("you", "automatic")
    assert found["FORGOTTEN"].readers == ("backend/main.py:6",)


async def test_every_state_of_the_checklist(quiet: QuietProject) -> None:
    await prepared(quiet)
    answers = {"variable.backend.MAIL_KEY": "real-mail-key", "variable.backend.TOKEN": "real-token"}
    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES, answers=answers)
    assert heard.finished.exit_code == 0, heard.why()
    by_hand = {row.name: row for row in quiet.rows(Variable, service_id=quiet.service("backend").id)}
    async with quiet.session() as run:
        url = (await run.rendered("backend"))["OWN_URL"].reveal()
    await quiet.change(by_hand["LEVEL"], value="debug")
    await quiet.change(by_hand["MAIL_KEY"], value="your-key-here")
    await quiet.change(by_hand["TOKEN"], is_sealed=True)
    await quiet.change(by_hand["CACHE"], value="${{cache.REDIS_URL}}")
    await quiet.change(by_hand["MODE"], name="OTHER")
    await quiet.change(by_hand["OWN_URL"], value=url)
    since = quiet.since()

    found = await rows(quiet)

    assert {name: row.state.value for name, row in found.items() if name != "PORT"} == {
        "DATABASE_URL": "set",
        "SESSION_KEY": "set",
        "OWN_URL": "set",
        "LEVEL": "differs",
        "MAIL_KEY": "placeholder",
        "TOKEN": "sealed",
        "CACHE": "empty-reference",
        "MODE": "missing",
        "OTHER": "extra",
        "UNREAD": "no-effect",
        "MODEL_KEY": "not-needed",
        "FORGOTTEN": "missing",
    }
    assert found["OWN_URL"].literal_for_reference
    assert not found["DATABASE_URL"].literal_for_reference
    assert found["DATABASE_URL"].source is not None
    assert (found["DATABASE_URL"].source.value, found["DATABASE_URL"].readers) == ("reference", ("backend/main.py:3",))
    assert "real-mail-key" not in repr(found)
    assert since.writes == []


async def test_cost_is_the_sum_of_what_the_platform_estimates(deployed: QuietProject) -> None:
    since = deployed.since()
    async with deployed.session() as run:
        report = await read_cost(run)

    assert report.project == "quiet"
    assert report.dollars == sum(line.dollars for line in report.lines)
    assert since.writes == []
    lines = (CostLine("memory", 2.0, "GB", 1.25), CostLine("cpu", 1.0, "vCPU", 0.5))
    assert CostReport("quiet", lines, billed=True).dollars == 1.75


async def test_cost_without_a_project_is_an_error(quiet: QuietProject) -> None:
    async with quiet.session() as run:
        with pytest.raises(FailedError) as failed:
            await read_cost(run)
    assert failed.value.code == "phases.no-project"
