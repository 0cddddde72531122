"""Statuses and error shapes as recorded of the real API; credentials, budget, recorder."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.manual_clock import ManualClock
from tests.support.standin_api import Api, archive
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

PROJECT = "query($id: String!) { project(id: $id) { id name } }"
UNKNOWN = "00000000-0000-4000-8000-00000000dead"


@pytest.fixture
async def workspace_api(standin: Standin) -> AsyncIterator[Api]:
    async with Api(standin, {"Authorization": f"Bearer {standin.tokens.workspace}"}) as client:
        yield client


@pytest.fixture
async def nobody(standin: Standin) -> AsyncIterator[Api]:
    async with Api(standin, {}) as client:
        yield client


async def test_unparsable_document_is_400_parse_failed(api: Api) -> None:
    response = await api.post("query {")
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"


async def test_unknown_field_is_400_validation_failed_without_data(api: Api) -> None:
    response = await api.post("{ me { idd } }")
    error = response.json()["errors"][0]
    assert response.status_code == 400
    assert "data" not in response.json()
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "Did you mean 'id'" in error["message"]
    assert error["traceId"].isdecimal()


async def test_status_successful_only_of_the_docs_is_400(api: Api) -> None:
    text = "{ deployments(input: {status: {successfulOnly: true}}) { edges { node { id } } } }"
    assert (await api.post(text)).status_code == 400


@pytest.mark.parametrize("variables", [{}, {"id": 7}, {"id": None}])
async def test_wrong_variables_are_400_bad_user_input(api: Api, variables: dict[str, Any]) -> None:
    response = await api.post(PROJECT, **variables)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_serialized_config_as_a_string_is_400(api: Api) -> None:
    text = "mutation($input: TemplateDeployV2Input!) { templateDeployV2(input: $input) { projectId } }"
    response = await api.post(text, input={"templateId": "x", "serializedConfig": "{}"})
    assert response.status_code == 400


async def test_not_authorized_is_200_with_internal_server_error_and_null_data(api: Api) -> None:
    response = await api.post(PROJECT, id=UNKNOWN)
    body = response.json()
    assert response.status_code == 200
    assert body["data"] is None
    error = body["errors"][0]
    assert error["message"] == "Not Authorized"
    assert error["path"] == ["project"]
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}
    assert len(error["traceId"]) in {18, 19}


async def test_nobody_may_introspect_and_read_templates_and_nothing_else(nobody: Api) -> None:
    assert (await nobody.ask("{ __schema { queryType { name } } }"))["__schema"]
    assert (await nobody.ask('{ template(code: "postgres") { name } }'))["template"]["name"] == "Postgres"
    assert await nobody.refusal("{ me { id } }") == "Not Authorized"
    assert await nobody.refusal("{ apiToken { workspaces { id } } }") == "Not Authorized"


async def test_a_workspace_token_sees_its_workspace_and_is_refused_me(workspace_api: Api) -> None:
    assert await workspace_api.workspace()
    assert await workspace_api.refusal("{ me { id } }") == "Not Authorized"
    assert await workspace_api.project()


async def test_a_project_token_sees_one_environment_by_its_own_header(api: Api, standin: Standin) -> None:
    project, environment = await api.project()
    other, _ = await api.project("other")
    made = await api.ask(
        "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }",
        i={"projectId": project, "name": "staging"},
    )
    given = {"projectId": project, "environmentId": environment, "name": "ci"}
    text = "mutation($i: ProjectTokenCreateInput!) { projectTokenCreate(input: $i) }"
    token = (await api.ask(text, i=given))["projectTokenCreate"]
    async with Api(standin, {"Project-Access-Token": token}) as ci:
        seen = await ci.ask("{ projectToken { projectId environmentId project { name } } }")
        assert seen["projectToken"] == {
            "projectId": project,
            "environmentId": environment,
            "project": {"name": "shop"},
        }
        assert (await ci.ask(PROJECT, id=project))["project"]["id"] == project
        assert await ci.refusal(PROJECT, id=other) == "Not Authorized"
        environment_query = "query($id: String!) { environment(id: $id) { id } }"
        staging = made["environmentCreate"]["id"]
        assert await ci.refusal(environment_query, id=staging) == "Not Authorized"
        assert await ci.refusal("{ me { id } }") == "Not Authorized"
        assert await ci.refusal('mutation { projectCreate(input: {name: "x"}) { id } }') == "Not Authorized"
    async with Api(standin, {"Authorization": f"Bearer {token}"}) as wrong_header:
        assert await wrong_header.refusal(PROJECT, id=project) == "Not Authorized"
    async with Api(standin, {"Project-Access-Token": "no-such-token"}) as bad:
        assert await bad.refusal("{ projectToken { id } }") == "Project Token not found"


async def test_an_account_token_is_no_project_token(api: Api) -> None:
    assert await api.refusal("{ projectToken { id } }") == "Project Token not found"


async def test_other_paths_and_methods_are_404_json(api: Api) -> None:
    origin = api.standin.url.removesuffix("/graphql/v2")
    for response in (await api.http.get(f"{origin}/nowhere"), await api.http.get(api.standin.url)):
        assert response.status_code == 404
        assert response.json()["message"] == "Not Found"
        assert response.json()["requestId"]


async def test_hourly_budget_is_counted_per_token_and_ends_in_429_with_retry_after(tmp_path: Path) -> None:
    async with ManualClock() as clock:
        settings = Settings(read_lag=0, requests_per_hour=3)
        async with serve(settings, tmp_path, clock) as standin, Api(standin) as api:
            with clock.busy():
                responses = [await api.post("{ platformStatus { isStable } }") for _ in range(4)]
            assert [response.headers["X-RateLimit-Remaining"] for response in responses] == ["2", "1", "0", "0"]
            assert [response.status_code for response in responses] == [200, 200, 200, 429]
            assert int(responses[3].headers["Retry-After"]) == 3600
            assert responses[3].json()["errors"][0]["message"] == "Rate limit exceeded"
            async with Api(standin, {"Authorization": f"Bearer {standin.tokens.workspace}"}) as other:
                assert (await other.post("{ platformStatus { isStable } }")).status_code == 200
            await clock.sleep(3600)
            assert (await api.post("{ platformStatus { isStable } }")).status_code == 200


async def test_cooldown_refuses_a_second_project_within_thirty_seconds(tmp_path: Path) -> None:
    async with ManualClock() as clock:
        settings = Settings(read_lag=0, cooldowns={"project": 30})
        async with serve(settings, tmp_path, clock) as standin, Api(standin) as api:
            with clock.busy():
                await api.project()
                text = 'mutation { projectCreate(input: {name: "second"}) { id } }'
                assert "creating projects too quickly" in await api.refusal(text)
            await clock.sleep(30)
            assert await api.project("second")


async def test_every_request_is_recorded_and_no_secret_of_it(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    await api.set((project, environment, service), PASSWORD="correct horse battery staple")
    await api.post("{ nonsense }")
    requests = await api.control("requests")
    assert [one["roots"] for one in requests][-2:] == [["variableCollectionUpsert"], []]
    assert requests[-2]["variables"]["input"]["variables"] == {"PASSWORD": "••••••"}
    assert requests[-1]["status"] == 400
    assert "correct horse" not in str(await api.control("state")) + str(requests)


async def test_a_hook_stands_around_an_operation(api: Api, standin: Standin) -> None:
    seen: list[str] = []

    async def hook(operation: Any, proceed: Any) -> Any:
        response = await proceed()
        seen.append(operation.name)
        response.status_code = 504
        return response

    standin.gateway.hooks.append(hook)
    response = await api.post('mutation Make { projectCreate(input: {name: "x"}) { id } }')
    standin.gateway.hooks.clear()
    assert response.status_code == 504
    assert seen == ["Make"]
    found = await api.ask("{ projects { edges { node { name } } } }")
    assert [edge["node"]["name"] for edge in found["projects"]["edges"]] == ["x"]


@pytest.mark.parametrize("content", [b"no archive", archive({"a": "b"})[:40]], ids=["no gzip", "a cut one"])
async def test_an_upload_that_is_no_gzipped_tar_is_400_with_a_message(api: Api, content: bytes) -> None:
    project, environment = await api.project()
    response = await api.upload((project, environment, await api.service(project)), content)
    assert response.status_code == 400
    assert response.json()["message"]


async def test_upload_to_a_service_without_instance_there_is_404(api: Api) -> None:
    project, environment = await api.project()
    assert (await api.upload((project, environment, UNKNOWN), {"a": "b"})).status_code == 404


async def test_upload_above_the_limit_is_413_in_plain_text(tmp_path: Path) -> None:
    async with serve(Settings(read_lag=0, upload_limit_mb=0), tmp_path) as standin, Api(standin) as api:
        project, environment = await api.project()
        response = await api.upload((project, environment, await api.service(project)), {"a": "b"})
        assert response.status_code == 413
        assert response.headers["content-type"].startswith("text/plain")
