"""Where a naive double lies: deployments, builds, logs, streams, uploads. A test a row.

Names are the rows' own words; the first sentence of each docstring is what a naive double does.
"""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.manual_clock import ManualClock
from tests.support.repositories import commit
from tests.support.standin_api import HELLO, HELLO_FILES, Api, eventually
from tests.support.subscriptions import subscribed
from wizard.standin.server import serve
from wizard.standin.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="module")

Scope = tuple[str, str, str]
INSTANCE = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    latestDeployment { id status meta snapshotId } activeDeployments { id } } }"""
EVENTS = "query($id: String!) { deploymentEvents(id: $id) { edges { node { step payload { error } } } } }"
LOG = "timestamp message severity attributes { key value } tags { deploymentId serviceId }"
BAKED = {
    "Dockerfile": "FROM python:3.11-slim\nWORKDIR /app\nARG NEXT_PUBLIC_API\nENV NEXT_PUBLIC_API=$NEXT_PUBLIC_API\n"
    'COPY . .\nRUN printf %s "$NEXT_PUBLIC_API" > baked\nCMD python app.py\n',
    "app.py": HELLO.replace('os.environ.get("GREETING", "hello")', '(open("baked").read() + os.environ["GREETING"])'),
}
"""What `NEXT_PUBLIC_API` was at build time, then what `GREETING` is at run time."""


async def scope_of(api: Api) -> Scope:
    project, environment = await api.project()
    return project, environment, await api.service(project)


async def instance(api: Api, scope: Scope) -> dict[str, Any]:
    return dict((await api.ask(INSTANCE, s=scope[2], e=scope[1]))["serviceInstance"])


async def events(api: Api, deployment: str) -> dict[str, str | None]:
    found = (await api.ask(EVENTS, id=deployment))["deploymentEvents"]["edges"]
    return {edge["node"]["step"]: (edge["node"]["payload"] or {}).get("error") for edge in found}


async def newest(api: Api, scope: Scope, other_than: str) -> str:
    async def there() -> str | None:
        latest = (await instance(api, scope))["latestDeployment"]
        return latest["id"] if latest and latest["id"] != other_than else None

    return str(await eventually(there))


async def test_template_deploy_v2_returns_only_ids_and_workflow_status_goes_from_not_found_to_complete(
    tmp_path: Path, layer_cache: Path
) -> None:
    """Returns services. Service, volume, variables and deployment show up later; a second call makes a second one."""
    settings = Settings(read_lag=4, cache=layer_cache)
    async with ManualClock() as clock, serve(settings, tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            project, environment = await api.project()
            template = (await api.ask('{ template(code: "redis") { id serializedConfig } }'))["template"]
            config = {**template["serializedConfig"], "somethingNew": {"kept": True}}
            given = {"projectId": project, "environmentId": environment, "templateId": template["id"]}
            deploy = "mutation($i: TemplateDeployV2Input!) { templateDeployV2(input: $i) { projectId workflowId } }"
            status = "query($id: String!) { workflowStatus(workflowId: $id) { status error } }"
            assert (await api.post(deploy, i={**given, "serializedConfig": "{}"})).status_code == 400
            begun = (await api.ask(deploy, i={**given, "serializedConfig": config}))["templateDeployV2"]
            assert begun["projectId"] == project
            seen = [(await api.ask(status, id=begun["workflowId"]))["workflowStatus"]["status"]]
        while seen[-1] != "Complete":
            await clock.sleep(0.5)
            with clock.busy():
                found = (await api.ask(status, id=begun["workflowId"]))["workflowStatus"]
                assert found["error"] is None
                seen.append(found["status"])
        assert list(dict.fromkeys(seen)) == ["NotFound", "Running", "Complete"]
        with clock.busy():
            await api.ask(deploy, i={**given, "serializedConfig": config})
        await clock.sleep(30)
        with clock.busy():
            text = "query($p: String!) { project(id: $p) { services { edges { node { name } } } } }"
            edges = (await api.ask(text, p=project))["project"]["services"]["edges"]
            first, second = [edge["node"]["name"] for edge in edges]
            assert first == "Redis"
            assert re.fullmatch(r"Redis-\w{4}", second)


async def test_a_running_deployments_env_is_frozen_at_deploy_and_next_public_at_build(shared: Api) -> None:
    """Follows variables. A redeploy with the previous image changes the one and not the other."""
    scope = await scope_of(shared)
    domain = (await shared.domain(scope[2], scope[1]))["domain"]
    await shared.configure(scope[2], scope[1], healthcheckPath="/health")
    await shared.set(scope, NEXT_PUBLIC_API="built1 ", GREETING="run1")
    first = await shared.deployed(scope, BAKED)
    await shared.set(scope, NEXT_PUBLIC_API="built2 ", GREETING="run2")
    assert (await shared.get(domain)).text == "built1 run1"
    again = """mutation($id: String!, $same: Boolean) {
        deploymentRedeploy(id: $id, usePreviousImageTag: $same) { id } }"""
    second = (await shared.ask(again, id=first, same=True))["deploymentRedeploy"]["id"]
    await shared.reaches(second, "SUCCESS")
    assert (await shared.get(domain)).text == "built1 run2"
    third = (await shared.ask(again, id=second, same=False))["deploymentRedeploy"]["id"]
    await shared.reaches(third, "SUCCESS")
    assert (await shared.get(domain)).text == "built2 run2"


async def test_deployments_have_edges_newest_first_cursor_paging_and_status_in_and_not_in(shared: Api) -> None:
    """A list. `successfulOnly` of the documentation is a 400."""
    project, environment = await shared.project()
    service = await shared.service(project, source={"image": "docker.io/acme/none:1"})
    deploy = "mutation($s: String!, $e: String!) { serviceInstanceDeployV2(serviceId: $s, environmentId: $e) }"
    ids = [(await instance(shared, (project, environment, service)))["latestDeployment"]["id"]]
    ids += [(await shared.ask(deploy, s=service, e=environment))["serviceInstanceDeployV2"] for _ in "ab"]
    await shared.reaches(ids[-1], "FAILED")
    text = """query($i: DeploymentListInput!, $first: Int, $after: String) {
        deployments(input: $i, first: $first, after: $after) {
            edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }"""

    async def listed(status: Any = None, **page: Any) -> list[str]:
        found = (await shared.ask(text, i={"serviceId": service, "status": status}, **page))["deployments"]
        return [edge["node"]["id"] for edge in found["edges"]]

    assert await listed() == ids[::-1]
    assert await listed(first=1) == [ids[-1]]
    page = (await shared.ask(text, i={"serviceId": service}, first=1))["deployments"]["pageInfo"]
    assert page["hasNextPage"] is True
    assert await listed(first=5, after=page["endCursor"]) == ids[1::-1]
    assert await listed({"in": ["FAILED"]}) == ids[::-1]
    assert await listed({"notIn": ["FAILED"]}) == []
    docs = "{ deployments(input: {status: {successfulOnly: true}}) { edges { node { id } } } }"
    assert (await shared.post(docs)).status_code == 400


async def test_statuses_go_from_initializing_to_success_the_old_one_removing_then_removed_after(shared: Api) -> None:
    """BUILDING, SUCCESS. SKIPPED has a null snapshotId; FAILED leaves the old one active."""
    scope = await scope_of(shared)
    await shared.configure(scope[2], scope[1], healthcheckPath="/health", healthcheckTimeout=20)
    first = str((await shared.upload(scope, HELLO_FILES)).json()["deploymentId"])
    text = "subscription($id: String!) { deployment(id: $id) { status } }"
    seen: list[str] = []
    async with subscribed(shared, text, id=first) as changes:
        while "SUCCESS" not in seen:
            seen.append((await anext(changes))["deployment"]["status"])
    order = [status for status in dict.fromkeys(seen) if status != "QUEUED"]
    assert order in (
        ["INITIALIZING", "BUILDING", "DEPLOYING", "SUCCESS"],
        ["BUILDING", "DEPLOYING", "SUCCESS"],  # the first state may be over when the socket is open
    )
    second = str((await shared.upload(scope, HELLO_FILES)).json()["deploymentId"])
    async with subscribed(shared, text, id=first) as changes:
        ends = [change["deployment"]["status"] async for change in changes]
    assert list(dict.fromkeys(ends)) == ["SUCCESS", "REMOVING", "REMOVED"]
    assert await shared.status(second) == "SUCCESS"
    await shared.configure(scope[2], scope[1], restartPolicyType="NEVER")
    failed = await shared.deployed(scope, {**HELLO_FILES, "app.py": "raise SystemExit(1)"}, "FAILED")
    now = await instance(shared, scope)
    assert now["latestDeployment"]["id"] == failed
    assert [one["id"] for one in now["activeDeployments"]] == [second]


async def test_a_push_no_watch_pattern_matches_is_skipped_with_a_null_snapshot(shared: Api, repo: Path) -> None:
    """Nothing at all. Terminal; it cannot be deployed again."""
    project, environment = await shared.project()
    service = await shared.service(project)
    await shared.configure(service, environment, watchPatterns=["/app.py"])
    connect = "mutation($s: String!, $i: ServiceConnectInput!) { serviceConnect(id: $s, input: $i) { id } }"
    await shared.ask(connect, s=service, i={"repo": "acme/shop", "branch": "main"})
    scope = (project, environment, service)
    first = (await instance(shared, scope))["latestDeployment"]["id"]
    await shared.reaches(first, "SUCCESS")
    (repo / "README").write_text("words")
    commit(repo, "words only")
    await shared.http.post(f"{shared.standin.control_url}/push", json={"repo": "acme/shop", "branch": "main"})
    skipped = (await instance(shared, scope))["latestDeployment"]
    assert (skipped["status"], skipped["snapshotId"]) == ("SKIPPED", None)
    again = "mutation($id: String!) { deploymentRedeploy(id: $id) { id } }"
    assert await shared.refusal(again, id=skipped["id"]) == "Cannot redeploy without a snapshot"


@pytest.mark.parametrize(
    ("path", "app"),
    [
        ("/moved", HELLO),
        ("/missing", HELLO),
        ("/health", HELLO.replace('int(os.environ["PORT"])', "0")),
    ],
    ids=["a redirect", "another path", "another port"],
)
async def test_the_healthcheck_depends_on_port_path_and_status_200(shared: Api, path: str, app: str) -> None:
    """Ignores it. A wrong one fails the deployment in its step."""
    scope = await scope_of(shared)
    await shared.configure(scope[2], scope[1], healthcheckPath=path, healthcheckTimeout=1)
    failed = await shared.deployed(scope, {**HELLO_FILES, "app.py": app}, "FAILED")
    assert (await events(shared, failed))["HEALTHCHECK"]


async def test_dockerfile_vs_railpack_is_detected_in_the_root_directory_and_a_missing_file_fails_build_image(
    shared: Api,
) -> None:
    """Always builds. A Dockerfile at the repository's root is taken by every service without a root directory."""
    scope = await scope_of(shared)
    tree = {f"api/{name}": text for name, text in HELLO_FILES.items()} | {"Dockerfile": "FROM scratch\nCOPY gone .\n"}
    hijacked = await shared.deployed(scope, tree, "FAILED")
    assert "Using detected Dockerfile!" in await shared.logs("buildLogs", hijacked)
    assert (await events(shared, hijacked))["BUILD_IMAGE"]
    await shared.configure(scope[2], scope[1], rootDirectory="api")
    assert await shared.deployed(scope, tree)
    await shared.configure(scope[2], scope[1], dockerfilePath="Other.Dockerfile")
    missing = await shared.deployed(scope, tree, "FAILED")
    assert (await events(shared, missing))["BUILD_IMAGE"]
    assert any("Other.Dockerfile" in line for line in await shared.logs("buildLogs", missing))


async def test_logs_are_limit_plus_one_with_severity_error_for_stderr_and_nanosecond_timestamps(shared: Api) -> None:
    """Exactly n lines, any time. Oldest first; build and deployment separate; an attribute for the level."""
    scope = await scope_of(shared)
    noisy = "import sys\nfor number in range(9):\n    print(number, flush=True)\nprint('bad', file=sys.stderr)\n"
    deployment = await shared.deployed(scope, {**HELLO_FILES, "app.py": noisy + HELLO})

    async def written() -> bool:
        return "bad" in await shared.logs("deploymentLogs", deployment)

    await eventually(written)
    text = f"query($id: String!, $n: Int) {{ deploymentLogs(deploymentId: $id, limit: $n) {{ {LOG} }} }}"
    lines = (await shared.ask(text, id=deployment))["deploymentLogs"]
    assert len((await shared.ask(text, id=deployment, n=3))["deploymentLogs"]) == 4
    assert [line["timestamp"] for line in lines] == sorted(line["timestamp"] for line in lines)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z", line["timestamp"]) for line in lines)
    assert {line["severity"] for line in lines if line["message"] == "bad"} == {"error"}
    assert {line["tags"]["deploymentId"] for line in lines} == {deployment}
    build = await shared.logs("buildLogs", deployment)
    assert "Using detected Dockerfile!" in build
    assert "bad" not in build


async def test_subscriptions_replay_the_last_limit_in_arrays_and_complete_when_the_deployment_ends(
    shared: Api,
) -> None:
    """A single happy stream. Silent on SKIPPED (which never completes)."""
    scope = await scope_of(shared)
    deployment = await shared.deployed(scope, HELLO_FILES)
    text = """subscription($id: String!, $n: Int) {
        buildLogs(deploymentId: $id, filter: "", limit: $n) { message } }"""
    whole = await shared.logs("buildLogs", deployment)
    async with subscribed(shared, text, id=deployment, n=2) as batches:
        received = [batch["buildLogs"] async for batch in batches]
    assert all(isinstance(batch, list) for batch in received)
    assert [line["message"] for batch in received for line in batch] == whole[-2:]
    live = 'subscription($id: String!) { deploymentLogs(deploymentId: $id, filter: "", limit: 9) { message } }'
    async with subscribed(shared, live, id=deployment) as batches:
        first = (await anext(batches))["deploymentLogs"]
        assert first
        await shared.ask("mutation($id: String!) { deploymentRemove(id: $id) }", id=deployment)
        async with asyncio.timeout(20):
            async for _ in batches:
                pass


async def test_upload_verifies_gzip_and_tar_takes_an_empty_service_id_and_applies_the_root_directory(
    shared: Api,
) -> None:
    """Accepts anything. 404 without an instance, 400 with a message; the id is usable at once, its logs are not."""
    project, environment, service = await scope_of(shared)
    bad = await shared.upload((project, environment, service), b"no archive")
    assert (bad.status_code, set(bad.json())) == (400, {"message"})
    other = await shared.project("elsewhere")
    assert (await shared.upload((other[0], other[1], service), HELLO_FILES)).status_code == 404
    await shared.configure(service, environment, rootDirectory="api")
    tree = {f"api/{name}": text for name, text in HELLO_FILES.items()}
    response = await shared.upload((project, environment, service), tree)
    told = response.json()
    assert set(told) == {"deploymentId", "url", "logsUrl", "deploymentDomain"}
    assert f"/service/{service}" in told["logsUrl"]
    await shared.reaches(told["deploymentId"], "SUCCESS")
    chosen = await shared.upload((project, environment, ""), tree)
    assert chosen.status_code == 200
    assert "/service/" in chosen.json()["logsUrl"]
