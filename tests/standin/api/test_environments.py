"""Environments: copies of one another, renamed, staged, deployed service by service, and gone."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.manual_clock import ManualClock
from tests.support.standin_api import HELLO_FILES, Api, eventually
from wizard.standin.server import serve
from wizard.standin.settings import Cooldowns, Settings

CREATE = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id name isEphemeral } }"
READ = """query($e: String!) { environment(id: $e) { name config(decryptVariables: true) configEtag
    unmergedChangesCount sourceEnvironment { id }
    serviceInstances { edges { node { serviceName serviceId latestDeployment { id status } } } }
    volumeInstances { edges { node { id mountPath serviceId } } }
    variables { edges { node { name isSealed } } } deployments { edges { node { id } } } } }"""
PATCH = "mutation($e: String!, $p: EnvironmentConfig) { environmentPatchCommit(environmentId: $e, patch: $p) }"


async def create(api: Api, project: str, name: str, **more: Any) -> str:
    given = {"projectId": project, "name": name, **more}
    return str((await api.ask(CREATE, i=given))["environmentCreate"]["id"])


async def read(api: Api, environment: str) -> dict[str, Any]:
    return dict((await api.ask(READ, e=environment))["environment"])


def nodes(connection: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in connection["edges"]]


@pytest.fixture
async def shop(api: Api) -> tuple[str, str, str]:
    """A project whose one service has settings, variables, a sealed one, a volume, a domain and a TCP proxy."""
    project, environment = await api.project()
    service = await api.service(project)
    await api.configure(service, environment, startCommand="python app.py", healthcheckPath="/health")
    await api.set((project, environment, None), LEVEL="info")
    await api.set((project, environment, service), GREETING="hi ${{shared.LEVEL}}")
    section = {
        "variables": {"HIDDEN": {"value": "s", "isSealed": True}},
        "volumeMounts": {"00000000-0000-4000-8000-00000000aaaa": {"mountPath": "/files"}},
        "networking": {"serviceDomains": {"<hasDomain>": {"port": 80}}, "tcpProxies": {"5432": {}}},
    }
    volumes = {"00000000-0000-4000-8000-00000000aaaa": {"isCreated": True}}
    await api.ask(PATCH, e=environment, p={"services": {service: section}, "volumes": volumes})

    async def mounted() -> bool:
        return bool(nodes((await read(api, environment))["volumeInstances"]))

    await eventually(mounted)
    return project, environment, service


async def test_a_copy_has_settings_variables_volumes_and_addresses_of_its_own_but_nothing_sealed(
    api: Api, shop: tuple[str, str, str]
) -> None:
    project, environment, service = shop
    copy = await create(api, project, "staging", sourceEnvironmentId=environment)
    before, after = await read(api, environment), await read(api, copy)
    one, other = before["config"]["services"][service], after["config"]["services"][service]
    assert other["deploy"] == one["deploy"]
    assert other["variables"] == {"GREETING": {"value": "hi ${{shared.LEVEL}}"}}
    assert one["variables"]["HIDDEN"] == {"isSealed": True}
    assert after["config"]["sharedVariables"] == {"LEVEL": {"value": "info"}}
    assert other["volumeMounts"] == one["volumeMounts"]
    assert nodes(after["volumeInstances"])[0]["id"] != nodes(before["volumeInstances"])[0]["id"]
    assert other["networking"]["tcpProxies"] == {"5432": {}}
    assert list(other["networking"]["serviceDomains"].values()) == [{"port": 80}]
    assert not other["networking"]["serviceDomains"].keys() & one["networking"]["serviceDomains"].keys()
    assert after["sourceEnvironment"] == {"id": environment}


async def test_names_of_environments_repeat_and_may_change(api: Api) -> None:
    project, _ = await api.project()
    first, second = await create(api, project, "production"), await create(api, project, "production", ephemeral=True)
    listed = (
        "query($p: String!, $f: Boolean) { environments(projectId: $p, isEphemeral: $f) { edges { node { id } } } }"
    )
    forks = nodes((await api.ask(listed, p=project, f=True))["environments"])
    assert [one["id"] for one in forks] == [second]
    assert len(nodes((await api.ask(listed, p=project))["environments"])) == 3
    rename = "mutation($e: String!, $n: String!) { environmentRename(id: $e, input: {name: $n}) { id name } }"
    assert (await api.ask(rename, e=first, n="Staging"))["environmentRename"] == {"id": first, "name": "Staging"}
    assert await api.refusal(rename, e=first, n=" ") == "Problem processing request"


async def test_a_deleted_environment_is_gone_with_what_ran_in_it(api: Api, shop: tuple[str, str, str]) -> None:
    project, environment, service = shop
    copy = await create(api, project, "staging", sourceEnvironmentId=environment)
    delete = "mutation($e: String!) { environmentDelete(id: $e) }"
    assert (await api.ask(delete, e=copy))["environmentDelete"] is True
    assert await api.refusal(delete, e=copy) == "Not Authorized"
    assert await api.refusal(READ, e=copy) == "Not Authorized"
    assert service in (await read(api, environment))["config"]["services"]


async def test_changes_of_a_copy_can_be_staged_instead_and_committed_later(
    api: Api, shop: tuple[str, str, str]
) -> None:
    project, environment, service = shop
    copy = await create(api, project, "later", sourceEnvironmentId=environment, stageInitialChanges=True)
    staged = await read(api, copy)
    assert staged["config"]["services"] == {}
    assert staged["unmergedChangesCount"] > 0
    commit = "mutation($e: String!) { environmentPatchCommitStaged(environmentId: $e, skipDeploys: true) }"
    await api.ask(commit, e=copy)

    async def there() -> Any:
        return (await read(api, copy))["config"]["services"].get(service)

    made = await eventually(there)
    assert made["deploy"]["startCommand"] == "python app.py"

    async def complete() -> bool:
        return bool((await read(api, copy))["config"]["services"][service]["networking"]["tcpProxies"])

    await eventually(complete)


async def test_a_copy_deploys_unless_told_not_to_and_a_skipped_service_brings_what_it_refers_to(api: Api) -> None:
    project, environment = await api.project()
    image = {"source": {"image": "docker.io/acme/none:1"}}
    base, user = await api.service(project, "base", **image), await api.service(project, "user", **image)
    lone = await api.service(project, "lone", **image)
    await api.set((project, environment, user), URL="http://${{base.RAILWAY_PRIVATE_DOMAIN}}")
    copy = await create(api, project, "quiet", sourceEnvironmentId=environment, skipInitialDeploys=True)
    assert nodes((await read(api, copy))["deployments"]) == []

    unskip = "mutation($e: String!, $s: String!) { environmentUnskipService(environmentId: $e, serviceId: $s) }"
    assert (await api.ask(unskip, e=copy, s=user))["environmentUnskipService"] is True
    deployed = {
        one["serviceId"]: one["latestDeployment"] is not None
        for one in nodes((await read(api, copy))["serviceInstances"])
    }
    assert deployed == {base: True, user: True, lone: False}
    assert await api.ask(unskip, e=copy, s=user)
    assert len(nodes((await read(api, copy))["deployments"])) == 2

    loud = await create(api, project, "loud", sourceEnvironmentId=environment, applyChangesInBackground=True)

    async def all_deployed() -> bool:
        return len(nodes((await read(api, loud))["deployments"])) == 3

    await eventually(all_deployed)


async def test_one_environment_can_be_created_every_thirty_seconds(tmp_path: Path) -> None:
    settings = Settings(read_lag=0, cooldowns=Cooldowns(environment=30))
    async with ManualClock() as clock, serve(settings, tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            project, _ = await api.project()
            await create(api, project, "one")
            said = await api.refusal(CREATE, i={"projectId": project, "name": "two"})
            assert "one environment can be created per user every 30s" in said
        await clock.sleep(30)
        with clock.busy():
            await create(api, project, "two")


async def test_a_foreign_source_and_a_foreign_project_are_not_authorized(api: Api) -> None:
    project, _ = await api.project()
    _, elsewhere = await api.project("other")
    given = {"projectId": project, "name": "copy", "sourceEnvironmentId": elsewhere}
    assert await api.refusal(CREATE, i=given) == "Not Authorized"
    assert await api.refusal(CREATE, i={"projectId": elsewhere, "name": "x"}) == "Not Authorized"


async def test_settings_without_an_environment_go_to_all_that_are_no_forks(api: Api) -> None:
    project, production = await api.project()
    staging = await create(api, project, "staging")
    service = await api.service(project)
    fork = await create(api, project, "pr-1", sourceEnvironmentId=production, ephemeral=True)
    update = """mutation($s: String!, $i: ServiceInstanceUpdateInput!) {
        serviceInstanceUpdate(serviceId: $s, input: $i) }"""
    await api.ask(update, s=service, i={"startCommand": "everywhere"})
    command = """query($s: String!, $e: String!) {
        serviceInstance(serviceId: $s, environmentId: $e) { startCommand } }"""
    seen = [
        (await api.ask(command, s=service, e=one))["serviceInstance"]["startCommand"]
        for one in (production, staging, fork)
    ]
    assert seen == ["everywhere", "everywhere", None]
    only = await api.service(project, "preview", environmentId=fork)
    assert await api.refusal(command, s=only, e=production) == "ServiceInstance not found"
    assert (await api.ask(command, s=only, e=fork))["serviceInstance"] == {"startCommand": None}


async def test_an_upload_is_deployed_in_the_environment_it_was_sent_to(api: Api) -> None:
    project, production = await api.project()
    staging = await create(api, project, "staging")
    service = await api.service(project)
    await api.deployed((project, staging, service), HELLO_FILES)
    latest = {
        one["serviceId"]: one["latestDeployment"] for one in nodes((await read(api, production))["serviceInstances"])
    }
    assert latest == {service: None}
