"""The tiny application through all phases against the local Railway: first runs, runs again, single phases."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.applications import TINY, Application, copy_application
from tests.support.reads import needless_reads
from tests.support.runs import Client, Heard, Since, asker
from tests.support.sandboxes import why_not
from tests.support.standin_api import Api, eventually
from wizard.compose import rehearse
from wizard.errors import RefusedError
from wizard.events import ChangePlanned, PhaseChanged, RunStarted, Status, TargetNamed, Verdict
from wizard.options import Faces, Options
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.standin.server import Standin
from wizard.standin.state.rows import Project, Service, TcpProxy

pytestmark = pytest.mark.asyncio(loop_scope="module")

BROKEN_MIGRATION = """
revision = "0003"
down_revision = "0002"


def upgrade():
    raise RuntimeError("no such table: colours")
"""

DEPLOYED = dict.fromkeys([phase.value for phase in Phase], "done")
SEEN = {
    *("health.backend", "docs.backend", "openapi.backend", "register.backend", "login.backend", "stored.backend"),
    *("admin.backend", "cors.backend", "sweep.backend"),
}


@dataclass(frozen=True, slots=True)
class Release:
    """An application that has been deployed and verified, and how that went."""

    application: Application
    client: Client
    first: Heard
    requests: Since

    async def deploy(self, *phases: Phase) -> Heard:
        return await self.client.deploy(self.application, *phases)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def verified(standin: Standin, tmp_path_factory: pytest.TempPathFactory) -> Release:
    application = copy_application(TINY, tmp_path_factory.mktemp("tiny") / "app")
    client, since = Client(standin, tmp_path_factory.mktemp("state")), Since(standin)
    heard = await client.deploy(application)
    since.stop()
    return Release(application, client, heard, since)


@pytest.fixture
def release(verified: Release) -> Iterator[Release]:
    """The verified release; its files are as they were when the test has ended."""
    before = verified.application.snapshot()
    yield verified
    verified.application.restore(before)


async def test_a_rehearsal_verifies_the_application_and_leaves_nothing(tmp_path: Path) -> None:
    heard, state = Heard(), tmp_path / "state"
    options = Options(folder=TINY, command="rehearse", variables={"RAILWIZARD_STATE": str(state)})

    finished = await rehearse(options, Faces(listeners=(heard,), asker=asker()))

    assert (finished.result.value, finished.exit_code) == ("verified", 0), heard.why()
    assert heard.phases == DEPLOYED
    assert {check.check for check in finished.checks if check.verdict is Verdict.PASSED} >= {*SEEN, "outage.backend"}
    assert all(check.seen.id for check in finished.checks)
    assert heard.of(RunStarted)[0].tier == ("process" if why_not() else "sandbox")
    assert not list(state.rglob("*")) or not list((state / "rehearsals").iterdir())


async def test_a_first_deployment_is_verified(verified: Release) -> None:
    assert (verified.first.finished.result.value, verified.first.finished.exit_code) == ("verified", 0), (
        verified.first.why()
    )
    assert verified.first.phases == DEPLOYED
    assert {check.check for check in verified.first.finished.checks if check.verdict is Verdict.PASSED} >= SEEN


async def test_a_first_deployment_asks_the_platform_little(verified: Release) -> None:
    assert len(verified.requests.requests) <= 70
    assert needless_reads(verified.requests, verified.first) == []


async def test_the_result_counts_every_request(verified: Release) -> None:
    assert verified.first.finished.requests == len(verified.requests.requests)
    assert verified.first.finished.mutations == len(verified.requests.writes)


async def test_again_changes_nothing(release: Release, standin: Standin) -> None:
    since = Since(standin)

    heard = await release.deploy()

    assert heard.finished.exit_code == 0, heard.why()
    assert since.writes == []
    assert heard.finished.mutations == 0
    assert heard.finished.requests == len(since.requests) <= 12
    assert heard.phases["deploy"] == heard.phases["project"] == heard.phases["variables"] == "unchanged"
    assert needless_reads(since, heard) == []


async def test_without_its_journal_nothing_is_made_twice(release: Release, standin: Standin) -> None:
    for journal in release.client.journals():
        journal.unlink()
    since = Since(standin)

    heard = await release.deploy()

    assert heard.finished.exit_code == 0, heard.why()
    assert since.writes == []


async def test_a_changed_value_is_one_write_that_deploys_nothing_and_then_one_upload(
    release: Release, standin: Standin
) -> None:
    release.application.set_variable("GREETING", "hello")
    since = Since(standin)

    heard = await release.deploy(Phase.VARIABLES)

    assert (heard.finished.result.value, heard.finished.exit_code) == ("applied", 0), heard.why()
    [upsert] = since.named("variableCollectionUpsert")
    assert upsert.variables["input"]["skipDeploys"] is True
    assert list(upsert.variables["input"]["variables"]) == ["GREETING"]
    assert len(since.changes) == 1
    assert (heard.phases["deploy"], heard.phases["verify"]) == ("stale", "stale")

    since = Since(standin)
    heard = await release.deploy(Phase.DEPLOY, Phase.MIGRATE, Phase.ADMIN, Phase.VERIFY)

    assert (heard.finished.result.value, heard.finished.exit_code) == ("verified", 0), heard.why()
    assert [request.kind for request in since.requests if request.kind == "upload"] == ["upload"]
    assert {"serviceCreate", "variableCollectionUpsert", "projectCreate"}.isdisjoint(since.writes)


async def test_a_failing_migration_leaves_the_first_version_serving(release: Release, standin: Standin) -> None:
    await release.deploy()
    release.application.write("backend/alembic/versions/0003_broken.py", BROKEN_MIGRATION)

    heard = await release.deploy()

    assert (heard.finished.result.value, heard.finished.exit_code) == ("failed", 1)
    [error] = heard.errors
    assert error.step == "deploy.backend"
    assert any("no such table: colours" in line for line in error.lines), error.lines
    assert (heard.phases["deploy"], heard.phases["migrate"]) == ("failed", "skipped")
    assert (heard.phases["admin"], heard.phases["verify"]) == ("skipped", "skipped")
    assert await _serves(standin, release)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def unhealthy(verified: Release) -> Heard:
    """What was heard of a second version that answers its health check with 404."""
    before = verified.application.snapshot()
    await verified.client.deploy(verified.application)
    verified.application.edit(
        "wizard.toml", 'health = { path = "/health", timeout = 60 }', 'health = { path = "/healthy", timeout = 4 }'
    )
    heard = await verified.client.deploy(verified.application)
    verified.application.restore(before)
    return heard


async def test_a_version_that_never_gets_healthy_leaves_the_first_serving(
    verified: Release, unhealthy: Heard, standin: Standin
) -> None:
    assert (unhealthy.finished.result.value, unhealthy.finished.exit_code) == ("failed", 1)
    [error] = unhealthy.errors
    assert (error.step, error.what.params["step"]) == ("deploy.backend", "HEALTHCHECK")
    assert unhealthy.phases["verify"] == "skipped"
    assert await _serves(standin, verified)


async def test_a_failed_health_check_tells_what_it_tried(unhealthy: Heard) -> None:
    """What was asked, what came back, and where the path stands that is served instead."""
    [error] = unhealthy.errors
    assert (error.why.id, error.why.params["path"], error.why.params["right"]) == (
        "diagnosis.health-path",
        "/healthy",
        "/health",
    )
    assert error.why.params["status"] == "404"
    assert any("failed with status 404" in line for line in error.lines), error.lines
    assert any('"GET /healthy ' in line for line in error.lines), error.lines
    assert 'health = { path = "/healthy", timeout = 4 }' in error.lines


async def test_without_an_answer_nobody_can_give_nothing_is_created(
    standin: Standin, client: Client, application: Application
) -> None:
    table = "[services.backend.variables]\n"
    asked = 'MAIL_KEY = { secret = "keyring" }\nPAYMENT_KEY = { secret = "keyring" }\n'
    application.edit("wizard.toml", table, table + asked)
    since = Since(standin)

    heard = await client.deploy(application)

    assert (heard.finished.result.value, heard.finished.exit_code) == ("needs-input", 3)
    ids = str(heard.errors[-1].what.params["ids"])
    assert {"variable.backend.MAIL_KEY", "variable.backend.PAYMENT_KEY"} <= set(ids.replace(",", " ").split())
    assert "RAILWIZARD_ANSWER_VARIABLE_BACKEND_MAIL_KEY" in ids
    assert since.writes == []


async def test_a_namesake_is_never_taken_without_a_named_answer(
    standin: Standin, client: Client, tmp_path: Path
) -> None:
    async with Api(standin) as api:
        await api.project("shared-name")
    await eventually(lambda: _readable(standin, "shared-name"))
    namesake = copy_application(TINY, tmp_path / "app", "shared-name")
    since = Since(standin)

    unanswered = await client.deploy(namesake)
    beside = await client.deploy(namesake, Phase.PROJECT, answers={"project.adopt": "new"})

    assert unanswered.finished.exit_code == 3
    assert "project.adopt (RAILWIZARD_ANSWER_PROJECT_ADOPT)" in str(unanswered.errors[0].what.params["ids"])
    assert beside.finished.exit_code == 0, beside.why()
    assert len(since.named("projectCreate")) == 1
    assert [row.name for row in standin.gateway.railway.tables.all(Project)].count("shared-name") == 2


async def test_a_dry_run_says_what_it_would_do_and_does_nothing(
    standin: Standin, client: Client, application: Application
) -> None:
    since = Since(standin)

    heard = await client.deploy(application, scope=Scope(apply=False))

    assert heard.finished.exit_code == 0, heard.why()
    planned = {(one.phase, one.change.resource, one.change.field) for one in heard.of(ChangePlanned)}
    assert planned >= {
        ("project", "project", "project"),
        ("project", "postgres", "database"),
        ("project", "backend", "service"),
        ("variables", "backend", "JWT_SECRET"),
        ("deploy", "backend", "deployment"),
    }
    assert since.writes == []


async def test_an_answer_typed_beforehand_is_used_and_never_shown(
    standin: Standin, client: Client, application: Application
) -> None:
    application.edit(
        "wizard.toml",
        "[services.backend.variables]\n",
        '[services.backend.variables]\nMAIL_KEY = { secret = "keyring" }\n',
    )
    answers = {"variable.backend.MAIL_KEY": "5e9tine1-mail-key"}

    heard = await client.deploy(application, Phase.PROJECT, Phase.VARIABLES, answers=answers)

    assert (heard.finished.result.value, heard.finished.exit_code) == ("applied", 0), heard.why()
    async with Api(standin) as api:
        found = {(row["name"], row["project_id"]): row for row in (await api.control("state"))["Service"]}
        [service] = [
            row for (name, _), row in found.items() if name == "backend" and row["project_id"] == _project(heard)
        ]
        scope = (service["project_id"], _environment(heard), service["id"])
        assert (await api.variables(scope))["MAIL_KEY"] == answers["variable.backend.MAIL_KEY"]
    assert "5e9tine1" not in repr(heard.stamped)


async def test_a_second_run_at_the_same_time_is_refused_and_an_interrupted_one_is_taken_up_again(
    standin: Standin, client: Client, application: Application
) -> None:
    heard, since = Heard(), Since(standin)
    first = asyncio.create_task(client.deploy(application, heard=heard))
    await eventually(lambda: _running(first, heard, Phase.PROJECT))

    with pytest.raises(RefusedError) as refused:
        await client.deploy(application)
    assert refused.value.params["pid"] == str(os.getpid())

    await eventually(lambda: _running(first, heard, Phase.VERIFY))
    assert _proxies(standin, heard)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first

    assert (heard.finished.result.value, heard.finished.exit_code) == ("interrupted", 130)
    assert _proxies(standin, heard) == []

    again = await client.deploy(application)

    assert (again.finished.result.value, again.finished.exit_code) == ("verified", 0), again.why()
    assert _names(standin, _project(again)) == ["backend", "postgres"]
    assert len(since.named("projectCreate")) == len(since.named("templateDeployV2")) == 1
    assert [request.kind for request in since.requests].count("upload") == 1
    assert _proxies(standin, again) == []


async def _readable(standin: Standin, project: str) -> bool:
    """Reads lag behind writes: tell whether a query would show the project by now."""
    return any(row.name == project for row in standin.gateway.railway.store.replica.all(Project))


async def _serves(standin: Standin, release: Release) -> bool:
    address = dict(release.first.finished.urls)["backend"].removeprefix("http://")
    async with Api(standin) as api:
        return (await api.get(address, "/health")).status_code == 200


async def _running(run: asyncio.Task[Heard], heard: Heard, phase: Phase) -> bool:
    assert not run.done(), heard.why()
    return any(one.phase == phase.value and one.status is Status.RUNNING for one in heard.of(PhaseChanged))


def _project(heard: Heard) -> str:
    return heard.of(TargetNamed)[0].project_id


def _environment(heard: Heard) -> str:
    return heard.of(TargetNamed)[0].environment_id


def _proxies(standin: Standin, heard: Heard) -> list[TcpProxy]:
    return standin.gateway.railway.tables.where(TcpProxy, environment_id=_environment(heard))


def _names(standin: Standin, project: str) -> list[str]:
    return sorted(row.name for row in standin.gateway.railway.tables.where(Service, project_id=project))
