"""Where a naive double lies: plain results, opaque scalars, headers. A test a row, in the row's own words."""

import re
from typing import Any

import pytest

from tests.support.standin_api import HELLO_FILES, Api

pytestmark = pytest.mark.asyncio(loop_scope="module")

BOOLEANS = """deploymentRollback deploymentRestart deploymentCancel deploymentStop deploymentRemove deploymentApprove
    customDomainUpdate customDomainDelete serviceDomainUpdate serviceDomainDelete serviceInstanceRedeploy
    serviceInstanceDeploy serviceInstanceUpdate variableUpsert variableCollectionUpsert variableDelete
    projectDelete projectScheduleDelete environmentDelete serviceDelete volumeDelete"""
STRINGS = "serviceInstanceDeployV2 projectTokenCreate environmentPatchCommit environmentPatchCommitStaged"


async def test_boolean_mutations_are_plain_booleans_and_others_plain_strings(shared: Api) -> None:
    """Objects. A selection on them is a 400."""
    text = "{ __schema { mutationType { fields { name type { ofType { name } } } } } }"
    fields = (await shared.ask(text))["__schema"]["mutationType"]["fields"]
    results = {field["name"]: (field["type"]["ofType"] or {}).get("name") for field in fields}
    assert {results[name] for name in BOOLEANS.split()} == {"Boolean"}
    assert {results[name] for name in STRINGS.split()} == {"String"}
    response = await shared.post('mutation { deploymentRollback(id: "x") { id } }')
    assert response.status_code == 400
    project, environment = await shared.project()
    service = await shared.service(project, source={"image": "docker.io/acme/none:1"})
    deploy = "mutation($s: String!, $e: String!) { serviceInstanceDeployV2(serviceId: $s, environmentId: $e) }"
    assert isinstance((await shared.ask(deploy, s=service, e=environment))["serviceInstanceDeployV2"], str)


async def test_scalars_pass_through_opaquely_date_time_is_iso_8601_z_and_log_timestamps_are_strings(
    shared: Api,
) -> None:
    """Typed objects. EnvironmentVariables, EnvironmentConfig, DeploymentMeta, SubscriptionPlanLimit are JSON."""
    project, environment = await shared.project()
    service = await shared.service(project)
    await shared.set((project, environment, service), A="1")
    deployment = await shared.deployed((project, environment, service), HELLO_FILES)
    text = """query($p: String!, $e: String!, $s: String!, $d: String!) {
        project(id: $p) { createdAt subscriptionPlanLimit } environment(id: $e) { config(decryptVariables: true) }
        variables(projectId: $p, environmentId: $e, serviceId: $s)
        template(code: "postgres") { serializedConfig } deployment(id: $d) { meta createdAt }
        buildLogs(deploymentId: $d) { timestamp } __type(name: "Log") { fields { name type { ofType { name } } } } }"""
    found = await shared.ask(text, p=project, e=environment, s=service, d=deployment)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found["project"]["createdAt"])
    assert isinstance(found["project"]["subscriptionPlanLimit"], dict)
    assert found["environment"]["config"]["services"][service]["variables"] == {"A": {"value": "1"}}
    assert found["variables"]["A"] == "1"
    assert isinstance(found["template"]["serializedConfig"]["services"], dict)
    assert "serviceManifest" in found["deployment"]["meta"]
    assert re.fullmatch(r".*\.\d{9}Z", found["buildLogs"][0]["timestamp"])
    kinds = {field["name"]: (field["type"]["ofType"] or {}).get("name") for field in found["__type"]["fields"]}
    assert kinds["timestamp"] == "String"


async def test_rate_limit_headers_are_on_every_answer_per_token_and_shared_between_clients(shared: Api) -> None:
    """Absent."""

    def remaining(response: Any) -> int:
        assert {"x-ratelimit-limit", "x-ratelimit-reset"} <= {name.lower() for name in response.headers}
        return int(response.headers["X-RateLimit-Remaining"])

    first = remaining(await shared.post("{ me { id } }"))
    async with Api(shared.standin) as other:
        assert remaining(await other.post("{ me { id } }")) == first - 1
        assert remaining(await other.post("{ nonsense }")) == first - 2
        assert remaining(await other.post('{ project(id: "x") { id } }')) == first - 3
    async with Api(shared.standin, {"Authorization": f"Bearer {shared.standin.tokens.workspace}"}) as workspace:
        assert remaining(await workspace.post("{ apiToken { workspaces { id } } }")) > first


async def test_a_project_token_makes_and_removes_services_in_its_own_environment_alone(shared: Api) -> None:
    """Everywhere. What a field client does with nothing but such a token."""
    project, production = await shared.project()
    environment = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"
    staging = (await shared.ask(environment, i={"projectId": project, "name": "staging"}))["environmentCreate"]["id"]
    both = await shared.service(project, "both")
    create = "mutation($i: ProjectTokenCreateInput!) { projectTokenCreate(input: $i) }"
    given = {"projectId": project, "environmentId": staging, "name": "ci"}
    token = (await shared.ask(create, i=given))["projectTokenCreate"]
    instance = "query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) { id } }"
    async with Api(shared.standin, {"Project-Access-Token": token}) as ci:
        mine = await ci.service(project, "mine", environmentId=staging)
        assert await ci.ask(instance, s=mine, e=staging)
        assert (await ci.upload((project, staging, mine), HELLO_FILES)).status_code == 200
        assert await ci.ask("mutation($id: String!) { serviceDelete(id: $id) }", id=both)
        assert await ci.refusal(instance, s=both, e=staging) == "ServiceInstance not found"
    assert await shared.refusal(instance, s=mine, e=production) == "ServiceInstance not found"
    assert await shared.ask(instance, s=both, e=production)
