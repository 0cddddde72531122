"""Staged changes and committed patches: what they check, create, generate, hide and tell."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.standin_api import Api, eventually
from tests.support.subscriptions import subscribed
from wizard.standin.server import serve
from wizard.standin.settings import Settings

COMMIT = """mutation($e: String!, $p: EnvironmentConfig, $m: String) {
    environmentPatchCommit(environmentId: $e, patch: $p, commitMessage: $m) }"""
STAGE = """mutation($e: String!, $p: EnvironmentConfig!, $m: Boolean) {
    environmentStageChanges(environmentId: $e, input: $p, merge: $m) { id status patch } }"""
PATCH = "query($id: String!) { environmentPatch(id: $id) { status lastAppliedError appliedAt message } }"
CONFIG = "query($e: String!) { environment(id: $e) { config(decryptVariables: true) configEtag } }"
SERVICE = "10000000-0000-4000-8000-000000000001"
VOLUME = "20000000-0000-4000-8000-000000000002"


async def settled(api: Api, id_: str) -> dict[str, Any]:
    async def committed() -> dict[str, Any] | None:
        found = dict((await api.ask(PATCH, id=id_))["environmentPatch"])
        return found if found["status"] == "COMMITTED" else None

    return dict(await eventually(committed))


async def commit(api: Api, environment: str, patch: dict[str, Any], message: str | None = None) -> str | None:
    id_ = (await api.ask(COMMIT, e=environment, p=patch, m=message))["environmentPatchCommit"]
    error = (await settled(api, id_))["lastAppliedError"]
    return None if error is None else str(error)


async def config(api: Api, environment: str) -> dict[str, Any]:
    return dict((await api.ask(CONFIG, e=environment))["environment"]["config"])


async def test_a_service_with_its_volume_and_generated_secret_comes_from_one_patch(api: Api) -> None:
    project, environment = await api.project()
    section = {
        "isCreated": True,
        "name": "worker",
        "variables": {
            "SECRET": {"generator": 'secret(12, "ab")'},
            "LEVEL": {"defaultValue": "info", "isOptional": True},
            "NEITHER": {"description": "no value at all"},
            "AS_WRITTEN": {"value": "${{secret(8)}}"},
        },
        "volumeMounts": {VOLUME: {"mountPath": "/files"}},
    }
    volumes = {VOLUME: {"isCreated": True, "sizeMB": 100}}
    assert await commit(api, environment, {"services": {SERVICE: section}, "volumes": volumes}) is None
    found = await config(api, environment)
    assert found["services"][SERVICE]["volumeMounts"] == {VOLUME: {"mountPath": "/files"}}
    assert found["volumes"][VOLUME]["sizeMB"] == 100
    values = await api.variables((project, environment, SERVICE), unrendered=True)
    assert set(values) == {"SECRET", "LEVEL", "AS_WRITTEN"}
    assert len(values["SECRET"]) == 12
    assert set(values["SECRET"]) <= {"a", "b"}
    assert (values["LEVEL"], values["AS_WRITTEN"]) == ("info", "${{secret(8)}}")


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"deploy": {"preDeployCommand": ["a", "b"]}}, "Error in preDeployCommand - Invalid input"),
        ({"configFile": "railway.toml"}, "Config as Code"),
        ({"deploy": {"multiRegionConfig": {"us-west2": {"numReplicas": 99}}}}, "resource provision limit exceeded"),
        ({"source": {"repo": "nobody/nothing"}}, "Repository not found or not accessible"),
        ({"networking": {"customDomains": {"app.example.com": {}}}}, "customDomainCreate"),
        ({"networking": {"privateNetworkEndpoint": "db"}}, "is not part of the local Railway"),
        ({"volumeMounts": {VOLUME: {"backupSchedules": ["DAILY"]}}}, "volumeInstanceBackupScheduleUpdate"),
        ({"variables": {"OPEN": {"value": "x", "isSealed": True}}}, "An unknown error occurred"),
    ],
)
async def test_what_is_refused_is_told_and_nothing_of_the_patch_is_applied(
    api: Api, section: dict[str, Any], said: str
) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    await api.set((project, environment, service), OPEN="1")
    before = await config(api, environment)
    harmless = {"variables": {"B": {"value": "2"}, **section.get("variables", {})}}
    error = await commit(api, environment, {"services": {service: {**section, **harmless}}})
    assert said in str(error)
    assert await config(api, environment) == before


async def test_a_sealed_variable_is_deleted_and_sent_again(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    await api.set((project, environment, service), KEY="open")
    assert await commit(api, environment, {"services": {service: {"variables": {"KEY": None}}}}) is None
    sealed = {"services": {service: {"variables": {"KEY": {"value": "shut", "isSealed": True}}}}}
    assert await commit(api, environment, sealed) is None
    assert "KEY" not in await api.variables((project, environment, service))
    text = """query($p: String!, $e: String!, $s: String!) {
        variablesForServiceDeployment(projectId: $p, environmentId: $e, serviceId: $s) }"""
    found = (await api.ask(text, p=project, e=environment, s=service))["variablesForServiceDeployment"]
    assert found["KEY"] is None
    assert found["RAILWAY_SERVICE_NAME"] == "web"


async def test_values_of_a_patch_show_only_where_they_are_asked_for(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    patch = {"services": {service: {"variables": {"A": {"value": "1"}}}}, "sharedVariables": {"B": {"value": "2"}}}
    staged = (await api.ask(STAGE, e=environment, p=patch))["environmentStageChanges"]["patch"]
    assert staged["services"][service]["variables"] == {"A": {"value": "*****"}}
    assert staged["sharedVariables"] == {"B": {"value": "*****"}}
    shown = "query($e: String!) { environmentStagedChanges(environmentId: $e) { patch(decryptVariables: true) } }"
    assert (await api.ask(shown, e=environment))["environmentStagedChanges"]["patch"] == patch


async def test_patches_are_listed_newest_first_without_what_is_staged(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    for number in range(3):
        patch = {"services": {service: {"deploy": {"startCommand": str(number)}}}}
        assert await commit(api, environment, patch, f"number {number}") is None
    await api.ask(STAGE, e=environment, p={"services": {service: {"deploy": {"startCommand": "staged"}}}})
    text = """query($e: String!, $first: Int, $after: String) {
        environmentPatches(environmentId: $e, first: $first, after: $after) {
            edges { node { message status appliedAt } } pageInfo { hasNextPage endCursor } } }"""
    page = (await api.ask(text, e=environment, first=2))["environmentPatches"]
    assert [edge["node"]["message"] for edge in page["edges"]] == ["number 2", "number 1"]
    assert all(edge["node"]["appliedAt"] for edge in page["edges"])
    rest = (await api.ask(text, e=environment, after=page["pageInfo"]["endCursor"]))["environmentPatches"]
    assert [edge["node"]["message"] for edge in rest["edges"]] == ["number 0"]


async def test_a_changed_shared_variable_deploys_the_services_that_use_it(api: Api) -> None:
    project, environment = await api.project()
    image = {"source": {"image": "docker.io/acme/none:1"}}
    user, other = await api.service(project, "user", **image), await api.service(project, "other", **image)
    await api.set((project, environment, user), LEVEL="${{shared.LEVEL}}")
    text = """query($e: String!, $s: String!) { deployments(input: {environmentId: $e, serviceId: $s}) {
        edges { node { id } } } }"""

    async def count(service: str) -> int:
        return len((await api.ask(text, e=environment, s=service))["deployments"]["edges"])

    assert (await count(user), await count(other)) == (1, 1)
    assert await commit(api, environment, {"sharedVariables": {"LEVEL": {"value": "debug"}}}) is None
    assert (await count(user), await count(other)) == (2, 1)


async def test_a_patch_creates_what_no_deployment_has_to_know_of_quietly(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project, source={"image": "docker.io/acme/none:1"})
    listed = "query($e: String!) { deployments(input: {environmentId: $e}) { edges { node { id } } } }"
    before = (await api.ask(listed, e=environment))["deployments"]["edges"]
    section = {"networking": {"tcpProxies": {"5432": {}}, "serviceDomains": {"shop.up.railway.app": {"port": 80}}}}
    assert await commit(api, environment, {"services": {service: section}}) is None
    assert (await api.ask(listed, e=environment))["deployments"]["edges"] == before
    domains = (await config(api, environment))["services"][service]["networking"]["serviceDomains"]
    assert [name.partition(".")[0] for name in domains] == ["shop"]
    assert (await api.variables((project, environment, service)))["RAILWAY_TCP_APPLICATION_PORT"] == "5432"


async def test_subscribers_see_what_is_staged_and_when_it_is_committed(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    patch = {"services": {service: {"deploy": {"startCommand": "x"}}}}
    text = "subscription($e: String!) { environmentStagedPatch(environmentId: $e) { status patch } }"
    async with subscribed(api, text, e=environment) as results:
        assert (await anext(results))["environmentStagedPatch"] == {"status": "STAGED", "patch": {}}
        await api.ask(STAGE, e=environment, p=patch)
        assert (await anext(results))["environmentStagedPatch"]["patch"] == patch
        commit_staged = "mutation($e: String!) { environmentPatchCommitStaged(environmentId: $e) }"
        id_ = (await api.ask(commit_staged, e=environment))["environmentPatchCommitStaged"]
        assert (await anext(results))["environmentStagedPatch"]["patch"] == {}
    assert (await settled(api, id_))["lastAppliedError"] is None


async def test_a_patch_cut_off_by_a_restart_is_applied_and_a_workflow_has_failed(tmp_path: Path) -> None:
    slow, quick = Settings(read_lag=1000), Settings(read_lag=0)
    workflow = "query($id: String!) { workflowStatus(workflowId: $id) { status } }"
    async with serve(slow, tmp_path) as standin, Api(standin) as api:
        project, environment = await api.project()
        service = await api.service(project)
        patch = {"services": {service: {"deploy": {"startCommand": "serve"}}}}
        id_ = (await api.ask(COMMIT, e=environment, p=patch))["environmentPatchCommit"]
        template = (await api.ask('{ template(code: "redis") { id serializedConfig } }'))["template"]
        given = {"projectId": project, "templateId": template["id"], "serializedConfig": template["serializedConfig"]}
        deploy = "mutation($i: TemplateDeployV2Input!) { templateDeployV2(input: $i) { workflowId } }"
        begun = (await api.ask(deploy, i=given))["templateDeployV2"]["workflowId"]
        assert (await api.ask(workflow, id=begun))["workflowStatus"]["status"] == "NotFound"
    async with serve(quick, tmp_path) as standin, Api(standin) as api:
        assert (await settled(api, id_))["lastAppliedError"] is None
        assert (await config(api, environment))["services"][service]["deploy"]["startCommand"] == "serve"
        assert (await api.ask(workflow, id=begun))["workflowStatus"]["status"] == "Error"
