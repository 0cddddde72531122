"""Answers that need more than one look: workflows, domains made too early, staged changes, lost deletes."""

from typing import Any

import pytest

from tests.support.railway_api import data, error, scripted
from tests.support.raw_http import answered
from wizard.errors import FailedError, PlatformError, RefusedError
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Group, Handle, Kind
from wizard.railway.settings import memory_patch

GROUP = Group(Handle("railway", Kind.PROJECT, "p", "demo"), Handle("railway", Kind.ENVIRONMENT, "e", "production"))
SERVICE = Handle("railway", Kind.SERVICE, "s", "backend")
PROXY = Handle("railway", Kind.PROXY, "x", "proxy")
LOST = answered(b"", status=504)
TEMPLATE = data(
    template={
        "id": "t",
        "name": "Postgres",
        "serializedConfig": {"services": {"a": {"name": "Postgres", "source": {"image": "postgres:18"}}}},
    }
)
STARTED = data(templateDeployV2={"projectId": "p", "workflowId": "w"})
NOTHING_STAGED = data(environment={"id": "e", "unmergedChangesCount": 0})


def connection(*nodes: dict[str, Any], after: str | None = None) -> dict[str, Any]:
    return {"edges": [{"node": n} for n in nodes], "pageInfo": {"hasNextPage": bool(after), "endCursor": after}}


def workflow(status: str, *services: str, reason: str | None = None, after: str | None = None) -> bytes:
    nodes = ({"id": name, "name": name, "deletedAt": None} for name in services)
    found = {"id": "p", "services": connection(*nodes, after=after)}
    return data(workflowStatus={"status": status, "error": reason}, project=found)


async def test_a_workflow_that_is_not_there_yet_is_lag() -> None:
    answers = [TEMPLATE, STARTED, workflow("NotFound"), workflow("Running"), workflow("Complete", "db")]
    async with scripted(*answers) as railway:
        made = await railway.platform.datastores.create(GROUP, "db", "postgres", 16)
    assert made.handle == Handle("railway", Kind.DATABASE, "db", "db")
    sent = railway.sent(1)["variables"]["input"]
    assert sent["serializedConfig"]["services"]["a"] == {"name": "db", "source": {"image": "postgres:16"}}
    assert railway.clock.slept == [2.0, 3.0, 5.0]


async def test_a_service_on_a_later_page_is_found() -> None:
    later = data(project={"id": "p", "services": connection({"id": "7", "name": "db", "deletedAt": None})})
    async with scripted(TEMPLATE, STARTED, workflow("Complete", "other", after="c"), later) as railway:
        made = await railway.platform.datastores.create(GROUP, "db", "postgres", None)
    assert made.handle
    assert made.handle.id == "7"


async def test_a_failed_workflow_is_told() -> None:
    async with scripted(TEMPLATE, STARTED, workflow("Error", reason="no capacity")) as railway:
        with pytest.raises(FailedError) as raised:
            await railway.platform.datastores.create(GROUP, "db", "postgres", None)
    assert (raised.value.code, raised.value.params["reason"]) == ("railway.template-failed", "no capacity")


@pytest.mark.parametrize("answers", [[TEMPLATE, LOST], [TEMPLATE, STARTED, workflow("Running")]], ids=["lost", "late"])
async def test_a_database_nobody_saw_come_is_ambiguous(answers: list[bytes]) -> None:
    async with scripted(*answers) as railway:
        made = await railway.platform.datastores.create(GROUP, "db", "postgres", None)
    assert (made.handle, made.answer) == (None, Answer.AMBIGUOUS)
    assert railway.operations.count("DeployTemplate") == 1


async def test_an_engine_without_a_template_is_told() -> None:
    async with scripted(TEMPLATE) as railway:
        with pytest.raises(FailedError) as raised:
            await railway.platform.datastores.create(GROUP, "db", "oracle", None)
    assert raised.value.code == "railway.no-template"


def proxies(*ids: str, status: str = "ACTIVE") -> bytes:
    found = [
        {"id": i, "domain": "w.proxy.rlwy.net.", "proxyPort": 1, "applicationPort": 5432, "createdAt": None}
        for i in ids
    ]
    found = [{**one, "syncStatus": status} for one in found]
    return data(environment={"id": "e", "unmergedChangesCount": 0}, tcpProxies=found)


async def test_a_proxy_that_never_opens_is_told() -> None:
    async with scripted(NOTHING_STAGED, data(environmentPatchCommit="patch"), proxies()) as railway:
        with pytest.raises(PlatformError) as raised:
            await railway.platform.datastores.open_proxy(GROUP, SERVICE, 5432, "ab12")
    assert raised.value.code == "railway.proxy-late"


async def test_a_proxy_loses_the_dot_of_its_host() -> None:
    async with scripted(NOTHING_STAGED, data(environmentPatchCommit="patch"), proxies(), proxies("x")) as railway:
        proxy = await railway.platform.datastores.open_proxy(GROUP, SERVICE, 5432, "ab12")
    assert (proxy.host, proxy.port, proxy.target_port) == ("w.proxy.rlwy.net", 1, 5432)


@pytest.mark.parametrize("answer", [LOST, error("Not Authorized"), error("Problem processing request")])
@pytest.mark.parametrize("still_there", [True, False])
async def test_a_doubtful_closing_is_looked_at(answer: bytes, *, still_there: bool) -> None:
    after = proxies("x") if still_there else proxies()
    async with scripted(proxies("x"), answer, after) as railway:
        await railway.platform.datastores.proxies(GROUP, SERVICE)
        if still_there:
            with pytest.raises(Exception, match=r"railway\."):
                await railway.platform.datastores.close_proxy(PROXY)
        else:
            await railway.platform.datastores.close_proxy(PROXY)


async def test_a_leftover_proxy_is_believed_gone_only_when_railway_denies_it() -> None:
    async with scripted(error("Not Authorized")) as railway:
        await railway.platform.datastores.close_proxy(PROXY)
    async with scripted(LOST) as railway:
        with pytest.raises(LostAnswerError):
            await railway.platform.datastores.close_proxy(PROXY)


async def test_a_domain_that_cannot_be_made_yet_is_asked_for_again() -> None:
    made = data(serviceDomainCreate={"id": "d", "domain": "x.up.railway.app", "targetPort": 80})
    refused = error("Failed to create service domain, please try again")
    async with scripted(refused, refused, made) as railway:
        receipt = await railway.platform.services.create_domain(GROUP, SERVICE, 80)
    assert receipt.handle == Handle("railway", Kind.DOMAIN, "d", "x.up.railway.app")
    assert railway.clock.slept == [5.0, 5.0]


async def test_a_domain_that_can_never_be_made_is_given_up() -> None:
    async with scripted(error("Failed to create service domain, please try again")) as railway:
        with pytest.raises(FailedError) as raised:
            await railway.platform.services.create_domain(GROUP, SERVICE, 80)
    assert raised.value.code == "railway.domain-not-ready"
    assert len(railway.requests) == 5


async def test_what_somebody_stages_in_the_same_moment_is_not_committed() -> None:
    staged = data(
        environmentStageChanges={"id": "1", "status": "STAGED", "patch": {"services": {"s": {}, "theirs": {"a": 1}}}}
    )
    async with scripted(NOTHING_STAGED, staged) as railway:
        with pytest.raises(RefusedError) as raised:
            await railway.platform.services.delete_variables(GROUP, SERVICE, ("A",))
    assert raised.value.code == "railway.staged-meanwhile"
    assert "CommitStaged" not in railway.operations


async def test_a_memory_limit_is_a_patch_that_deploys_nothing() -> None:
    staged = data(environmentStageChanges={"id": "1", "status": "STAGED", "patch": {"services": {"s": {}}}})
    async with scripted(NOTHING_STAGED, staged, data(environmentPatchCommitStaged="1")) as railway:
        await railway.platform.services.configure(GROUP, SERVICE, {"memory_gb": 0.5})
    assert railway.operations == ["ReadStagedCount", "StageChanges", "CommitStaged"]
    assert railway.sent(1)["variables"]["input"]["services"]["s"] == memory_patch(0.5)
    assert "skipDeploys: true" in railway.sent(2)["query"]


async def test_environments_that_differ_only_by_case_are_refused() -> None:
    nodes = [{"id": "1", "name": "Production"}, {"id": "2", "name": "PRODUCTION"}]
    async with scripted(data(project={"id": "p", "name": "demo", "environments": connection(*nodes)})) as railway:
        with pytest.raises(FailedError) as raised:
            await railway.platform.groups.locate("p", "production")
    assert raised.value.code == "railway.ambiguous-environment"


async def test_an_exact_name_wins_over_one_of_other_case() -> None:
    nodes = [{"id": "1", "name": "Production"}, {"id": "2", "name": "production"}]
    async with scripted(data(project={"id": "p", "name": "demo", "environments": connection(*nodes)})) as railway:
        found = await railway.platform.groups.locate("p", "production")
    assert found
    assert found.environment.id == "2"


async def test_a_deployment_without_a_snapshot_tells_no_variables() -> None:
    async with scripted(data(deploymentSnapshot=None)) as railway:
        assert await railway.platform.deployments.variables(SERVICE) is None
    async with scripted(error("Problem processing request")) as railway:
        assert await railway.platform.deployments.variables(SERVICE) is None
