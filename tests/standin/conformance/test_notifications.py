"""Events and the rules that tell of them: what is sent to a webhook, to which, and what is refused by name."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.support.quiet_machine import UNBUILDABLE, QuietMachine
from tests.support.raw_http import answered, raw_server
from tests.support.standin_api import Api, eventually
from wizard.standin.server import serve
from wizard.standin.settings import Settings
from wizard.standin.state.records import NotificationDelivery

CREATE = """mutation($i: CreateNotificationRuleInput!) { notificationRuleCreate(input: $i) {
    id eventTypes severities projectId ephemeralEnvironments channels { id config } } }"""
UPDATE = """mutation($id: String!, $i: UpdateNotificationRuleInput!) { notificationRuleUpdate(id: $id, input: $i) {
    eventTypes channels { config } } }"""
DELETE = "mutation($id: String!) { notificationRuleDelete(id: $id) }"
RULES = "query($w: String!, $p: String) { notificationRules(workspaceId: $w, projectId: $p) { id eventTypes } }"
EVENTS = """query($p: String!, $e: String, $f: EventFilterInput, $n: Int) {
    events(projectId: $p, environmentId: $e, filter: $f, first: $n) { edges { node {
        object action severity payload environmentId project { name } environment { name } } }
        pageInfo { hasNextPage } } }"""
TEST = "mutation($u: String!, $p: String!) { webhookTest(url: $u, payload: $p) }"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def quiet(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Api]:
    settings = Settings(read_lag=0, requests_per_hour=100_000)
    folder = tmp_path_factory.mktemp("standin")
    async with serve(settings, folder, machine=QuietMachine()) as standin, Api(standin) as api:
        yield api


async def deployed(api: Api, project: str, environment: str, *, broken: bool = False) -> str:
    service = await api.service(project)
    files = {"app.py": ""} | ({UNBUILDABLE: ""} if broken else {})
    await api.deployed((project, environment, service), files, "FAILED" if broken else "SUCCESS")
    return service


async def rule(api: Api, port: int, *types: str, **more: Any) -> dict[str, Any]:
    config = {"type": "webhook", "url": f"http://127.0.0.1:{port}/hook?a=1", "headers": {"X-Key": "sesame"}}
    given = {"workspaceId": await api.workspace(), "eventTypes": types, "channelConfigs": [config], **more}
    return dict((await api.ask(CREATE, i=given))["notificationRuleCreate"])


def deliveries(api: Api) -> list[NotificationDelivery]:
    return api.standin.gateway.railway.tables.all(NotificationDelivery)


async def test_deployment_failed_reaches_the_webhook_of_its_rule_and_no_other(quiet: Api) -> None:
    project, environment = await quiet.project("shop")
    other, _ = await quiet.project("other")
    async with raw_server(lambda _request: answered(b"ok")) as (port, seen):
        made = await rule(quiet, port, "Deployment.failed", projectId=project)
        await rule(quiet, port, "Deployment.failed", projectId=other)
        await rule(quiet, port, "Deployment.crashed", projectId=project)
        assert made["channels"][0]["config"]["url"].endswith("/hook?a=1")
        await deployed(quiet, project, environment, broken=True)

        async def arrived() -> bool:
            return any(row.rule_id == made["id"] for row in deliveries(quiet))

        await eventually(arrived)
        assert len(seen) == 1
        head, _, body = seen[0].partition(b"\r\n\r\n")
        assert head.startswith(b"POST /hook?a=1 HTTP/1.1")
        assert b"X-Key: sesame" in head
        told = json.loads(body)
    assert told["type"] == "Deployment.failed"
    assert told["severity"] == "WARNING"
    assert told["details"]["status"] == "FAILED"
    assert told["details"]["source"] == "CLI"
    assert told["resource"]["project"] == {"id": project, "name": "shop"}
    assert told["resource"]["environment"]["isEphemeral"] is False
    assert told["resource"]["deployment"]["id"] == told["details"]["id"]
    assert deliveries(quiet)[-1].status == "SENT"


async def test_notifications_to_other_machines_are_refused_by_name(quiet: Api) -> None:
    project, environment = await quiet.project()
    config = {"type": "webhook", "url": "https://hooks.example.com/x"}
    given = {"workspaceId": await quiet.workspace(), "eventTypes": ["Deployment.deployed"], "projectId": project}
    made = (await quiet.ask(CREATE, i={**given, "channelConfigs": [config, {"type": "email"}]}))[
        "notificationRuleCreate"
    ]
    await deployed(quiet, project, environment)

    async def noted() -> list[NotificationDelivery]:
        rows = [row for row in deliveries(quiet) if row.rule_id == made["id"]]
        return rows if len(rows) == 2 else []

    reasons = {row.target: row.reason or "" for row in await eventually(noted)}
    assert "hooks.example.com" in reasons["https://hooks.example.com/x"]
    assert "does not leave this machine" in reasons["email"]
    assert "hooks.example.com" in await quiet.refusal(TEST, u="https://hooks.example.com/x", p="{}")


async def test_notification_rules_are_listed_changed_and_deleted(quiet: Api) -> None:
    project, _ = await quiet.project()
    workspace = await quiet.workspace()
    made = await rule(quiet, 9, "Deployment.failed", projectId=project, severities=["WARNING"])
    assert made["severities"] == ["WARNING"]
    assert made["ephemeralEnvironments"] is False
    changed = await quiet.ask(UPDATE, id=made["id"], i={"eventTypes": ["Deployment.crashed"]})
    assert changed["notificationRuleUpdate"]["eventTypes"] == ["Deployment.crashed"]
    assert len(changed["notificationRuleUpdate"]["channels"]) == 1
    assert (await quiet.ask(RULES, w=workspace, p=project))["notificationRules"] == [
        {"id": made["id"], "eventTypes": ["Deployment.crashed"]}
    ]
    await quiet.ask(DELETE, id=made["id"])
    assert await quiet.refusal(DELETE, id=made["id"]) == "Not Authorized"
    assert (await quiet.ask(RULES, w=workspace, p=project))["notificationRules"] == []
    bad = {"workspaceId": workspace, "eventTypes": [], "channelConfigs": [{"type": "webhook", "url": "nowhere"}]}
    assert await quiet.refusal(CREATE, i=bad) == "Invalid webhook URL"


async def test_webhook_test_answers_the_status_it_got(quiet: Api) -> None:
    async with raw_server(lambda _request: answered(b"no", status=418)) as (port, seen):
        answer = await quiet.ask(TEST, u=f"http://localhost:{port}/", p='{"hello": 1}')
        assert answer["webhookTest"] == 418
        assert seen[0].endswith(b'{"hello": 1}')
    said = await quiet.refusal(TEST, u=f"http://127.0.0.1:{port}/", p="{}")
    assert "did not answer" in said


async def test_events_tell_what_happened_in_a_project_newest_first(quiet: Api) -> None:
    project, environment = await quiet.project("feed")
    service = await deployed(quiet, project, environment)
    await quiet.domain(service, environment)
    found = (await quiet.ask(EVENTS, p=project))["events"]["edges"]
    told = [f"{one['node']['object']}.{one['node']['action']}" for one in found]
    assert told[0] == "ServiceDomain.created"
    assert told[-2:] == ["Project.created", "Environment.created"] or told[-2:] == [
        "Environment.created",
        "Project.created",
    ]
    assert told.index("Deployment.deployed") < told.index("Deployment.building") < told.index("Service.created")
    node = next(one["node"] for one in found if one["node"]["action"] == "deployed")
    assert node["environment"]["name"] == "production"
    assert node["payload"]["serviceId"] == service
    wanted = {"object": {"in": ["Deployment"]}, "action": {"notIn": ["building", "deploying"]}}
    some = (await quiet.ask(EVENTS, p=project, e=environment, f=wanted, n=1))["events"]
    assert [one["node"]["action"] for one in some["edges"]] == ["deployed"]
    assert some["pageInfo"]["hasNextPage"] is False
