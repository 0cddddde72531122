"""Where a naive double lies: projects, environments, services, variables, patches, deletes. A test a row.

Names are the rows' own words; the first sentence of each docstring is what a naive double does.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.support.manual_clock import ManualClock
from tests.support.standin_api import HELLO_FILES, Api, eventually
from wizard.standin.server import serve
from wizard.standin.settings import Cooldowns, Plan, Settings

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTHING = {"image": "docker.io/acme/none:1"}
"""A source that is deployed and never runs here."""
CREATE_PROJECT = """mutation($i: ProjectCreateInput!) {
    projectCreate(input: $i) { id environments { edges { node { name } } } } }"""
CREATE_ENVIRONMENT = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"
CREATE_SERVICE = "mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id name } }"
CONNECT = "mutation($s: String!, $i: ServiceConnectInput!) { serviceConnect(id: $s, input: $i) { id } }"
UPDATE = """mutation($s: String!, $e: String, $i: ServiceInstanceUpdateInput!) {
    serviceInstanceUpdate(serviceId: $s, environmentId: $e, input: $i) }"""
INSTANCE = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    rootDirectory preDeployCommand healthcheckTimeout healthcheckPath builder restartPolicyType
    restartPolicyMaxRetries source { repo image } latestDeployment { id meta } activeDeployments { id } } }"""
UPSERT = "mutation($i: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $i) }"
STAGE = """mutation($e: String!, $p: EnvironmentConfig!, $m: Boolean) {
    environmentStageChanges(environmentId: $e, input: $p, merge: $m) { patch(decryptVariables: true) } }"""
COMMIT_STAGED = "mutation($e: String!) { environmentPatchCommitStaged(environmentId: $e) }"
PATCH = "query($id: String!) { environmentPatch(id: $id) { status lastAppliedError } }"


async def instance(api: Api, service: str, environment: str) -> dict[str, Any]:
    return dict((await api.ask(INSTANCE, s=service, e=environment))["serviceInstance"])


async def environment(api: Api, project: str, name: str, **more: Any) -> str:
    given = {"projectId": project, "name": name, **more}
    return str((await api.ask(CREATE_ENVIRONMENT, i=given))["environmentCreate"]["id"])


async def deployments(api: Api, service: str) -> int:
    text = "query($s: String!) { deployments(input: {serviceId: $s}) { edges { node { id } } } }"
    return len((await api.ask(text, s=service))["deployments"]["edges"])


async def settled(api: Api, patch: str) -> str | None:
    async def committed() -> Any:
        found = (await api.ask(PATCH, id=patch))["environmentPatch"]
        return found if found["status"] == "COMMITTED" else None

    error = (await eventually(committed))["lastAppliedError"]
    return None if error is None else str(error)


async def test_project_names_and_environment_names_repeat_only_service_names_are_unique_per_project(
    shared: Api,
) -> None:
    """Rejects duplicates. Accepts duplicates; ids are the key."""
    first, second = await shared.project("twin"), await shared.project("twin")
    assert first != second
    assert await environment(shared, first[0], "production") != first[1]
    await shared.service(first[0], "web")
    said = await shared.refusal(CREATE_SERVICE, i={"projectId": first[0], "name": "web"})
    assert said == 'A service named "web" already exists in this project'
    assert await shared.service(second[0], "web")


async def test_project_create_has_a_cooldown_of_30_s_and_production_is_present_at_once(tmp_path: Path) -> None:
    """Instant, unlimited. A 30 s cooldown error; the default environment is there."""
    settings = Settings(read_lag=5, cooldowns=Cooldowns(project=30))
    async with ManualClock() as clock, serve(settings, tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            made = (await api.ask(CREATE_PROJECT, i={"name": "one"}))["projectCreate"]
            assert made["environments"]["edges"] == [{"node": {"name": "production"}}]
            response = await api.post(CREATE_PROJECT, i={"name": "two"})
            error = response.json()["errors"][0]
            assert response.status_code == 200
            assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
            assert "creating projects too quickly" in error["message"]
        await clock.sleep(30)
        with clock.busy():
            assert await api.ask(CREATE_PROJECT, i={"name": "two"})


async def test_service_create_with_source_deploys_now_from_the_root_without_there_is_an_instance_and_no_deployment(
    shared: Api,
) -> None:
    """Stores a row. Non-fork environment: in all that are no forks; a fork: only there."""
    project, production = await shared.project()
    staging = await environment(shared, project, "staging")
    fork = await environment(shared, project, "pr-1", ephemeral=True)

    empty = await shared.service(project, "empty", environmentId=production)
    assert (await instance(shared, empty, production))["latestDeployment"] is None
    assert (await instance(shared, empty, staging))["source"] is None
    assert await shared.refusal(INSTANCE, s=empty, e=fork) == "ServiceInstance not found"

    sourced = await shared.service(project, "sourced", source={"repo": "acme/shop"}, branch="main")
    for where in (production, staging):
        latest = (await instance(shared, sourced, where))["latestDeployment"]
        assert latest["meta"]["rootDirectory"] is None
    forked = await shared.service(project, "forked", environmentId=fork)
    assert await shared.refusal(INSTANCE, s=forked, e=production) == "ServiceInstance not found"


async def test_service_connect_starts_a_deployment(shared: Api) -> None:
    """Stores a row. Every call starts one."""
    project, _ = await shared.project()
    service = await shared.service(project)
    await shared.ask(CONNECT, s=service, i=NOTHING)
    assert await deployments(shared, service) == 1
    await shared.ask(CONNECT, s=service, i=NOTHING)
    assert await deployments(shared, service) == 2


async def test_service_instance_update_does_not_deploy_and_is_true_with_no_effect_if_the_instance_does_not_exist(
    shared: Api,
) -> None:
    """Deploys, or errors on an unknown instance. Refuses config files and two pre-deploy commands; null clears."""
    project, production = await shared.project()
    service = await shared.service(project, source=NOTHING)
    late = await environment(shared, project, "late")
    before = await instance(shared, service, production)
    assert (before["healthcheckTimeout"], before["builder"]) == (None, "RAILPACK")

    given = {"preDeployCommand": ["alembic upgrade head"], "rootDirectory": "mvp/backend"}
    assert (await shared.ask(UPDATE, s=service, e=production, i=given))["serviceInstanceUpdate"] is True
    await shared.ask(UPDATE, s=service, e=production, i={"healthcheckPath": "/health"})
    after = await instance(shared, service, production)
    assert after["preDeployCommand"] == ["alembic upgrade head"]
    assert (after["rootDirectory"], after["healthcheckPath"]) == ("mvp/backend", "/health")
    assert await deployments(shared, service) == 1
    await shared.ask(UPDATE, s=service, e=production, i={"rootDirectory": None})
    assert (await instance(shared, service, production))["rootDirectory"] is None

    assert (await shared.ask(UPDATE, s=service, e=late, i={"startCommand": "x"}))["serviceInstanceUpdate"] is True
    assert await shared.refusal(INSTANCE, s=service, e=late) == "ServiceInstance not found"
    said = await shared.refusal(UPDATE, s=service, e=production, i={"railwayConfigFile": "railway.toml"})
    assert said.startswith("Config as Code (railway.json / railway.toml) is deprecated")
    said = await shared.refusal(UPDATE, s=service, e=production, i={"preDeployCommand": ["a", "b"]})
    assert said == "Error in preDeployCommand - Invalid input"


async def test_variable_collection_upsert_deploys_unless_skip_deploys_if_a_source_exists_and_replace_deletes(
    shared: Api,
) -> None:
    """Boolean, no side effects. One deployment a call."""
    project, production = await shared.project()
    sourced, empty = await shared.service(project, "sourced", source=NOTHING), await shared.service(project, "empty")
    await shared.set((project, production, sourced), A="1", B="2")
    assert await deployments(shared, sourced) == 1
    await shared.set((project, production, sourced), skip=False, A="2", C="3")
    assert await deployments(shared, sourced) == 2
    await shared.set((project, production, empty), skip=False, A="1")
    assert await deployments(shared, empty) == 0
    given = {"projectId": project, "environmentId": production, "serviceId": sourced, "variables": {"B": "3"}}
    await shared.ask(UPSERT, i={**given, "replace": True, "skipDeploys": True})
    assert await shared.variables((project, production, sourced), unrendered=True) == {"B": "3"}
    delete = "mutation($i: VariableDeleteInput!) { variableDelete(input: $i) }"
    given = {"projectId": project, "environmentId": production, "serviceId": sourced, "name": "B"}
    assert (await shared.ask(delete, i=given))["variableDelete"] is True
    assert await deployments(shared, sourced) == 3


async def test_variable_collection_upsert_may_refuse_during_a_build(tmp_path: Path) -> None:
    """Boolean, no side effects. `Cannot redeploy yet`, where the settings ask for it; then nothing was written."""
    settings = Settings.model_validate(
        {"read_lag": 0, "refuse_while_building": True, "build": {"kind": "timed", "seconds": 600}}
    )
    async with ManualClock() as clock, serve(settings, tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            project, production = await api.project()
            service = await api.service(project)
            scope = (project, production, service)
            await api.upload(scope, HELLO_FILES)
            given = {"projectId": project, "environmentId": production, "serviceId": service}
            said = await api.refusal(UPSERT, i={**given, "variables": {"A": "1"}})
            assert said == "Cannot redeploy yet, please wait for the original deployment to finish building"
            assert await api.variables(scope, unrendered=True) == {}
            deploy = """mutation($s: String!, $e: String!) {
                serviceInstanceDeployV2(serviceId: $s, environmentId: $e) }"""
            assert (await api.refusal(deploy, s=service, e=production)).startswith("Cannot redeploy yet")
            update = {"s": service, "e": production, "i": {"startCommand": "x"}}
            assert (await api.refusal(UPDATE, **update)).startswith("Cannot redeploy yet")
            await api.set(scope, A="1")
            assert await api.variables(scope, unrendered=True) == {"A": "1"}


async def test_variables_render_references_also_nested_and_shared_and_hide_sealed_ones(shared: Api) -> None:
    """Echoes. Adds RAILWAY_*; a missing reference is empty text, and so is a public domain before there is one."""
    project, production = await shared.project()
    backend, frontend = await shared.service(project, "backend"), await shared.service(project, "frontend")
    await shared.set((project, production, None), LOG_LEVEL="info")
    await shared.set((project, production, backend), BASE="http://${{HOST}}:1", HOST="${{RAILWAY_SERVICE_NAME}}")
    await shared.set(
        (project, production, frontend),
        API="${{backend.BASE}}/v1",
        LEVEL="${{shared.LOG_LEVEL}}",
        NONE="[${{backend.NOTHING}}]",
        LOOP="${{LOOP}}",
        URL="https://${{backend.RAILWAY_PUBLIC_DOMAIN}}",
        PROXIED="${{backend.RAILWAY_TCP_PROXY_DOMAIN}}:5432",
    )
    scope = (project, production, frontend)
    values = await shared.variables(scope)
    assert values["API"] == "http://backend:1/v1"
    assert (values["LEVEL"], values["NONE"], values["LOOP"]) == ("info", "[]", "")
    assert (values["URL"], values["PROXIED"], values["RAILWAY_PUBLIC_DOMAIN"]) == ("https://", ":5432", "")
    assert values["RAILWAY_SERVICE_NAME"] == "frontend"
    assert (await shared.variables(scope, unrendered=True))["API"] == "${{backend.BASE}}/v1"
    domain = (await shared.domain(backend, production))["domain"]
    assert (await shared.variables(scope))["URL"] == f"https://{domain}"
    assert await shared.variables((project, production, None)) == {"LOG_LEVEL": "info"}
    sealed = {"services": {frontend: {"variables": {"HIDDEN": {"value": "s", "isSealed": True}}}}}
    await shared.ask(STAGE, e=production, p=sealed)
    assert (
        await settled(shared, (await shared.ask(COMMIT_STAGED, e=production))["environmentPatchCommitStaged"]) is None
    )
    assert "HIDDEN" not in await shared.variables(scope)


async def test_reads_after_writes_lag(tmp_path: Path) -> None:
    """Immediate. A tunable delay, so that the client must poll."""
    async with ManualClock() as clock, serve(Settings(read_lag=5), tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            project, production = await api.project()
            service = await api.service(project)
            listed = "query($id: String!) { project(id: $id) { id services { edges { node { id } } } } }"
            assert (await api.ask(listed, id=project))["project"] == {"id": project, "services": {"edges": []}}
        await clock.sleep(5)
        with clock.busy():
            await api.configure(service, production, rootDirectory="a")
            assert (await instance(api, service, production))["rootDirectory"] is None
        await clock.sleep(5)
        with clock.busy():
            assert (await instance(api, service, production))["rootDirectory"] == "a"
            assert (await api.ask(listed, id=project))["project"]["services"]["edges"] == [{"node": {"id": service}}]


async def test_environment_patch_commit_staged_commits_everything_staged_and_returns_a_string_id(
    tmp_path: Path,
) -> None:
    """Commits your patch. APPLYING, then COMMITTED with the error's text in lastAppliedError."""
    async with ManualClock() as clock, serve(Settings(read_lag=4), tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            project, production = await api.project()
            mine, theirs = await api.service(project, "mine"), await api.service(project, "theirs")
            await api.ask(STAGE, e=production, p={"services": {theirs: {"deploy": {"startCommand": "theirs"}}}})
            section = {"deploy": {"startCommand": "mine"}}
            await api.ask(STAGE, e=production, p={"services": {mine: section}}, m=True)
            id_ = (await api.ask(COMMIT_STAGED, e=production))["environmentPatchCommitStaged"]
            assert (await api.ask(PATCH, id=id_))["environmentPatch"]["status"] in {"STAGED", "APPLYING"}
        await clock.sleep(10)
        with clock.busy():
            found = (await api.ask(PATCH, id=id_))["environmentPatch"]
            assert found == {"status": "COMMITTED", "lastAppliedError": None}
            text = "query($e: String!) { environment(id: $e) { config unmergedChangesCount } }"
            after = (await api.ask(text, e=production))["environment"]
            commands = {key: one["deploy"].get("startCommand") for key, one in after["config"]["services"].items()}
            assert commands == {mine: "mine", theirs: "theirs"}
            assert after["unmergedChangesCount"] == 0
            await api.ask(STAGE, e=production, p={"services": {mine: {"deploy": {"preDeployCommand": ["a", "b"]}}}})
            id_ = (await api.ask(COMMIT_STAGED, e=production))["environmentPatchCommitStaged"]
        await clock.sleep(10)
        with clock.busy():
            found = (await api.ask(PATCH, id=id_))["environmentPatch"]
            assert found == {"status": "COMMITTED", "lastAppliedError": "Error in preDeployCommand - Invalid input"}


async def test_environment_stage_changes_replaces_unless_merge_true(shared: Api) -> None:
    """Merges. Without `merge` somebody else's edits are gone; an unknown service is dropped without a word."""
    project, production = await shared.project()
    service = await shared.service(project)
    first = {"services": {service: {"deploy": {"startCommand": "one"}}}}
    second = {"services": {service: {"variables": {"A": {"value": "1"}}}}}
    await shared.ask(STAGE, e=production, p=first)
    assert (await shared.ask(STAGE, e=production, p=second))["environmentStageChanges"]["patch"] == second
    merged = (await shared.ask(STAGE, e=production, p=first, m=True))["environmentStageChanges"]["patch"]
    assert merged["services"][service] == {**first["services"][service], **second["services"][service]}
    await shared.ask(STAGE, e=production, p={"services": {"nobody": {"deploy": {"startCommand": "x"}}}})
    assert (
        await settled(shared, (await shared.ask(COMMIT_STAGED, e=production))["environmentPatchCommitStaged"]) is None
    )
    assert await deployments(shared, service) == 0


async def test_deletes_are_true_first_then_not_authorized_or_problem_processing_request(shared: Api) -> None:
    """True twice. A project scheduled for deletion stays listed with `deletedAt`."""
    project, production = await shared.project()
    service = await shared.service(project)
    domain = (await shared.domain(service, production))["id"]
    create = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"
    given = {"projectId": project, "environmentId": production, "mountPath": "/data"}
    volume = (await shared.ask(create, i=given))["volumeCreate"]["id"]
    fork = await environment(shared, project, "fork", ephemeral=True)
    gone = {
        "serviceDomainDelete(id: $id)": domain,
        "volumeDelete(volumeId: $id)": volume,
        "serviceDelete(id: $id)": service,
        "environmentDelete(id: $id)": fork,
    }
    for field, id_ in gone.items():
        text = f"mutation($id: String!) {{ {field} }}"
        assert (await shared.ask(text, id=id_))[field.partition("(")[0]] is True
        assert await shared.refusal(text, id=id_) in {"Not Authorized", "Problem processing request"}, field
    assert await shared.refusal("query($id: String!) { service(id: $id) { id } }", id=service) == "Not Authorized"

    await shared.ask("mutation($id: String!) { projectScheduleDelete(id: $id) }", id=project)
    listed = (await shared.ask("{ projects { edges { node { id deletedAt } } } }"))["projects"]["edges"]
    assert next(one["node"]["deletedAt"] for one in listed if one["node"]["id"] == project) is not None


async def test_plan_limits_free_one_volume_trial_five_services_three_volumes_30_s_between_volumes(
    tmp_path: Path,
) -> None:
    """None."""
    volume = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"
    async with serve(Settings(read_lag=0, plan=Plan.FREE), tmp_path / "free") as standin, Api(standin) as api:
        project, production = await api.project()
        given = {"projectId": project, "environmentId": production, "mountPath": "/data"}
        await api.ask(volume, i=given)
        assert (await api.refusal(volume, i=given)).startswith("Free plan resource provision limit exceeded")
    settings = Settings(read_lag=0, plan=Plan.TRIAL, cooldowns=Cooldowns(volume=30))
    async with ManualClock() as clock, serve(settings, tmp_path / "trial", clock) as standin, Api(standin) as api:
        with clock.busy():
            project, production = await api.project()
            given = {"projectId": project, "environmentId": production, "mountPath": "/data"}
            for number in range(5):
                await api.service(project, f"s{number}")
            said = await api.refusal(CREATE_SERVICE, i={"projectId": project, "name": "sixth"})
            assert said.startswith("Free plan resource provision limit exceeded")
            await api.ask(volume, i=given)
            assert "creating volumes too quickly" in await api.refusal(volume, i=given)
        for _ in range(2):
            await clock.sleep(30)
            with clock.busy():
                await api.ask(volume, i=given)
        await clock.sleep(30)
        with clock.busy():
            assert (await api.refusal(volume, i=given)).startswith("Free plan resource provision limit exceeded")
