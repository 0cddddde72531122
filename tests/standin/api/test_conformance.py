"""Rows of the table of Railway's behaviour where a naive double lies; each test is named after its row."""

from pathlib import Path
from typing import Any

from tests.support.manual_clock import ManualClock
from tests.support.standin_api import Api
from wizard.standin.server import serve
from wizard.standin.settings import Settings

INSTANCE = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    rootDirectory preDeployCommand healthcheckTimeout healthcheckPath builder restartPolicyType
    restartPolicyMaxRetries watchPatterns source { repo image } latestDeployment { id } activeDeployments { id } } }"""
UPDATE = """mutation($s: String!, $e: String, $input: ServiceInstanceUpdateInput!) {
    serviceInstanceUpdate(serviceId: $s, environmentId: $e, input: $input) }"""
PROJECTS = "{ projects { edges { node { id name deletedAt } } } }"


async def instance(api: Api, service: str, environment: str) -> dict[str, Any]:
    return dict((await api.ask(INSTANCE, s=service, e=environment))["serviceInstance"])


async def test_project_names_are_not_unique_and_service_names_are(api: Api) -> None:
    first, second = await api.project("twin"), await api.project("twin")
    assert first != second
    await api.service(first[0], "web")
    text = "mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id } }"
    said = await api.refusal(text, i={"projectId": first[0], "name": "web"})
    assert said == 'A service named "web" already exists in this project'
    assert await api.service(second[0], "web")


async def test_project_create_has_its_default_environment_at_once(api: Api) -> None:
    text = 'mutation { projectCreate(input: {name: "x"}) { environments { edges { node { name } } } } }'
    made = (await api.ask(text))["projectCreate"]
    assert made["environments"]["edges"] == [{"node": {"name": "production"}}]


async def test_service_create_without_source_deploys_nothing_and_is_in_all_non_fork_environments(api: Api) -> None:
    project, production = await api.project()
    create = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"
    staging = (await api.ask(create, i={"projectId": project, "name": "staging"}))["environmentCreate"]["id"]
    fork = {"projectId": project, "name": "pr-1", "ephemeral": True}
    forked = (await api.ask(create, i=fork))["environmentCreate"]["id"]

    service = await api.service(project, environmentId=production)

    assert (await instance(api, service, production))["latestDeployment"] is None
    assert (await instance(api, service, staging))["source"] is None
    assert await api.refusal(INSTANCE, s=service, e=forked) == "ServiceInstance not found"


async def test_service_instance_update_writes_what_is_given_and_deploys_nothing(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    before = await instance(api, service, environment)
    assert before["healthcheckTimeout"] is None
    assert before["restartPolicyMaxRetries"] == 10

    await api.configure(service, environment, preDeployCommand=["alembic upgrade head"], rootDirectory="mvp/backend")
    await api.configure(service, environment, healthcheckPath="/health")
    after = await instance(api, service, environment)
    assert after["preDeployCommand"] == ["alembic upgrade head"]
    assert (after["rootDirectory"], after["healthcheckPath"]) == ("mvp/backend", "/health")
    assert after["latestDeployment"] is None

    await api.configure(service, environment, rootDirectory=None)
    assert (await instance(api, service, environment))["rootDirectory"] is None


async def test_service_instance_update_is_true_without_effect_where_there_is_no_instance(api: Api) -> None:
    project, _ = await api.project()
    service = await api.service(project)
    text = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"
    late = (await api.ask(text, i={"projectId": project, "name": "late"}))["environmentCreate"]["id"]
    assert (await api.ask(UPDATE, s=service, e=late, input={"startCommand": "x"}))["serviceInstanceUpdate"] is True
    assert await api.refusal(INSTANCE, s=service, e=late) == "ServiceInstance not found"


async def test_service_instance_update_refuses_config_files_and_two_pre_deploy_commands(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    said = await api.refusal(UPDATE, s=service, e=environment, input={"railwayConfigFile": "railway.toml"})
    assert said.startswith("Config as Code (railway.json / railway.toml) is deprecated")
    said = await api.refusal(UPDATE, s=service, e=environment, input={"preDeployCommand": ["a", "b"]})
    assert said == "Error in preDeployCommand - Invalid input"


async def test_variables_render_references_nested_shared_and_missing_and_hide_sealed(api: Api) -> None:
    project, environment = await api.project()
    backend, frontend = await api.service(project, "backend"), await api.service(project, "frontend")
    await api.set((project, environment, None), LOG_LEVEL="info")
    await api.set((project, environment, backend), HOST="${{RAILWAY_PRIVATE_DOMAIN}}", BASE="http://${{HOST}}:1")
    await api.set(
        (project, environment, frontend),
        API="${{backend.BASE}}/v1",
        LEVEL="${{shared.LOG_LEVEL}}",
        NONE="[${{backend.NOTHING}}]",
        LOOP="${{LOOP}}",
        URL="https://${{backend.RAILWAY_PUBLIC_DOMAIN}}",
    )
    scope = (project, environment, frontend)
    values = await api.variables(scope)
    assert values["API"] == "http://127.0.0.1:1/v1"
    assert (values["LEVEL"], values["NONE"], values["LOOP"], values["URL"]) == ("info", "[]", "", "https://")
    assert values["RAILWAY_PUBLIC_DOMAIN"] == ""
    assert values["RAILWAY_SERVICE_NAME"] == "frontend"
    assert (await api.variables(scope, unrendered=True))["API"] == "${{backend.BASE}}/v1"
    domain = (await api.domain(backend, environment))["domain"]
    assert (await api.variables(scope))["URL"] == f"https://{domain}"
    assert await api.variables((project, environment, None)) == {"LOG_LEVEL": "info"}

    patch = {"services": {frontend: {"variables": {"HIDDEN": {"value": "s", "isSealed": True}, "API": None}}}}
    text = """mutation($e: String!, $p: EnvironmentConfig!) {
        environmentStageChanges(environmentId: $e, input: $p) { id status } }"""
    await api.ask(text, e=environment, p=patch)
    await commit_staged(api, environment)
    values = await api.variables(scope)
    assert not {"HIDDEN", "API"} & set(values)


async def commit_staged(api: Api, environment: str) -> str:
    text = "mutation($e: String!) { environmentPatchCommitStaged(environmentId: $e, skipDeploys: true) }"
    id_ = str((await api.ask(text, e=environment))["environmentPatchCommitStaged"])
    read = "query($id: String!) { environmentPatch(id: $id) { status lastAppliedError } }"
    while (await api.ask(read, id=id_))["environmentPatch"]["status"] != "COMMITTED":
        pass
    return id_


async def test_variable_collection_upsert_with_replace_deletes_the_others(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    await api.set((project, environment, service), A="1", B="2")
    text = "mutation($i: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $i) }"
    given = {"projectId": project, "environmentId": environment, "serviceId": service, "variables": {"B": "3"}}
    await api.ask(text, i={**given, "replace": True, "skipDeploys": True})
    values = await api.variables((project, environment, service), unrendered=True)
    assert values == {"B": "3"}


async def test_stage_changes_replaces_unless_merged_and_commit_staged_commits_everything(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    stage = """mutation($e: String!, $p: EnvironmentConfig!, $m: Boolean) {
        environmentStageChanges(environmentId: $e, input: $p, merge: $m) { patch(decryptVariables: true) status } }"""
    first = {"services": {service: {"deploy": {"startCommand": "one"}}}}
    second = {"services": {service: {"variables": {"A": {"value": "1"}}}}}
    await api.ask(stage, e=environment, p=first)
    replaced = (await api.ask(stage, e=environment, p=second))["environmentStageChanges"]
    assert replaced["patch"] == second
    merged = (await api.ask(stage, e=environment, p=first, m=True))["environmentStageChanges"]
    assert merged["patch"]["services"][service] == {
        "deploy": {"startCommand": "one"},
        "variables": {"A": {"value": "1"}},
    }
    count = "query($e: String!) { environment(id: $e) { unmergedChangesCount config(decryptVariables: true) } }"
    assert (await api.ask(count, e=environment))["environment"]["unmergedChangesCount"] == 1
    await commit_staged(api, environment)
    after = (await api.ask(count, e=environment))["environment"]
    assert after["unmergedChangesCount"] == 0
    assert after["config"]["services"][service]["deploy"]["startCommand"] == "one"
    assert after["config"]["services"][service]["variables"] == {"A": {"value": "1"}}


async def test_patch_drops_unknown_services_without_a_word(api: Api) -> None:
    _, environment = await api.project()
    text = "mutation($e: String!, $p: EnvironmentConfig) { environmentPatchCommit(environmentId: $e, patch: $p) }"
    id_ = (await api.ask(text, e=environment, p={"services": {"nobody": {"deploy": {}}}}))["environmentPatchCommit"]
    read = "query($id: String!) { environmentPatch(id: $id) { lastAppliedError } }"
    assert (await api.ask(read, id=id_))["environmentPatch"]["lastAppliedError"] is None


async def test_deletes_answer_true_once_and_then_not_authorized(api: Api) -> None:
    project, _ = await api.project()
    service = await api.service(project)
    text = "mutation($id: String!) { serviceDelete(id: $id) }"
    assert (await api.ask(text, id=service))["serviceDelete"] is True
    assert await api.refusal(text, id=service) == "Not Authorized"


async def test_project_schedule_delete_keeps_the_project_listed_with_deleted_at(api: Api) -> None:
    project, _ = await api.project()
    assert await api.ask("mutation($id: String!) { projectScheduleDelete(id: $id) }", id=project)
    listed = (await api.ask(PROJECTS))["projects"]["edges"][0]["node"]
    assert listed["id"] == project
    assert listed["deletedAt"] is not None
    assert await api.ask("mutation($id: String!) { projectScheduleDeleteCancel(id: $id) }", id=project)
    assert (await api.ask(PROJECTS))["projects"]["edges"][0]["node"]["deletedAt"] is None
    assert await api.ask("mutation($id: String!) { projectDelete(id: $id) }", id=project)
    assert (await api.ask(PROJECTS))["projects"]["edges"] == []


async def test_plan_limits_free_has_room_for_one_volume(tmp_path: Path) -> None:
    async with serve(Settings(read_lag=0, plan="free"), tmp_path) as standin, Api(standin) as api:
        project, environment = await api.project()
        text = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"
        given = {"projectId": project, "environmentId": environment, "mountPath": "/data"}
        await api.ask(text, i=given)
        assert (await api.refusal(text, i=given)).startswith("Free plan resource provision limit exceeded")
        access = "query($id: String!) { projectResourceAccess(projectId: $id) { databaseDeployment { disallowed } } }"
        said = (await api.ask(access, id=project))["projectResourceAccess"]["databaseDeployment"]["disallowed"]
        assert said.startswith("Free plan")


async def test_reads_after_writes_lag(tmp_path: Path) -> None:
    async with ManualClock() as clock, serve(Settings(read_lag=5), tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            project, environment = await api.project()
            service = await api.service(project)
            listed = "query($id: String!) { project(id: $id) { id services { edges { node { id } } } } }"
            seen = (await api.ask(listed, id=project))["project"]
            assert seen == {"id": project, "services": {"edges": []}}
        await clock.sleep(5)
        with clock.busy():
            await api.configure(service, environment, rootDirectory="a")
            assert (await instance(api, service, environment))["rootDirectory"] is None
        await clock.sleep(5)
        with clock.busy():
            assert (await instance(api, service, environment))["rootDirectory"] == "a"
            assert (await api.ask(listed, id=project))["project"]["services"]["edges"] == [{"node": {"id": service}}]


async def test_domains_are_creating_and_then_active(tmp_path: Path) -> None:
    async with ManualClock() as clock, serve(Settings(read_lag=5), tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            project, environment = await api.project()
            service = await api.service(project)
            assert (await api.domain(service, environment))["syncStatus"] == "CREATING"
        await clock.sleep(6)
        text = """query($p: String!, $e: String!, $s: String!) {
                domains(projectId: $p, environmentId: $e, serviceId: $s) { serviceDomains { domain syncStatus } } }"""
        found = (await api.ask(text, p=project, e=environment, s=service))["domains"]["serviceDomains"]
        assert found[0]["syncStatus"] == "ACTIVE"
        assert found[0]["domain"].startswith("web-")
        assert ".localhost:" in found[0]["domain"]


async def test_custom_domain_tells_both_records(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    text = """mutation($i: CustomDomainCreateInput!) { customDomainCreate(input: $i) { id status {
        verified verificationDnsHost verificationToken certificateStatus
        dnsRecords { recordType purpose requiredValue fqdn } } } }"""
    given = {"projectId": project, "environmentId": environment, "serviceId": service}
    made = (await api.ask(text, i={**given, "domain": "app.example.com"}))["customDomainCreate"]["status"]
    assert made["verificationDnsHost"] == "_railway-verify.app"
    purposes = {one["recordType"]: one["purpose"] for one in made["dnsRecords"]}
    assert purposes["DNS_RECORD_TYPE_CNAME"] == "DNS_RECORD_PURPOSE_TRAFFIC_ROUTE"
    assert await api.refusal(text, i={**given, "domain": "no domain"}) == "no domain is not a valid domain"


async def test_every_query_of_every_field_answers_without_voiding_the_rest(api: Api) -> None:
    """Non-null fields nobody set answer the empty value of their type."""
    project, environment = await api.project()
    text = """query($p: String!, $w: String!) {
        me { email workspaces { name plan customer { state billingPeriod { start end } usageLimit { softLimit } } } }
        workspace(workspaceId: $w) { members { id } subscriptionModel preferredRegion referredUsers { id } }
        project(id: $p) { featureFlags groups { edges { node { id } } } plugins { edges { node { id } } } team { id } }
    }"""
    found = await api.ask(text, p=project, w=await api.workspace())
    assert found["me"]["workspaces"][0]["plan"] == "HOBBY"
    assert found["project"]["groups"]["edges"] == []
    assert environment


async def test_pages_have_cursors_in_both_directions(api: Api) -> None:
    project, _ = await api.project()
    ids = [await api.service(project, f"s{number}") for number in range(5)]
    text = """query($p: String!, $first: Int, $after: String, $last: Int) { project(id: $p) {
        services(first: $first, after: $after, last: $last) {
            edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""
    page = (await api.ask(text, p=project, first=2))["project"]["services"]
    assert [edge["node"]["id"] for edge in page["edges"]] == ids[:2]
    assert page["pageInfo"]["hasNextPage"] is True
    rest = (await api.ask(text, p=project, first=9, after=page["pageInfo"]["endCursor"]))["project"]["services"]
    assert [edge["node"]["id"] for edge in rest["edges"]] == ids[2:]
    assert rest["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True, "endCursor": ids[-1]}
    newest = (await api.ask(text, p=project, last=1))["project"]["services"]
    assert [edge["node"]["id"] for edge in newest["edges"]] == ids[-1:]
