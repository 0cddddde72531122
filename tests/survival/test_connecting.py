"""Kill -9 while a service is being connected to its repository: connecting deploys, and nothing is deployed twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.support.kills import Place, Victim
from tests.support.repositories import commit, git
from tests.survival.test_kills import ended_well
from wizard.standin.server import Standin
from wizard.standin.settings import Repository

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="process groups are POSIX"),
    pytest.mark.timeout(300),
    pytest.mark.full,
]


@pytest.fixture
def pushed(victim: Victim, standin: Standin, tmp_path: Path) -> str:
    """Put the victim's application into a repository that the platform knows; returns the commit's hash."""
    name, folder, remote = f"acme/{tmp_path.name}", victim.application.folder, tmp_path / "remote.git"
    victim.application.edit("wizard.toml", '{ upload = "." }', f'{{ repo = "{name}", branch = "main" }}')
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(remote))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "remote", "add", "origin", str(remote))
    head = commit(folder, "all of it")
    git(folder, "push", "-q", "origin", "main")
    standin.gateway.railway.cloud.settings.repositories[name] = Repository(path=remote)
    return head


@pytest.mark.parametrize("side", ["before", "after"])
async def test_after_a_kill_while_connecting_the_commit_is_deployed_once(
    victim: Victim, pushed: str, side: str
) -> None:
    await victim.killed(Place("serviceConnect", side))
    secret = victim.variable("JWT_SECRET")

    again = await victim.deploy()

    await ended_well(victim, again, secret=secret)
    assert [one.meta["commitHash"] for one in victim.deployments()] == [pushed]
    assert victim.pushes_deploy()
