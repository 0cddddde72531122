"""What deploys a repository: triggers, their switch, the head of the branch, and a repository taken as it is."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.repositories import commit, git, repository
from tests.support.standin_api import HELLO, HELLO_FILES, Api
from wizard.standin.server import serve
from wizard.standin.settings import Repository, Settings

TRIGGER = "id provider repository branch checkSuites"
LIST = f"""query($p: String!, $e: String!, $s: String!) {{
    deploymentTriggers(projectId: $p, environmentId: $e, serviceId: $s) {{ edges {{ node {{ {TRIGGER} }} }} }} }}"""
CREATE = f"mutation($i: DeploymentTriggerCreateInput!) {{ deploymentTriggerCreate(input: $i) {{ {TRIGGER} }} }}"
UPDATE = f"""mutation($id: String!, $i: DeploymentTriggerUpdateInput!) {{
    deploymentTriggerUpdate(id: $id, input: $i) {{ {TRIGGER} }} }}"""
DELETE = "mutation($id: String!) { deploymentTriggerDelete(id: $id) }"
DEPLOYMENTS = """query($s: String!) { deployments(input: {serviceId: $s}) { edges { node { id meta status } } } }"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return repository(tmp_path / "shop", HELLO_FILES)


@pytest.fixture
async def api(folder: Path, tmp_path: Path, layer_cache: Path) -> AsyncIterator[Api]:
    mapped = {
        "acme/shop": Repository(path=folder),
        "other/public": Repository(path=folder, private=False, app_installed=False),
    }
    settings = Settings(read_lag=0, cache=layer_cache, repositories=mapped)
    async with serve(settings, tmp_path / "standin") as standin, Api(standin) as client:
        yield client


async def deployments(api: Api, service: str) -> list[dict[str, Any]]:
    return [edge["node"] for edge in (await api.ask(DEPLOYMENTS, s=service))["deployments"]["edges"]]


async def triggers(api: Api, project: str, environment: str, service: str) -> list[dict[str, Any]]:
    found = await api.ask(LIST, p=project, e=environment, s=service)
    return [edge["node"] for edge in found["deploymentTriggers"]["edges"]]


async def test_a_trigger_is_made_once_changed_and_deleted_and_starts_nothing(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    assert await triggers(api, project, environment, service) == []
    here = {"projectId": project, "environmentId": environment, "serviceId": service, "provider": "github"}
    given = {**here, "repository": "acme/shop", "branch": "main", "checkSuites": True, "rootDirectory": "web"}
    made = (await api.ask(CREATE, i=given))["deploymentTriggerCreate"]
    assert (made["repository"], made["branch"], made["checkSuites"]) == ("acme/shop", "main", True)
    assert await triggers(api, project, environment, service) == [made]
    assert await api.refusal(CREATE, i=given) == "Problem processing request"
    assert await api.refusal(UPDATE, id=made["id"], i={"rootDirectory": "api"}) == "Problem processing request"
    changed = await api.ask(UPDATE, id=made["id"], i={"branch": "stable", "checkSuites": False})
    assert changed["deploymentTriggerUpdate"] == {**made, "branch": "stable", "checkSuites": False}
    assert (await api.ask(DELETE, id=made["id"]))["deploymentTriggerDelete"] is True
    assert await api.refusal(DELETE, id=made["id"]) == "Not Authorized"
    assert await triggers(api, project, environment, service) == []
    assert await deployments(api, service) == []


async def test_a_fired_trigger_deploys_the_head_and_a_plain_deploy_the_commit_it_has(api: Api, folder: Path) -> None:
    project, environment = await api.project()
    service = await api.service(project, source={"repo": "acme/shop"}, branch="main")
    first = (await deployments(api, service))[0]
    await api.reaches(first["id"], "SUCCESS")
    (folder / "app.py").write_text(HELLO.replace("hello", "second"))
    head = commit(folder, "second")
    deploy = """mutation($s: String!, $e: String!, $l: Boolean) {
        serviceInstanceDeploy(serviceId: $s, environmentId: $e, latestCommit: $l) }"""
    assert (await api.ask(deploy, s=service, e=environment))["serviceInstanceDeploy"] is True
    assert (await deployments(api, service))[0]["meta"]["commitHash"] == first["meta"]["commitHash"]
    assert await api.ask(deploy, s=service, e=environment, l=True)
    assert (await deployments(api, service))[0]["meta"]["commitHash"] == head
    fire = "mutation($i: EnvironmentTriggersDeployInput!) { environmentTriggersDeploy(input: $i) }"
    here = {"projectId": project, "environmentId": environment, "serviceId": service}
    assert (await api.ask(fire, i=here))["environmentTriggersDeploy"] is True
    assert (await deployments(api, service))[0]["meta"]["commitHash"] == head
    assert len(await deployments(api, service)) == 4
    empty = {**here, "serviceId": await api.service(project, "empty")}
    assert await api.refusal(fire, i=empty) == "Problem processing request"


async def test_a_repository_is_imported_as_another_service_each_time_and_built_from_its_root(api: Api) -> None:
    project, _ = await api.project()
    text = "mutation($i: GitHubRepoDeployInput!) { githubRepoDeploy(input: $i) }"
    made = [(await api.ask(text, i={"projectId": project, "repo": "acme/shop"}))["githubRepoDeploy"] for _ in "ab"]
    assert len(set(made)) == 2
    assert (await deployments(api, made[0]))[0]["meta"]["rootDirectory"] is None
    names = "query($p: String!) { project(id: $p) { services { edges { node { name } } } } }"
    found = [edge["node"]["name"] for edge in (await api.ask(names, p=project))["project"]["services"]["edges"]]
    assert found[0] == "shop"
    assert found[1].startswith("shop-")
    assert await api.refusal(text, i={"projectId": project, "repo": "no/body"}) == (
        "Repository not found or not accessible"
    )


async def test_github_shows_what_the_app_sees(api: Api) -> None:
    text = """{ githubWritableScopes githubRepo(fullRepoName: "other/public") { fullName defaultBranch isPrivate }
        gitHubRepoAccessAvailable(fullRepoName: "other/public") { hasAccess isPublic } }"""
    found = await api.ask(text)
    assert found["githubWritableScopes"] == ["acme"]
    assert found["githubRepo"] == {"fullName": "other/public", "defaultBranch": "main", "isPrivate": False}
    assert found["gitHubRepoAccessAvailable"] == {"hasAccess": False, "isPublic": True}


async def test_a_public_repository_without_the_app_builds_once_and_has_no_trigger(api: Api) -> None:
    project, environment = await api.project()
    service = await api.service(project, source={"repo": "other/public"})
    assert len(await deployments(api, service)) == 1
    assert await triggers(api, project, environment, service) == []


async def test_a_patch_connects_a_repository_and_deploys_the_commit_it_names(api: Api, folder: Path) -> None:
    project, environment = await api.project()
    service = await api.service(project)
    (folder / "app.py").write_text(HELLO.replace("hello", "second"))
    commit(folder, "second")
    first = git(folder, "rev-list", "--max-parents=0", "HEAD")
    patch = {"services": {service: {"source": {"repo": "acme/shop", "branch": "main", "commitSha": first}}}}
    text = "mutation($e: String!, $p: EnvironmentConfig) { environmentPatchCommit(environmentId: $e, patch: $p) }"
    id_ = (await api.ask(text, e=environment, p=patch))["environmentPatchCommit"]
    read = "query($id: String!) { environmentPatch(id: $id) { status lastAppliedError } }"
    while (found := (await api.ask(read, id=id_))["environmentPatch"])["status"] != "COMMITTED":
        pass
    assert found["lastAppliedError"] is None
    assert (await deployments(api, service))[0]["meta"]["commitHash"] == first
    assert len(await triggers(api, project, environment, service)) == 1
