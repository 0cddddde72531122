"""Services, volumes, variables and patches as a client changes and reads them back."""

from typing import Any

from tests.support.standin_api import HELLO_FILES, Api, eventually

COMMIT = "mutation($e: String!, $p: EnvironmentConfig) { environmentPatchCommit(environmentId: $e, patch: $p) }"
PATCH = "query($id: String!) { environmentPatch(id: $id) { status lastAppliedError } }"
CONFIG = "query($e: String!) { environment(id: $e) { configEtag config(decryptVariables: true) } }"
UNKNOWN = "00000000-0000-4000-8000-00000000beef"


async def apply(api: Api, environment: str, patch: dict[str, Any]) -> str | None:
    """Commit a patch, wait until it is applied and return its error."""
    id_ = (await api.ask(COMMIT, e=environment, p=patch))["environmentPatchCommit"]

    async def committed() -> dict[str, Any] | None:
        found = (await api.ask(PATCH, id=id_))["environmentPatch"]
        return found if found["status"] == "COMMITTED" else None

    error = (await eventually(committed))["lastAppliedError"]
    return None if error is None else str(error)


async def config(api: Api, environment: str) -> dict[str, Any]:
    return dict((await api.ask(CONFIG, e=environment))["environment"]["config"])


async def test_a_patch_makes_a_service_with_a_client_made_id_and_deletes_it(api: Api) -> None:
    _, environment = await api.project()
    section = {"isCreated": True, "name": "worker", "deploy": {"preDeployCommand": "migrate"}, "build": {}}
    assert await apply(api, environment, {"services": {UNKNOWN: section}}) is None
    found = (await api.ask("query($id: String!) { service(id: $id) { name } }", id=UNKNOWN))["service"]
    assert found["name"] == "worker"
    assert (await config(api, environment))["services"][UNKNOWN]["deploy"]["preDeployCommand"] == ["migrate"]
    assert await apply(api, environment, {"services": {UNKNOWN: {"isDeleted": True}}}) is None
    assert await api.refusal("query($id: String!) { service(id: $id) { name } }", id=UNKNOWN) == "Not Authorized"


async def test_a_patch_that_cannot_be_applied_says_why_and_changes_the_etag_only_if_it_changed_something(
    api: Api,
) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    volume = await create_volume(api, project, environment, service)
    before = (await api.ask(CONFIG, e=environment))["environment"]["configEtag"]
    error = await apply(api, environment, {"volumes": {volume: {"sizeMB": 10_000_000}}})
    assert "exceeds the limit" in str(error)
    assert (await api.ask(CONFIG, e=environment))["environment"]["configEtag"] == before
    assert await apply(api, environment, {"volumes": {volume: {"sizeMB": 600}}}) is None
    assert (await config(api, environment))["volumes"][volume]["sizeMB"] == 600
    assert (await api.ask(CONFIG, e=environment))["environment"]["configEtag"] != before


async def test_a_patch_mounts_unmounts_and_deletes_volumes_and_sets_shared_variables(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    volume = await create_volume(api, project, environment, None)
    mounts = {"volumeMounts": {volume: {"mountPath": "/files"}}}
    shared = {"LEVEL": {"value": "info"}}
    assert await apply(api, environment, {"services": {service: mounts}, "sharedVariables": shared}) is None
    found = await config(api, environment)
    assert found["services"][service]["volumeMounts"] == {volume: {"mountPath": "/files"}}
    assert found["sharedVariables"] == {"LEVEL": {"value": "info"}}
    assert (await api.variables((project, environment, service)))["RAILWAY_VOLUME_MOUNT_PATH"] == "/files"
    assert await apply(api, environment, {"services": {service: {"volumeMounts": {volume: None}}}}) is None
    assert (await config(api, environment))["services"][service]["volumeMounts"] == {}
    assert await apply(api, environment, {"volumes": {volume: {"isDeleted": True}}}) is None
    assert (await config(api, environment))["volumes"] == {}


async def test_a_patch_changes_the_port_of_a_domain_and_deletes_it(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    domain = (await api.domain(service, environment))["domain"]
    networking: dict[str, Any] = {"networking": {"serviceDomains": {domain: {"port": 8000}}}}
    assert await apply(api, environment, {"services": {service: networking}}) is None
    found = (await config(api, environment))["services"][service]["networking"]["serviceDomains"]
    assert found == {domain: {"port": 8000}}
    networking = {"networking": {"serviceDomains": {domain: None}}}
    assert await apply(api, environment, {"services": {service: networking}}) is None
    assert (await config(api, environment))["services"][service]["networking"]["serviceDomains"] == {}


async def create_volume(api: Api, project: str, environment: str, service: str | None) -> str:
    text = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"
    given = {"projectId": project, "environmentId": environment, "mountPath": "/data", "serviceId": service}
    return str((await api.ask(text, i=given))["volumeCreate"]["id"])


async def test_one_volume_a_service_and_an_update_without_service_detaches_it(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    volume = await create_volume(api, project, environment, service)
    text = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"
    second = {"projectId": project, "environmentId": environment, "mountPath": "/b", "serviceId": service}
    assert await api.refusal(text, i=second) == "A service can have only one volume"
    update = """mutation($v: String!, $e: String, $i: VolumeInstanceUpdateInput!) {
        volumeInstanceUpdate(volumeId: $v, environmentId: $e, input: $i) }"""
    await api.ask(update, v=volume, e=environment, i={"mountPath": "/elsewhere"})
    read = """query($e: String!) { environment(id: $e) { volumeInstances { edges { node {
        id mountPath serviceId state sizeMB volume { name } } } } } }"""
    found = (await api.ask(read, e=environment))["environment"]["volumeInstances"]["edges"][0]["node"]
    assert (found["mountPath"], found["serviceId"], found["state"]) == ("/elsewhere", None, "READY")
    await api.ask(update, v=volume, e=environment, i={"serviceId": service})
    one = "query($id: String!) { volumeInstance(id: $id) { serviceId service { name } } }"
    assert (await api.ask(one, id=found["id"]))["volumeInstance"] == {"serviceId": service, "service": {"name": "web"}}
    rename = 'mutation($v: String!) { volumeUpdate(volumeId: $v, input: {name: "files"}) { name } }'
    assert (await api.ask(rename, v=volume))["volumeUpdate"]["name"] == "files"
    await api.ask("mutation($v: String!) { volumeDelete(volumeId: $v) }", v=volume)
    assert await api.refusal("mutation($v: String!) { volumeDelete(volumeId: $v) }", v=volume) == "Not Authorized"
    leaving = "query($id: String!) { volumeInstance(id: $id) { state isPendingDeletion } }"
    assert (await api.ask(leaving, id=found["id"]))["volumeInstance"] == {
        "state": "DELETING",
        "isPendingDeletion": True,
    }


async def test_a_volume_without_environment_is_in_all_and_with_a_null_one_in_none(api: Api) -> None:
    project, environment = await api.project()
    text = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { volumeInstances { edges { node { id } } } } }"
    given = {"projectId": project, "mountPath": "/data"}
    everywhere = (await api.ask(text, i=given))["volumeCreate"]["volumeInstances"]["edges"]
    nowhere = (await api.ask(text, i={**given, "environmentId": None}))["volumeCreate"]["volumeInstances"]["edges"]
    assert (len(everywhere), len(nowhere)) == (1, 0)
    assert environment


async def test_a_service_is_renamed_disconnected_and_its_limits_are_the_plans(api: Api) -> None:
    project, environment = await api.project()
    service, other = await api.service(project, "web"), await api.service(project, "api")
    rename = "mutation($id: String!, $name: String!) { serviceUpdate(id: $id, input: {name: $name}) { name } }"
    assert (await api.ask(rename, id=service, name="site"))["serviceUpdate"]["name"] == "site"
    assert "already exists" in await api.refusal(rename, id=other, name="site")
    assert "32 characters" in await api.refusal(rename, id=other, name="x" * 33)
    gone = "mutation($id: String!) { serviceDisconnect(id: $id) { id } }"
    assert (await api.ask(gone, id=service))["serviceDisconnect"]["id"] == service
    redeploy = """mutation($s: String!, $e: String!) {
        serviceInstanceRedeploy(serviceId: $s, environmentId: $e) }"""
    assert await api.refusal(redeploy, s=service, e=environment) == "Cannot redeploy without a snapshot"
    limits = "query($s: String!, $e: String!) { serviceInstanceLimits(serviceId: $s, environmentId: $e) }"
    found = (await api.ask(limits, s=service, e=environment))["serviceInstanceLimits"]
    assert found["containers"]["cpu"] == 48


async def test_single_variables_deploy_what_is_deployed_and_skip_when_told(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    scope = {"projectId": project, "environmentId": environment, "serviceId": service}
    upsert = "mutation($i: VariableUpsertInput!) { variableUpsert(input: $i) }"
    delete = "mutation($i: VariableDeleteInput!) { variableDelete(input: $i) }"
    listed = "query($i: DeploymentListInput!) { deployments(input: $i) { edges { node { id status } } } }"

    async def count() -> int:
        return len((await api.ask(listed, i=scope))["deployments"]["edges"])

    await api.ask(upsert, i={**scope, "name": "A", "value": "1"})
    assert await count() == 0
    await api.deployed((project, environment, service), HELLO_FILES)
    await api.ask(upsert, i={**scope, "name": "A", "value": "2", "skipDeploys": True})
    assert await count() == 1
    await api.ask(upsert, i={**scope, "name": "B", "value": "${{shared.LEVEL}}"})
    assert await count() == 2
    await api.ask(delete, i={**scope, "name": "A"})
    assert await count() == 3
    await api.ask(upsert, i={**scope, "serviceId": None, "name": "LEVEL", "value": "debug"})
    assert await count() == 4
    newest = (await api.ask(listed, i=scope))["deployments"]["edges"][0]["node"]["id"]
    await api.reaches(newest, "SUCCESS")
    filtered = {**scope, "status": {"in": ["SUCCESS"]}}
    rows = (await api.ask(listed, i=filtered))["deployments"]["edges"]
    assert newest in [edge["node"]["id"] for edge in rows]
    excluded = (await api.ask(listed, i={**scope, "status": {"notIn": ["SUCCESS"]}}))["deployments"]["edges"]
    assert newest not in [edge["node"]["id"] for edge in excluded]


async def test_what_runs_tells_its_ports_its_domain_and_its_logs_in_the_environment(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    await api.configure(service, environment, healthcheckPath="/health")
    deployment = await api.deployed((project, environment, service), HELLO_FILES)
    text = """query($id: String!) { deployment(id: $id) { url suggestAddServiceDomain instances { status }
        sockets { port processName } creator { email } canRedeploy canRollback } }"""
    found = (await api.ask(text, id=deployment))["deployment"]
    assert found["url"] is None
    assert found["suggestAddServiceDomain"] is True
    assert found["instances"] == [{"status": "RUNNING"}]
    assert [socket["processName"] for socket in found["sockets"]] == ["python"]
    assert (found["canRedeploy"], found["canRollback"]) == (True, False)
    logs = """query($e: String!, $f: String) { environmentLogs(environmentId: $e, filter: $f, beforeLimit: 50) {
        message tags { deploymentId } } }"""
    lines = (await api.ask(logs, e=environment, f="listening"))["environmentLogs"]
    assert [line["tags"]["deploymentId"] for line in lines] == [deployment]
    served = await api.control("traffic")
    assert served == []
    assert (await api.control("machine"))["tier"] == "process"
    assert (await api.control("settings"))["plan"] == "hobby"


async def test_identity_tells_plan_credit_period_and_regions(api: Api) -> None:
    text = """query($w: String!) {
        workspace(workspaceId: $w) { plan projectCount apiTokenRateLimit { remainingPoints resetsAt }
            subscriptionPlanLimit customer { isTrialing creditBalance remainingUsageCreditBalance state } }
        resourceAccess(explicitResourceOwner: {id: $w, type: WORKSPACE}) {
            project { disallowed } deployment { disallowed } }
        regions { region } platformStatus { isStable incident { id } } githubRepos { fullName } }"""
    found = await api.ask(text, w=await api.workspace())
    assert found["workspace"]["customer"]["remainingUsageCreditBalance"] == 5
    assert found["resourceAccess"]["project"]["disallowed"] is None
    assert "asia-southeast1-eqsg3a" in {row["region"] for row in found["regions"]}
    assert found["githubRepos"] == []
