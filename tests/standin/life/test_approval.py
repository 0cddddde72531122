"""A push whose deployment somebody has to approve first."""

from pathlib import Path

from tests.support.life import Life, living
from tests.support.repositories import commit, repository
from wizard.standin.settings import Repository

CONNECT = "mutation($id: String!, $i: ServiceConnectInput!) { serviceConnect(id: $id, input: $i) { id } }"
LATEST = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    latestDeployment { id status meta } } }"""


async def latest(life: Life) -> str:
    found = await life.api.ask(LATEST, s=life.scope[2], e=life.scope[1])
    return str(found["serviceInstance"]["latestDeployment"]["id"])


async def test_a_push_waits_for_approval_and_what_was_approved_deploys(tmp_path: Path) -> None:
    folder = repository(tmp_path / "shop", {"app.py": "one"})
    mapped = {"acme/shop": Repository(path=folder)}
    async with living(tmp_path, repositories=mapped, pushes_need_approval=True) as life:
        await life.api.ask(CONNECT, id=life.scope[2], i={"repo": "acme/shop", "branch": "main"})
        first = await latest(life)
        await life.api.reaches(first, "SUCCESS")
        for text in ("two", "three"):
            (folder / "app.py").write_text(text)
            commit(folder, text)
            await life.api.http.post(f"{life.standin.control_url}/push", json={"repo": "acme/shop", "branch": "main"})
            waiting = await latest(life)
            await life.clock.sleep(3600)
            assert (await life.row(waiting))["status"] == "NEEDS_APPROVAL"
            assert (await life.row(first))["status"] in {"SUCCESS", "REMOVED"}
            if text == "two":
                assert await life.ask("deploymentCancel", waiting)
                assert (await life.row(waiting))["status"] == "REMOVED"
        assert await life.ask("deploymentApprove", waiting)
        await life.api.reaches(waiting, "SUCCESS")
        assert await life.refused("deploymentApprove", waiting) == "Problem processing request"
