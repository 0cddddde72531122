"""Projects: changed, listed page by page, deleted at once, in 48 hours, or not after all."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.manual_clock import ManualClock
from tests.support.standin_api import Api
from wizard.standin.server import serve
from wizard.standin.settings import Settings

LIST = """query($first: Int, $last: Int, $after: String, $before: String, $d: Boolean, $o: ProjectsOrderBy) {
    projects(first: $first, last: $last, after: $after, before: $before, includeDeleted: $d, orderBy: $o) {
        edges { cursor node { id name deletedAt } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
SCHEDULE = "mutation($id: String!) { projectScheduleDelete(id: $id) }"
CANCEL = "mutation($id: String!) { projectScheduleDeleteCancel(id: $id) }"
FORCE = "mutation($id: String!) { projectScheduleDeleteForce(id: $id) }"
READ = "query($id: String!) { project(id: $id) { id deletedAt } }"
HOUR = 3600


async def names(api: Api, **arguments: Any) -> list[str]:
    return [edge["node"]["name"] for edge in (await api.ask(LIST, **arguments))["projects"]["edges"]]


async def test_a_scheduled_deletion_happens_after_48_hours_and_not_before(tmp_path: Path) -> None:
    async with ManualClock() as clock, serve(Settings(read_lag=0), tmp_path, clock) as standin, Api(standin) as api:
        with clock.busy():
            doomed, environment = await api.project("doomed")
            kept, _ = await api.project("kept")
            await api.service(doomed)
            assert (await api.ask(SCHEDULE, id=doomed))["projectScheduleDelete"] is True
            assert (await api.ask(SCHEDULE, id=doomed))["projectScheduleDelete"] is True
            await api.ask(SCHEDULE, id=kept)
            await api.ask(CANCEL, id=kept)
        await clock.sleep(47 * HOUR)
        with clock.busy():
            assert (await api.ask(READ, id=doomed))["project"]["deletedAt"] is not None
            assert sorted(await names(api)) == ["doomed", "kept"]
            assert await names(api, d=False) == ["kept"]
        await clock.sleep(2 * HOUR)
        with clock.busy():
            assert await api.refusal(READ, id=doomed) == "Not Authorized"
            assert await api.refusal("query($e: String!) { environment(id: $e) { id } }", e=environment)
            assert await names(api) == ["kept"]


async def test_a_deletion_that_came_due_while_nobody_served_happens_at_the_next_start(tmp_path: Path) -> None:
    async with ManualClock() as clock:
        async with serve(Settings(read_lag=0), tmp_path, clock) as standin, Api(standin) as api:
            with clock.busy():
                project, _ = await api.project()
                await api.ask(SCHEDULE, id=project)
        await clock.sleep(49 * HOUR)
        async with serve(Settings(read_lag=0), tmp_path, clock) as standin, Api(standin) as api:
            await clock.sleep(HOUR)
            with clock.busy():
                assert await names(api) == []


@pytest.mark.parametrize("mutation", [FORCE, "mutation($id: String!) { projectDelete(id: $id) }"])
async def test_a_forced_deletion_happens_now_and_once(api: Api, mutation: str) -> None:
    project, _ = await api.project()
    await api.ask(SCHEDULE, id=project)
    assert await api.ask(mutation, id=project)
    assert await api.refusal(mutation, id=project) == "Not Authorized"
    assert await api.refusal(CANCEL, id=project) == "Not Authorized"
    assert await names(api) == []


async def test_lists_go_page_by_page_in_both_directions(api: Api) -> None:
    for name in ("b", "a", "d", "c"):
        await api.project(name)
    assert await names(api, o="NAME_ASC") == ["a", "b", "c", "d"]
    first = (await api.ask(LIST, o="NAME_ASC", first=2))["projects"]
    assert [edge["node"]["name"] for edge in first["edges"]] == ["a", "b"]
    info = first["pageInfo"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)
    assert (info["startCursor"], info["endCursor"]) == tuple(edge["cursor"] for edge in first["edges"])
    rest = (await api.ask(LIST, o="NAME_ASC", after=info["endCursor"], first=2))["projects"]
    assert [edge["node"]["name"] for edge in rest["edges"]] == ["c", "d"]
    assert (rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"]) == (False, True)
    back = (await api.ask(LIST, o="NAME_ASC", before=rest["pageInfo"]["startCursor"], last=1))["projects"]
    assert [edge["node"]["name"] for edge in back["edges"]] == ["b"]
    assert (back["pageInfo"]["hasNextPage"], back["pageInfo"]["hasPreviousPage"]) == (True, True)
    beyond = (await api.ask(LIST, o="NAME_ASC", after=rest["pageInfo"]["endCursor"]))["projects"]
    assert beyond == {
        "edges": [],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None},
    }


async def test_a_project_changes_and_tells_who_belongs_to_it(api: Api) -> None:
    project, environment = await api.project()
    text = """mutation($id: String!, $i: ProjectUpdateInput!) { projectUpdate(id: $id, input: $i) {
        name description isPublic prDeploys baseEnvironmentId } }"""
    changed = await api.ask(text, id=project, i={"name": "new", "description": "why", "prDeploys": True})
    assert changed["projectUpdate"] == {
        "name": "new",
        "description": "why",
        "isPublic": False,
        "prDeploys": True,
        "baseEnvironmentId": environment,
    }
    assert await api.refusal(text, id=project, i={"name": ""}) == "Invalid project name"
    members = (
        "query($p: String!) { projectMembers(projectId: $p) { email role } project(id: $p) { members { email } } }"
    )
    found = await api.ask(members, p=project)
    assert found["projectMembers"] == [{"email": "operator@railway.localhost", "role": "ADMIN"}]
    assert len(found["project"]["members"]) == 1


async def test_what_stands_around_an_account_is_empty_and_says_so(api: Api) -> None:
    text = """query($w: String!) { externalWorkspaces { id } sshPublicKeys { edges { node { id } } }
        workspaceTemplates(workspaceId: $w) { edges { node { id } } } }"""
    found = await api.ask(text, w=await api.workspace())
    assert found == {"externalWorkspaces": [], "sshPublicKeys": {"edges": []}, "workspaceTemplates": {"edges": []}}
    track = """mutation { cliEventTrack(input: {command: "up", durationMs: 1, success: true, os: "linux",
        arch: "x86_64", cliVersion: "5", isCi: false}) }"""
    assert (await api.ask(track))["cliEventTrack"] is True
