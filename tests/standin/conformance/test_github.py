"""What Railway sees of GitHub with and without its App: the list, the branches, access, and push-to-deploy."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.quiet_machine import QuietMachine
from tests.support.repositories import repository
from tests.support.standin_api import HELLO_FILES, Api
from wizard.standin.server import serve
from wizard.standin.settings import Repository, Settings

ACCESS = "query($n: String!) { gitHubRepoAccessAvailable(fullRepoName: $n) { hasAccess isPublic } }"
LIST = "{ githubRepos { fullName isPrivate defaultBranch } }"
CONNECT = "mutation($s: String!, $i: ServiceConnectInput!) { serviceConnect(id: $s, input: $i) { id } }"
STATUS = """query($p: String!, $e: String!, $s: String!) {
    serviceInstanceAutoDeployStatus(projectId: $p, environmentId: $e, serviceId: $s) { enabled canEnable reason } }"""
SWITCH = """mutation($i: ServiceInstanceAutoDeployUpdateInput!) {
    serviceInstanceAutoDeployUpdate(input: $i) { enabled } }"""


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Api]:
    folder = repository(tmp_path / "shop", HELLO_FILES)
    repositories = {
        "acme/mine": Repository(path=folder),
        "acme/hidden": Repository(path=folder, app_installed=False),
        "other/public": Repository(path=folder, private=False, app_installed=False),
    }
    settings = Settings(read_lag=0, repositories=repositories, requests_per_hour=10_000)
    async with serve(settings, tmp_path / "standin", machine=QuietMachine()) as standin, Api(standin) as api:
        yield api


async def test_github_repos_are_those_the_app_is_installed_on(hub: Api) -> None:
    assert [one["fullName"] for one in (await hub.ask(LIST))["githubRepos"]] == ["acme/mine"]
    asked = {name: await hub.ask(ACCESS, n=name) for name in ("acme/mine", "acme/hidden", "other/public", "no/such")}
    assert {name: tuple(one["gitHubRepoAccessAvailable"].values()) for name, one in asked.items()} == {
        "acme/mine": (True, False),
        "acme/hidden": (False, False),
        "other/public": (False, True),
        "no/such": (False, False),
    }


async def test_auto_deploy_tells_why_a_push_does_not_deploy(hub: Api) -> None:
    project, environment = await hub.project()
    told: dict[str, Any] = {}
    for name in ("", "acme/mine", "other/public"):
        service = await hub.service(project, f"of-{name.partition('/')[0]}")
        if name:
            await hub.ask(CONNECT, s=service, i={"repo": name, "branch": "main"})
        here = {"projectId": project, "environmentId": environment, "serviceId": service}
        status = await hub.ask(STATUS, p=project, e=environment, s=service)
        told[name] = status["serviceInstanceAutoDeployStatus"]
        if told[name]["canEnable"]:
            off = await hub.ask(SWITCH, i={**here, "enabled": False})
            assert off["serviceInstanceAutoDeployUpdate"] == {"enabled": False}
        else:
            assert await hub.refusal(SWITCH, i={**here, "enabled": True}) == told[name]["reason"]
    assert told["acme/mine"] == {"enabled": True, "canEnable": True, "reason": None}
    assert "not connected" in told[""]["reason"]
    assert "GitHub App is not installed" in told["other/public"]["reason"]
