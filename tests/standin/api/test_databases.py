"""templateDeployV2 brings a real database: service, volume, variables and deployment, in that order."""

import copy
from pathlib import Path
from typing import Any

import psycopg

from tests.support.manual_clock import ManualClock
from tests.support.standin_api import HELLO_FILES, Api, eventually
from wizard.standin.server import serve
from wizard.standin.settings import Settings

TEMPLATE = "query($code: String!) { template(code: $code) { id name serializedConfig } }"
DEPLOY = "mutation($input: TemplateDeployV2Input!) { templateDeployV2(input: $input) { projectId workflowId } }"
WORKFLOW = "query($id: String!) { workflowStatus(workflowId: $id) { status error } }"
PROJECT = """query($id: String!) { project(id: $id) {
    services { edges { node { id name } } } volumes { edges { node { name } } } } }"""
INSTANCE = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    latestDeployment { id status meta } source { image } } }"""


async def start(api: Api, project: str, environment: str, code: str, **changes: Any) -> str:
    template = (await api.ask(TEMPLATE, code=code))["template"]
    config = copy.deepcopy(template["serializedConfig"])
    service = next(iter(config["services"].values()))
    service.update({key: value for key, value in changes.items() if key != "image"})
    if "image" in changes:
        service["source"]["image"] = changes["image"]
    given = {"projectId": project, "environmentId": environment, "templateId": template["id"]}
    return str((await api.ask(DEPLOY, input={**given, "serializedConfig": config}))["templateDeployV2"]["workflowId"])


async def complete(api: Api, workflow: str) -> None:
    async def done() -> bool:
        status = (await api.ask(WORKFLOW, id=workflow))["workflowStatus"]
        assert status["status"] != "Error", status
        return bool(status["status"] == "Complete")

    await eventually(done)


async def services(api: Api, project: str) -> dict[str, str]:
    found = (await api.ask(PROJECT, id=project))["project"]["services"]["edges"]
    return {edge["node"]["name"]: edge["node"]["id"] for edge in found}


async def running(api: Api, service: str, environment: str) -> dict[str, Any]:
    async def there() -> dict[str, Any] | None:
        latest = (await api.ask(INSTANCE, s=service, e=environment))["serviceInstance"]["latestDeployment"]
        assert latest is None or latest["status"] != "FAILED", await api.logs("deploymentLogs", latest["id"])
        return latest if latest and latest["status"] == "SUCCESS" else None

    return dict(await eventually(there))


async def test_postgres_template_answers_under_its_rendered_private_address_and_keeps_its_name(api: Api) -> None:
    project, environment = await api.project()
    image = "ghcr.io/railwayapp-templates/postgres-ssl:16"
    await complete(api, await start(api, project, environment, "postgres", name="main-db", image=image))
    service = (await services(api, project))["main-db"]

    assert (await running(api, service, environment))["meta"]["image"] == image
    values = await api.variables((project, environment, service))
    async with await psycopg.AsyncConnection.connect(values["DATABASE_URL"]) as connection:
        row = await (await connection.execute("SHOW server_version")).fetchone()
    assert row is not None
    assert row[0].startswith("16.")
    assert len(values["POSTGRES_PASSWORD"]) == 32
    assert values["DATABASE_PUBLIC_URL"].endswith("@:/railway")


async def test_a_second_copy_gets_a_suffix_and_its_own_volume(api: Api) -> None:
    project, environment = await api.project()
    for _ in range(2):
        await complete(api, await start(api, project, environment, "redis"))

    names = sorted(await services(api, project))
    assert names[0] == "Redis"
    assert names[1].startswith("Redis-")
    volumes = (await api.ask(PROJECT, id=project))["project"]["volumes"]["edges"]
    assert len({edge["node"]["name"] for edge in volumes}) == 2
    for service in (await services(api, project)).values():
        await running(api, service, environment)


async def test_a_tcp_proxy_opened_and_closed_by_patch_reaches_the_database(api: Api) -> None:
    project, environment = await api.project()
    await complete(api, await start(api, project, environment, "postgres"))
    service = (await services(api, project))["Postgres"]
    before = await running(api, service, environment)
    scope = (project, environment, service)
    commit = "mutation($e: String!, $p: EnvironmentConfig) { environmentPatchCommit(environmentId: $e, patch: $p) }"
    proxies = "query($s: String!, $e: String!) { tcpProxies(serviceId: $s, environmentId: $e) { id domain proxyPort } }"

    async def opened() -> list[dict[str, Any]]:
        return list((await api.ask(proxies, s=service, e=environment))["tcpProxies"])

    patch: dict[str, Any] = {"services": {service: {"networking": {"tcpProxies": {"5432": {}}}}}}
    await api.ask(commit, e=environment, p=patch)
    proxy = (await eventually(opened))[0]
    url = (await api.variables(scope))["DATABASE_PUBLIC_URL"]
    assert f"{proxy['domain']}:{proxy['proxyPort']}" in url
    async with await psycopg.AsyncConnection.connect(url) as connection:
        assert await (await connection.execute("SELECT 1")).fetchone() == (1,)
    assert (await running(api, service, environment))["id"] == before["id"]

    await api.ask("mutation($id: String!) { tcpProxyDelete(id: $id) }", id=proxy["id"])
    assert await opened() == []


async def test_template_deploy_shows_up_bit_by_bit(tmp_path: Path) -> None:
    """workflowStatus walks NotFound, Running, Complete; service, volume, variables, deployment appear in that order."""
    async with ManualClock() as clock:
        settings = Settings(read_lag=8, database_seconds=60)
        async with serve(settings, tmp_path, clock) as standin, Api(standin) as api:
            project, environment = await api.project()
            with clock.busy():
                workflow = await start(api, project, environment, "postgres")
                assert (await api.ask(WORKFLOW, id=workflow))["workflowStatus"]["status"] == "NotFound"
            seen: list[tuple[str, int, int, int, int]] = []
            while not seen or seen[-1][0] != "Complete":
                await clock.sleep(1)
                with clock.busy():
                    seen.append(await appearance(api, project, environment, workflow))
    assert [row[0] for row in seen if row[0] == "NotFound"] != []
    assert "Running" in {row[0] for row in seen}
    counts = [row[1:] for row in seen]
    assert counts == sorted(counts)
    firsts = [next(i for i, row in enumerate(counts) if row[column]) for column in range(4)]
    assert firsts == sorted(firsts)
    assert firsts[0] < firsts[1] < firsts[2] < firsts[3]


async def test_a_database_whose_deployment_is_cancelled_runs_no_more(tmp_path: Path) -> None:
    async with ManualClock() as clock:
        settings = Settings(read_lag=0, database_seconds=600)
        async with serve(settings, tmp_path, clock) as standin, Api(standin) as api:
            project, environment = await api.project()
            await start(api, project, environment, "postgres")
            servers = list[Path]()
            while not servers:
                await clock.sleep(1)
                servers = [lock for lock in tmp_path.rglob("postmaster.pid") if "ready" in lock.read_text()]
            with clock.busy():
                (service,) = (await services(api, project)).values()
                latest = (await api.ask(INSTANCE, s=service, e=environment))["serviceInstance"]["latestDeployment"]
                assert latest["status"] == "DEPLOYING"
                await api.ask("mutation($id: String!) { deploymentCancel(id: $id) }", id=latest["id"])
            assert not any(lock.exists() for lock in servers)


async def appearance(api: Api, project: str, environment: str, workflow: str) -> tuple[str, int, int, int, int]:
    status = (await api.ask(WORKFLOW, id=workflow))["workflowStatus"]["status"]
    text = """query($id: String!) { environment(id: $id) { serviceInstances { edges { node { id } } }
        volumeInstances { edges { node { id } } } variables { edges { node { id } } }
        deployments { edges { node { id } } } } }"""
    found = (await api.ask(text, id=environment))["environment"]
    names = ("serviceInstances", "volumeInstances", "variables", "deployments")
    one, two, three, four = (len(found[name]["edges"]) for name in names)
    return status, one, two, three, four


async def test_an_image_that_is_no_datastore_fails_the_deployment_and_says_why(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project, source={"image": "nginx:1.29"})

    async def failed() -> dict[str, Any] | None:
        latest = (await api.ask(INSTANCE, s=service, e=environment))["serviceInstance"]["latestDeployment"]
        return latest if latest["status"] == "FAILED" else None

    deployment = await eventually(failed)
    said = await api.logs("deploymentLogs", deployment["id"])
    assert any("nginx:1.29" in line and "container engine" in line for line in said)


async def test_a_duplicated_environment_runs_its_own_database(api: Api) -> None:
    project, environment = await api.project()
    await complete(api, await start(api, project, environment, "redis"))
    service = (await services(api, project))["Redis"]
    await running(api, service, environment)
    text = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"
    given = {"projectId": project, "name": "staging", "sourceEnvironmentId": environment}
    staging = (await api.ask(text, i=given))["environmentCreate"]["id"]
    await running(api, service, staging)
    ports = {(await api.variables((project, one, service)))["REDISPORT"] for one in (environment, staging)}
    assert len(ports) == 2
    await api.ask("mutation($id: String!) { environmentDelete(id: $id) }", id=staging)
    assert await api.refusal(INSTANCE, s=service, e=staging) == "Not Authorized"


async def test_one_patch_deploys_what_is_referred_to_first(api: Api) -> None:
    project, environment = await api.project()
    await complete(api, await start(api, project, environment, "redis"))
    redis = (await services(api, project))["Redis"]
    before = await running(api, redis, environment)
    web = await api.service(project, "web")
    await api.set((project, environment, web), REDIS_URL="${{Redis.REDIS_URL}}")
    await api.deployed((project, environment, web), HELLO_FILES)
    touched = {"variables": {"TOUCHED": {"value": "1"}}}
    text = "mutation($e: String!, $p: EnvironmentConfig) { environmentPatchCommit(environmentId: $e, patch: $p) }"
    await api.ask(text, e=environment, p={"services": {web: touched, redis: touched}})

    async def waited() -> list[str] | None:
        latest = (await api.ask(INSTANCE, s=web, e=environment))["serviceInstance"]["latestDeployment"]["id"]
        events = "query($id: String!) { deploymentEvents(id: $id) { edges { node { step completedAt } } } }"
        steps = [edge["node"]["step"] for edge in (await api.ask(events, id=latest))["deploymentEvents"]["edges"]]
        return steps if "CONFIGURE_NETWORK" in steps and "WAIT_FOR_DEPENDENCIES" in steps else None

    assert (await eventually(waited))[0] == "WAIT_FOR_DEPENDENCIES"
    assert (await running(api, redis, environment))["id"] != before["id"]


async def test_what_a_database_uses_is_measured(api: Api) -> None:
    project, environment = await api.project()
    await complete(api, await start(api, project, environment, "postgres"))
    service = (await services(api, project))["Postgres"]
    await running(api, service, environment)
    text = """query($p: String!) {
        estimatedUsage(projectId: $p, measurements: [MEMORY_USAGE_GB, DISK_USAGE_GB]) { measurement estimatedValue }
        usage(projectId: $p, measurements: [MEMORY_USAGE_GB]) { value }
        metrics(projectId: $p, startDate: "2026-01-01T00:00:00Z", measurements: [MEMORY_USAGE_GB],
            groupBy: [SERVICE_ID]) { tags { serviceId } values { ts value } }
        project(id: $p) { volumes { edges { node { volumeInstances { edges { node { currentSizeMB } } } } } } } }"""
    found = await api.ask(text, p=project)
    month = {one["measurement"]: one["estimatedValue"] for one in found["estimatedUsage"]}
    assert 0 < month["MEMORY_USAGE_GB"] / 43_200 < 2
    assert 0 < month["DISK_USAGE_GB"] / 43_200 < 1
    assert found["metrics"][0]["tags"]["serviceId"] == service
    volume = found["project"]["volumes"]["edges"][0]["node"]["volumeInstances"]["edges"][0]["node"]
    assert volume["currentSizeMB"] > 1
