"""Deployments on a real stand-in: uploads, commits of a connected repository, and what is told of them."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.ports import created, followed, latest, new_group, observed
from wizard.clock import SystemClock
from wizard.errors import CredentialError, FailedError
from wizard.platform.handles import Group, Handle, Kind
from wizard.platform.ports import LogBatch, Progress
from wizard.platform.states import (
    DeploymentState,
    DeploymentStatus,
    SourceState,
)
from wizard.railway.platform import RailwayPlatform, connect
from wizard.secrets import Secret
from wizard.standin.server import serve
from wizard.standin.settings import Repository, Settings


async def test_an_upload_that_cannot_be_built_fails_with_its_step_and_its_lines(
    platform: RailwayPlatform, group: Group, tmp_path: Path
) -> None:
    (tmp_path / "Dockerfile").write_text("FROM python:3.11-slim\nCOPY absent.txt /\nCMD python -m http.server\n")
    service = await created(platform, group)
    receipt = await platform.deployments.upload(group, service, [("Dockerfile", tmp_path / "Dockerfile")], "mark:1")
    assert receipt.handle
    story = await followed(platform, receipt.handle)
    final = story[-1]
    assert isinstance(final, DeploymentState)
    assert final.status is DeploymentStatus.FAILED
    assert final.failure
    assert final.failure.step == "BUILD_IMAGE"
    assert "absent.txt" in "\n".join(texts(story, "build"))
    recent = await platform.deployments.recent(group, service, 5)
    assert [(one.handle, one.message) for one in recent] == [(receipt.handle, "mark:1")]
    assert [line.text for line in await platform.deployments.logs(receipt.handle, "build", 3)] == texts(story, "build")[
        -3:
    ]


def texts(story: Iterable[Progress], stream: str) -> list[str]:
    return [line.text for told in story if isinstance(told, LogBatch) and told.stream == stream for line in told.lines]


async def test_an_unknown_commit_is_told(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    with pytest.raises(FailedError) as raised:
        await platform.deployments.deploy(group, service, "0" * 40)
    assert raised.value.code in {"railway.commit-not-found", "railway.no-snapshot"}


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, str]:
    """Return a git repository with one commit, and the commit."""
    folder = tmp_path / "origin"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM python:3.11-slim\nCMD python -m http.server $PORT --bind 127.0.0.1\n")
    who = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
    for command in (["init", "-qb", "main"], ["add", "."], [*who, "commit", "-qm", "First"]):
        subprocess.run(["git", "-C", folder, *command], check=True)
    head = subprocess.run(["git", "-C", folder, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return folder, head.stdout.strip()


async def test_a_connected_repository_is_deployed_at_our_commit(repository: tuple[Path, str], tmp_path: Path) -> None:
    folder, commit = repository
    settings = Settings(read_lag=0, repositories={"owner/name": Repository(path=folder)})
    async with serve(settings, tmp_path / "with-repository") as standin:
        platform = connect(standin.url, Secret(standin.tokens.account), SystemClock())
        try:
            group = await new_group(platform)
            assert (await platform.credentials.repository("owner/name")).readable
            service = await created(platform, group)
            await platform.services.set_variables(group, service, {"PORT": "8000"})
            await platform.deployments.connect(group, service, "owner/name", "main")
            story = await followed(platform, await latest(platform, group, "backend"))
            again = await platform.deployments.deploy(group, service, commit)
            assert again.handle
            await followed(platform, again.handle)
            await platform.services.set_auto_deploy(group, service, enabled=False)
            state = (await observed(platform, group)).services["backend"]
        finally:
            await platform.close()
    assert isinstance(story[-1], DeploymentState)
    assert (story[-1].status, story[-1].commit, story[-1].message) == (DeploymentStatus.LIVE, commit, None)
    assert state.source == SourceState("owner/name", "main")
    assert state.auto_deploy is False
    assert state.active
    assert (state.active.handle.id, state.active.commit) == (again.handle.id, commit)


async def test_logs_of_an_unknown_deployment_are_refused(platform: RailwayPlatform) -> None:
    absent = Handle("railway", Kind.DEPLOYMENT, "00000000-0000-0000-0000-000000000000", "backend")
    with pytest.raises(CredentialError):
        await platform.deployments.logs(absent, "deploy", 5)
