"""Uploads and commits become builds, processes and public addresses; what is frozen stays frozen."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.manual_clock import ManualClock
from tests.support.repositories import commit, git
from tests.support.repositories import repository as made_repository
from tests.support.standin_api import HELLO, HELLO_FILES, Api, eventually
from wizard.standin.server import serve
from wizard.standin.settings import Repository, Settings

Scope = tuple[str, str, str]
INSTANCE = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    latestDeployment { id status meta snapshotId canRollback } activeDeployments { id } } }"""
EVENTS = """query($id: String!) { deploymentEvents(id: $id) { edges { node {
    step completedAt payload { error } } } } }"""
REDEPLOY = """mutation($id: String!, $same: Boolean) {
    deploymentRedeploy(id: $id, usePreviousImageTag: $same) { id } }"""


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


async def test_an_upload_is_built_started_and_served_under_its_domain(api: Api) -> None:
    scope = await scope_of(api)
    domain = await api.domain(scope[2], scope[1])
    await api.set(scope, GREETING="good morning")
    await api.configure(scope[2], scope[1], healthcheckPath="/health", healthcheckTimeout=20)

    deployment = await api.deployed(scope, HELLO_FILES)

    assert (await api.get(domain["domain"])).text == "good morning"
    assert "Using detected Dockerfile!" in await api.logs("buildLogs", deployment)
    steps = ["SNAPSHOT_CODE", "BUILD_IMAGE", "PUBLISH_IMAGE", "CREATE_CONTAINER", "HEALTHCHECK", "CONFIGURE_NETWORK"]
    assert list(await events(api, deployment)) == steps

    async def logged() -> bool:
        return "listening" in await api.logs("deploymentLogs", deployment)

    assert await eventually(logged)
    latest = (await instance(api, scope))["latestDeployment"]
    assert latest["meta"]["commitMessage"] == "v1"
    text = "query($id: String!) { deploymentSnapshot(deploymentId: $id) { variables } }"
    frozen = (await api.ask(text, id=deployment))["deploymentSnapshot"]["variables"]
    assert frozen["GREETING"] == "good morning"


async def test_running_environment_is_frozen_until_the_next_deployment(api: Api) -> None:
    scope = await scope_of(api)
    domain = (await api.domain(scope[2], scope[1]))["domain"]
    await api.configure(scope[2], scope[1], healthcheckPath="/health")
    await api.set(scope, GREETING="one")
    first = await api.deployed(scope, HELLO_FILES)

    await api.set(scope, GREETING="two")
    assert (await api.get(domain)).text == "one"
    assert (await instance(api, scope))["latestDeployment"]["id"] == first
    await api.ask("mutation($id: String!) { deploymentRestart(id: $id) }", id=first)

    async def restarted() -> bool:
        return (await api.get(domain)).text == "one"

    assert await eventually(restarted)

    await api.set(scope, skip=False, GREETING="three")
    second = await newest(api, scope, first)
    await api.reaches(second, "SUCCESS")
    assert (await api.get(domain)).text == "three"
    await api.reaches(first, "REMOVED")

    await api.ask("mutation($id: String!) { deploymentRollback(id: $id) }", id=first)
    third = await newest(api, scope, second)
    await api.reaches(third, "SUCCESS")
    assert (await api.get(domain)).text == "one"
    assert "BUILD_IMAGE" not in await events(api, third)


async def test_a_failed_deployment_leaves_the_old_one_serving(api: Api) -> None:
    scope = await scope_of(api)
    domain = (await api.domain(scope[2], scope[1]))["domain"]
    await api.configure(scope[2], scope[1], healthcheckPath="/health", healthcheckTimeout=20)
    first = await api.deployed(scope, HELLO_FILES)

    broken = {**HELLO_FILES, "app.py": "raise SystemExit('no database driver')"}
    await api.configure(scope[2], scope[1], restartPolicyMaxRetries=1)
    failed = await api.deployed(scope, broken, "FAILED")

    found = await instance(api, scope)
    assert [row["id"] for row in found["activeDeployments"]] == [first]
    assert found["latestDeployment"]["id"] == failed
    assert (await api.get(domain)).text == "hello"
    assert "code 1" in str((await events(api, failed))["HEALTHCHECK"])
    assert "no database driver" in await api.logs("deploymentLogs", failed, filter="@level:error")


@pytest.mark.parametrize(("path", "why"), [("/moved", "status 308"), ("/nothing", "status 404")])
async def test_healthcheck_takes_exactly_200(api: Api, path: str, why: str) -> None:
    scope = await scope_of(api)
    await api.configure(scope[2], scope[1], healthcheckPath=path, healthcheckTimeout=1)
    failed = await api.deployed(scope, HELLO_FILES, "FAILED")
    assert any(why in line for line in await api.logs("buildLogs", failed))
    assert (await events(api, failed))["HEALTHCHECK"]


async def test_healthcheck_depends_on_port(api: Api) -> None:
    scope = await scope_of(api)
    await api.configure(scope[2], scope[1], healthcheckPath="/health", healthcheckTimeout=1)
    wrong = HELLO.replace('int(os.environ["PORT"])', "0")
    failed = await api.deployed(scope, {**HELLO_FILES, "app.py": wrong}, "FAILED")
    assert any("service unavailable" in line for line in await api.logs("buildLogs", failed))


async def test_without_a_healthcheck_a_crashing_application_is_first_success_then_crashed(api: Api) -> None:
    scope = await scope_of(api)
    await api.configure(scope[2], scope[1], restartPolicyType="NEVER")
    crash = "import time\ntime.sleep(0.5)\nraise SystemExit(3)"
    response = await api.upload(scope, {**HELLO_FILES, "app.py": crash})
    deployment = response.json()["deploymentId"]

    async def crashed() -> bool:
        return await api.status(deployment) == "CRASHED"

    assert await eventually(crashed)
    assert (await instance(api, scope))["activeDeployments"] == []


async def test_a_failing_pre_deploy_command_stops_the_deployment_and_its_output_is_kept(api: Api) -> None:
    scope = await scope_of(api)
    await api.set(scope, WHO="migration")
    await api.configure(scope[2], scope[1], preDeployCommand=["echo running $WHO && exit 4"])
    failed = await api.deployed(scope, HELLO_FILES, "FAILED")
    assert "exit code 4" in str((await events(api, failed))["PRE_DEPLOY_COMMAND"])
    assert "running migration" in await api.logs("deploymentLogs", failed)
    assert "CREATE_CONTAINER" not in await events(api, failed)


async def test_root_directory_is_the_build_context(api: Api) -> None:
    scope = await scope_of(api)
    nested = {f"mvp/backend/{name}": text for name, text in HELLO_FILES.items()}
    await api.configure(scope[2], scope[1], rootDirectory="/mvp/backend", healthcheckPath="/health")
    await api.deployed(scope, nested)

    await api.configure(scope[2], scope[1], rootDirectory="mvp/frontend")
    failed = await api.deployed(scope, nested, "FAILED")
    assert "mvp/frontend" in str((await events(api, failed))["BUILD_IMAGE"])


async def test_redeploy_with_the_previous_image_skips_the_build_and_takes_new_variables(api: Api) -> None:
    scope = await scope_of(api)
    domain = (await api.domain(scope[2], scope[1]))["domain"]
    await api.configure(scope[2], scope[1], healthcheckPath="/health")
    first = await api.deployed(scope, HELLO_FILES)
    await api.set(scope, GREETING="new")
    second = (await api.ask(REDEPLOY, id=first, same=True))["deploymentRedeploy"]["id"]
    await api.reaches(second, "SUCCESS")
    assert "BUILD_IMAGE" not in await events(api, second)
    assert (await api.get(domain)).text == "new"


async def test_no_request_fails_while_a_new_deployment_takes_over(api: Api) -> None:
    scope = await scope_of(api)
    domain = (await api.domain(scope[2], scope[1]))["domain"]
    await api.configure(scope[2], scope[1], healthcheckPath="/health", drainingSeconds=5)
    first = await api.deployed(scope, HELLO_FILES)
    statuses: list[int] = []
    done = asyncio.Event()

    async def visit() -> None:
        while not done.is_set():
            statuses.append((await api.get(domain)).status_code)

    visiting = asyncio.create_task(visit())
    await api.deployed(scope, HELLO_FILES)
    await api.reaches(first, "REMOVED")
    done.set()
    await visiting
    assert len(statuses) > 5
    assert set(statuses) == {200}


async def test_a_target_port_that_is_not_port_reaches_nobody(api: Api) -> None:
    scope = await scope_of(api)
    wrong = await api.domain(scope[2], scope[1], targetPort=9999)
    right = await api.domain(scope[2], scope[1], targetPort=8000)
    await api.set(scope, PORT="8000")
    await api.configure(scope[2], scope[1], healthcheckPath="/health")
    await api.deployed(scope, HELLO_FILES)
    assert (await api.get(wrong["domain"])).status_code == 502
    assert (await api.get(right["domain"])).status_code == 200
    text = """mutation($i: ServiceDomainUpdateInput!) { serviceDomainUpdate(input: $i) }"""
    given = {"serviceDomainId": wrong["id"], "serviceId": scope[2], "environmentId": scope[1]}
    await api.ask(text, i={**given, "domain": "renamed.localhost", "targetPort": 8000})
    port = wrong["domain"].partition(":")[2]
    assert (await api.get(f"renamed.localhost:{port}")).status_code == 200
    await api.ask("mutation($id: String!) { serviceDomainDelete(id: $id) }", id=right["id"])
    with pytest.raises(httpx.ConnectError):
        await api.get(right["domain"])


async def test_a_volume_survives_a_deployment(api: Api) -> None:
    scope = await scope_of(api)
    domain = (await api.domain(scope[2], scope[1]))["domain"]
    text = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"
    given = {"projectId": scope[0], "environmentId": scope[1], "serviceId": scope[2], "mountPath": "/app/uploads"}
    await api.ask(text, i=given)
    counting = HELLO.replace(
        'print("listening"',
        'open("/app/uploads/starts", "a").write("x"); os.environ["GREETING"] = open("/app/uploads/starts").read()\n'
        'print("listening"',
    ).replace('"/app/uploads/starts"', '"uploads/starts"')
    await api.configure(scope[2], scope[1], healthcheckPath="/health")
    await api.deployed(scope, {**HELLO_FILES, "app.py": counting})
    assert (await api.get(domain)).text == "x"
    await api.deployed(scope, {**HELLO_FILES, "app.py": counting})
    assert (await api.get(domain)).text == "xx"


async def test_a_stopped_deployment_keeps_its_record_and_a_removed_one_ends(api: Api) -> None:
    scope = await scope_of(api)
    deployment = await api.deployed(scope, HELLO_FILES)
    await api.ask("mutation($id: String!) { deploymentStop(id: $id) }", id=deployment)
    text = "query($id: String!) { deployment(id: $id) { status deploymentStopped } }"
    found = (await api.ask(text, id=deployment))["deployment"]
    assert found == {"status": "SUCCESS", "deploymentStopped": True}
    await api.ask("mutation($id: String!) { deploymentRemove(id: $id) }", id=deployment)
    assert await api.status(deployment) == "REMOVED"


async def test_logs_return_limit_plus_one_with_nanoseconds_oldest_first(api: Api) -> None:
    scope = await scope_of(api)
    chatty = "for number in range(30): print('line', number)\n" + HELLO
    await api.configure(scope[2], scope[1], healthcheckPath="/health")
    deployment = await api.deployed(scope, {**HELLO_FILES, "app.py": chatty})
    assert len(await api.logs("deploymentLogs", deployment, limit=4)) == 5
    text = "query($id: String!) { deploymentLogs(deploymentId: $id) { timestamp severity message tags { serviceId } } }"
    lines = (await api.ask(text, id=deployment))["deploymentLogs"]
    stamps = [line["timestamp"] for line in lines]
    assert stamps == sorted(set(stamps))
    assert all(len(stamp) == len("2026-11-23T01:00:00.123456789Z") for stamp in stamps)
    assert lines[0]["tags"]["serviceId"] == scope[2]


async def test_a_timed_build_holds_the_state_on_the_clock_and_still_serves(tmp_path: Path, layer_cache: Path) -> None:
    settings = Settings(read_lag=0, build={"kind": "timed", "seconds": 240}, cache=layer_cache)
    async with ManualClock() as clock, serve(settings, tmp_path, clock) as standin, Api(standin) as api:
        scope = await scope_of(api)
        domain = (await api.domain(scope[2], scope[1]))["domain"]
        await api.configure(scope[2], scope[1], healthcheckPath="/health")
        seen: dict[str, float] = {}
        with clock.busy():
            deployment = (await api.upload(scope, HELLO_FILES)).json()["deploymentId"]
            began = clock.monotonic()
            seen[await api.status(deployment)] = 0
        while "SUCCESS" not in seen:
            with clock.busy():
                seen.setdefault(await api.status(deployment), clock.monotonic() - began)
            await clock.sleep(10)
        usual = ["INITIALIZING", "BUILDING", "DEPLOYING", "SUCCESS"]
        assert list(seen) == [status for status in usual if status in seen]
        assert seen["BUILDING"] <= 10
        assert 240 <= seen["SUCCESS"] < 280
        assert (await api.get(domain)).text == "hello"


async def test_a_second_deployment_waits_queued_and_a_cancelled_one_is_removed(api: Api) -> None:
    scope = await scope_of(api)
    slow = {**HELLO_FILES, "Dockerfile": "FROM python:3.11-slim\nRUN sleep 30\nCMD python app.py\n"}
    first = (await api.upload(scope, slow)).json()["deploymentId"]
    second = (await api.upload(scope, HELLO_FILES)).json()["deploymentId"]
    await api.reaches(first, "BUILDING")
    await api.reaches(second, "QUEUED")
    assert await api.logs("buildLogs", second) == []
    assert await api.refusal(REDEPLOY, id=first) == (
        "Cannot redeploy yet, please wait for the original deployment to finish building"
    )
    await api.ask("mutation($id: String!) { deploymentCancel(id: $id) }", id=first)
    await api.reaches(first, "REMOVED")
    await api.reaches(second, "SUCCESS")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return made_repository(tmp_path / "shop", HELLO_FILES)


@pytest.fixture
async def repo_api(repository: Path, tmp_path: Path, layer_cache: Path) -> AsyncIterator[Api]:
    settings = Settings(read_lag=0, cache=layer_cache, repositories={"acme/shop": Repository(path=repository)})
    async with serve(settings, tmp_path / "standin") as standin, Api(standin) as api:
        yield api


async def test_connecting_a_repository_deploys_its_branch_and_a_commit_is_deployed_by_name(
    repo_api: Api, repository: Path
) -> None:
    api = repo_api
    first = git(repository, "rev-parse", "HEAD")
    repos = (await api.ask("{ githubRepos { fullName defaultBranch } }"))["githubRepos"]
    assert repos == [{"fullName": "acme/shop", "defaultBranch": "main"}]
    scope = await scope_of(api)
    connect = "mutation($id: String!, $i: ServiceConnectInput!) { serviceConnect(id: $id, input: $i) { id } }"
    await api.ask(connect, id=scope[2], i={"repo": "acme/shop", "branch": "main"})
    latest = (await instance(api, scope))["latestDeployment"]
    await api.reaches(latest["id"], "SUCCESS")
    assert latest["meta"]["commitHash"] == first
    assert (await api.variables(scope)).get("RAILWAY_GIT_COMMIT_SHA") is None

    (repository / "app.py").write_text(HELLO.replace("hello", "second"))
    second = commit(repository, "second")
    deploy = """mutation($s: String!, $e: String!, $c: String) {
        serviceInstanceDeployV2(serviceId: $s, environmentId: $e, commitSha: $c) }"""
    again = (await api.ask(deploy, s=scope[2], e=scope[1]))["serviceInstanceDeployV2"]
    await api.reaches(again, "SUCCESS")
    assert (await instance(api, scope))["latestDeployment"]["meta"]["commitHash"] == first
    await api.ask(deploy, s=scope[2], e=scope[1], c=second)
    assert (await instance(api, scope))["latestDeployment"]["meta"]["commitHash"] == second
    assert await api.refusal(deploy, s=scope[2], e=scope[1], c="f" * 40) == "Commit not found"


async def test_a_push_deploys_unless_no_watch_pattern_matches(repo_api: Api, repository: Path) -> None:
    api = repo_api
    scope = await scope_of(api)
    await api.configure(scope[2], scope[1], watchPatterns=["/app.py"])
    connect = "mutation($id: String!, $i: ServiceConnectInput!) { serviceConnect(id: $id, input: $i) { id } }"
    await api.ask(connect, id=scope[2], i={"repo": "acme/shop", "branch": "main"})
    await api.reaches((await instance(api, scope))["latestDeployment"]["id"], "SUCCESS")

    (repository / "README").write_text("words")
    commit(repository, "words only")
    push = {"repo": "acme/shop", "branch": "main"}
    await api.http.post(f"{api.standin.control_url}/push", json=push)
    skipped = (await instance(api, scope))["latestDeployment"]
    assert (skipped["status"], skipped["snapshotId"]) == ("SKIPPED", None)
    assert await api.refusal(REDEPLOY, id=skipped["id"]) == "Cannot redeploy without a snapshot"

    (repository / "app.py").write_text(HELLO.replace("hello", "pushed"))
    head = commit(repository, "code")
    await api.http.post(f"{api.standin.control_url}/push", json=push)
    latest = (await instance(api, scope))["latestDeployment"]
    assert latest["meta"]["commitHash"] == head
    await api.reaches(latest["id"], "SUCCESS")


async def test_service_create_with_a_source_deploys_at_once_from_the_repository_root(repo_api: Api) -> None:
    api = repo_api
    project, environment = await api.project()
    service = await api.service(project, source={"repo": "acme/shop"}, branch="main")
    latest = (await instance(api, (project, environment, service)))["latestDeployment"]
    assert latest["meta"]["rootDirectory"] is None
    await api.reaches(latest["id"], "SUCCESS")
    text = """query($p: String!, $e: String!, $s: String!) {
        serviceInstanceAutoDeployStatus(projectId: $p, environmentId: $e, serviceId: $s) { enabled canEnable } }"""
    found = await api.ask(text, p=project, e=environment, s=service)
    assert found["serviceInstanceAutoDeployStatus"] == {"enabled": True, "canEnable": True}
