"""The ports on a real stand-in: what is written is read back, and nothing deploys that was not asked to."""

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from wizard.clock import SystemClock
from wizard.errors import CredentialError, FailedError, RefusedError
from wizard.locale import render
from wizard.platform.handles import Group, Handle, Kind
from wizard.platform.ports import LogBatch, Progress, StepProgress
from wizard.platform.states import (
    CredentialKind,
    DeploymentState,
    DeploymentStatus,
    GroupState,
    ServiceSettings,
    SourceState,
)
from wizard.platform.values import OutputRef, Reference
from wizard.railway.endpoint import Credential
from wizard.railway.ledger import Sent
from wizard.railway.platform import RailwayPlatform, connect
from wizard.secrets import Secret
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Repository, Settings

TINY = Path(__file__).resolve().parents[1] / "apps/tiny"


async def observed(platform: RailwayPlatform, group: Group) -> GroupState:
    return (await platform.groups.observe(group)).value


async def created(platform: RailwayPlatform, group: Group, name: str = "backend") -> Handle:
    handle = (await platform.services.create(group, name)).handle
    assert handle
    return handle


@pytest.mark.parametrize("kind", [None, CredentialKind.ACCOUNT])
async def test_an_account_token_is_recognised(standin: Standin, kind: CredentialKind | None) -> None:
    platform = connect(standin.url, Secret(standin.tokens.account), SystemClock(), kind=kind)
    account = await platform.credentials.verify()
    await platform.close()
    assert account.kind is CredentialKind.ACCOUNT
    assert account.workspaces
    assert platform.requests == (1 if kind else 2)


async def test_a_workspace_token_is_recognised_without_asking_who_it_is_twice(standin: Standin) -> None:
    platform = connect(standin.url, Secret(standin.tokens.workspace), SystemClock())
    account = await platform.credentials.verify()
    await platform.close()
    assert account.kind is CredentialKind.WORKSPACE
    assert [name for _, name in account.workspaces] == ["Local"]


async def test_a_project_token_is_recognised_under_its_own_header(
    standin: Standin, platform: RailwayPlatform, group: Group
) -> None:
    made = await platform.deployments.session.transport.execute(
        "mutation M($input: ProjectTokenCreateInput!) { projectTokenCreate(input: $input) }",
        "M",
        {"input": {"projectId": group.project.id, "environmentId": group.environment.id, "name": "ci"}},
    )
    other = connect(standin.url, Secret(made["projectTokenCreate"]), SystemClock())
    account = await other.credentials.verify()
    await other.close()
    assert (account.kind, account.name) == (CredentialKind.PROJECT, "demo/production")


async def test_a_token_nobody_knows_is_refused_once_and_for_all(standin: Standin) -> None:
    platform = connect(standin.url, Secret("11111111-2222-3333-4444-555555555555"), SystemClock())
    with pytest.raises(CredentialError) as raised:
        await platform.credentials.verify()
    assert raised.value.code == "railway.token-refused"
    said = " ".join(render(part) for part in (raised.value.what, raised.value.why, raised.value.fix))
    assert "RAILWIZARD_TOKEN" in said
    assert "RAILWAY_API_TOKEN" not in said
    assert "account, workspace, project" in said
    assert platform.deployments.session.transport.credential == Credential(
        Secret("11111111-2222-3333-4444-555555555555"), CredentialKind.ACCOUNT
    )
    await platform.close()


async def test_a_workspace_is_read_in_one_request(platform: RailwayPlatform, group: Group) -> None:
    account = await platform.credentials.verify()
    before = platform.requests
    workspace, health = await platform.credentials.workspace(account.workspaces[0][0])
    assert platform.requests == before + 1
    assert [(one.handle.id, one.description) for one in workspace.projects] == [(group.project.id, "railwizard:key")]
    assert [one.id for one in workspace.projects[0].environments] == [group.environment.id]
    assert (workspace.plan, workspace.volume_limit, workspace.refusals, health.stable) == ("HOBBY", 10, (), True)


async def test_a_repository_nobody_let_the_platform_into_is_not_readable(platform: RailwayPlatform) -> None:
    assert not (await platform.credentials.repository("nobody/nothing")).readable


async def test_an_environment_is_found_whatever_its_case(platform: RailwayPlatform, group: Group) -> None:
    assert await platform.groups.locate(group.project.id, "PRODUCTION") == group
    assert await platform.groups.locate(group.project.id, "staging") is None


async def test_the_description_carries_the_mark_and_the_lock(platform: RailwayPlatform, group: Group) -> None:
    await platform.groups.describe(group.project, "railwizard:key\nlock: me")
    assert (await observed(platform, group)).description == "railwizard:key\nlock: me"


async def test_settings_are_read_back_equal_and_deploy_nothing(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    wanted = ServiceSettings(
        root="mvp/backend",
        dockerfile="Dockerfile.prod",
        start_command="serve",
        pre_deploy="alembic upgrade head && alembic current",
        health_path="/health",
        health_timeout=120,
        watch=("/mvp/backend/**",),
        restart="never",
        restart_retries=3,
        replicas=2,
        region="asia-southeast1-eqsg3a",
        cron="0 * * * *",
        sleep=True,
        draining=5,
        overlap=6,
    )
    written = {name: getattr(wanted, name) for name in wanted.__slots__ if getattr(wanted, name) is not None}
    await platform.services.configure(group, service, written)
    state = (await observed(platform, group)).services["backend"]
    assert state.settings == wanted
    assert (state.latest, state.active, state.source) == (None, None, None)


async def test_replicas_alone_keep_the_region(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    await platform.services.configure(group, service, {"region": "us-west2"})
    await observed(platform, group)
    await platform.services.configure(group, service, {"replicas": 3})
    settings = (await observed(platform, group)).services["backend"].settings
    assert (settings.region, settings.replicas) == ("us-west2", 3)


async def test_a_setting_is_cleared_by_none(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    await platform.services.configure(group, service, {"start_command": "serve", "pre_deploy": "x", "root": "a"})
    await platform.services.configure(group, service, {"start_command": None, "pre_deploy": None, "root": ""})
    settings = (await observed(platform, group)).services["backend"].settings
    assert (settings.start_command, settings.pre_deploy, settings.root) == (None, None, "")


async def test_variables_go_in_one_request_and_come_back_rendered(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    before = platform.requests
    await platform.services.set_variables(group, service, {"A": "1", "B": Secret("two"), "C": "${{shared.S}}-${{A}}"})
    assert platform.requests == before + 1
    await platform.services.set_variables(group, None, {"S": "everyone"})
    assert await platform.services.rendered(group, service) == {
        "A": Secret("1"),
        "B": Secret("two"),
        "C": Secret("everyone-1"),
    }
    state = await observed(platform, group)
    assert state.services["backend"].variables["C"].raw == Secret("${{shared.S}}-${{A}}")
    assert state.shared["S"].raw == Secret("everyone")
    assert state.services["backend"].latest is None


async def test_variables_are_deleted_without_deploying(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    await platform.services.set_variables(group, service, {"A": "1", "B": "2"})
    await platform.services.delete_variables(group, service, ("A",))
    state = (await observed(platform, group)).services["backend"]
    assert set(state.variables) == {"B"}
    assert state.latest is None


async def test_what_others_staged_is_never_committed(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    await platform.services.set_variables(group, service, {"A": "1"})
    session = platform.deployments.session
    theirs = {"services": {service.id: {"variables": {"THEIRS": {"value": "x"}}}}}
    await session.client.stage_changes(group.environment.id, theirs)
    mutations = platform.mutations
    with pytest.raises(RefusedError) as raised:
        await platform.services.delete_variables(group, service, ("A",))
    assert raised.value.code == "railway.staged-by-others"
    with pytest.raises(RefusedError):
        await platform.datastores.open_proxy(group, service, 5432, "ab12")
    assert platform.mutations == mutations
    state = await observed(platform, group)
    assert state.staged
    assert set(state.services["backend"].variables) == {"A"}


async def test_a_domain_is_read_back_with_its_port(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    made = await platform.services.create_domain(group, service, 8000)
    state = (await observed(platform, group)).services["backend"]
    assert [(domain.handle, domain.port) for domain in state.domains] == [(made.handle, 8000)]


async def test_references_render_on_the_platform(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    await platform.services.create_domain(group, service, 8000)
    state = await observed(platform, group)
    outputs = ("url", "ws_url", "urls", "host")
    values = {
        output: platform.services.lower(Reference((OutputRef("backend", output),)), state, service="backend")
        for output in outputs
    }
    await platform.services.set_variables(group, service, values)
    host = state.services["backend"].domains[0].host
    rendered = await platform.services.rendered(group, service)
    assert {name: value.reveal() for name, value in rendered.items()} == {
        "url": f"http://{host}",
        "ws_url": f"ws://{host}",
        "urls": f"http://{host}",
        "host": host,
    }


async def test_a_volume_gets_its_size(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    made = await platform.services.create_volume(group, service, "/data")
    assert made.handle is not None
    await platform.services.resize_volume(group, made.handle, 700)
    volume = (await observed(platform, group)).services["backend"].volumes[0]
    assert (volume.handle.id, volume.path, volume.size_mb) == (made.handle.id, "/data", 700)
    await platform.services.delete_volume(group, volume.handle)
    await platform.services.delete_volume(group, volume.handle)
    assert (await observed(platform, group)).services["backend"].volumes == ()


async def test_deleting_a_service_twice_is_no_error(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    await platform.services.create_volume(group, service, "/data")
    await platform.services.delete(group, service)
    await platform.services.delete(group, service)
    assert (await observed(platform, group)).services == {}


async def test_a_name_that_is_taken_is_told(platform: RailwayPlatform, group: Group) -> None:
    await created(platform, group)
    with pytest.raises(FailedError) as raised:
        await created(platform, group)
    assert raised.value.code == "railway.name-taken"


async def test_a_project_can_be_scheduled_for_deletion_and_back(platform: RailwayPlatform, group: Group) -> None:
    workspace = (await platform.credentials.verify()).workspaces[0][0]
    await platform.groups.schedule_delete(group.project)
    assert [one.deleted for one in (await platform.credentials.workspace(workspace))[0].projects] == [True]
    await platform.groups.cancel_delete(group.project)
    assert [one.deleted for one in (await platform.credentials.workspace(workspace))[0].projects] == [False]


async def test_a_database_is_made_under_our_name_and_version_and_reached_by_a_proxy_that_goes(
    platform: RailwayPlatform, group: Group
) -> None:
    made = await platform.datastores.create(group, "store", "redis", 7)
    assert made.handle
    assert (made.handle.kind, made.handle.name) == (Kind.DATABASE, "store")
    story = await followed(platform, await latest(platform, group, "store"))
    assert isinstance(story[-1], DeploymentState)
    assert story[-1].status is DeploymentStatus.LIVE
    state = (await observed(platform, group)).services["store"]
    assert (state.image or "").endswith(":7")
    proxy = await platform.datastores.open_proxy(group, made.handle, 6379, "ab12")
    assert await platform.datastores.proxies(group, made.handle) == (proxy,)
    assert (await observed(platform, group)).services["store"].proxies == (proxy,)
    await platform.datastores.close_proxy(proxy.handle)
    await platform.datastores.close_proxy(proxy.handle)
    assert await platform.datastores.proxies(group, made.handle) == ()


async def latest(platform: RailwayPlatform, group: Group, name: str) -> Handle:
    for _ in range(200):
        found = (await observed(platform, group)).services[name].latest
        if found:
            return found.handle
    raise AssertionError(name)


async def followed(platform: RailwayPlatform, deployment: Handle) -> list[Progress]:
    return [told async for told in platform.deployments.follow(deployment)]


def tiny_files(keep: Callable[[Path], bool] = lambda _: True) -> list[tuple[str, Path]]:
    found = (path for path in TINY.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [(path.relative_to(TINY).as_posix(), path) for path in found if keep(path)]


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


def steps(story: Iterable[Progress]) -> list[tuple[str, bool]]:
    return [(told.step, told.finished) for told in story if isinstance(told, StepProgress)]


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


async def new_group(platform: RailwayPlatform) -> Group:
    account = await platform.credentials.verify()
    made = await platform.groups.create(account.workspaces[0][0], "demo", "production", "railwizard:key")
    assert made.handle
    group = await platform.groups.locate(made.handle.id, "production")
    assert group
    return group


async def test_logs_of_an_unknown_deployment_are_refused(platform: RailwayPlatform) -> None:
    absent = Handle("railway", Kind.DEPLOYMENT, "00000000-0000-0000-0000-000000000000", "backend")
    with pytest.raises(CredentialError):
        await platform.deployments.logs(absent, "deploy", 5)


async def test_no_read_is_sent_twice_without_a_write_between(platform: RailwayPlatform, group: Group) -> None:
    service = await created(platform, group)
    await platform.services.configure(group, service, {"root": "backend"})
    await platform.services.create_domain(group, service, 8000)
    made = await platform.services.create_volume(group, service, "/data")
    assert made.handle is not None
    await platform.services.resize_volume(group, made.handle, 600)
    await platform.services.delete_variables(group, service, ("A",))
    reads: set[tuple[str, str]] = set()
    for entry in platform.ledger.entries:
        if entry.kind.writes:
            reads.clear()
        elif entry.kind is Sent.QUERY:
            assert (entry.operation, entry.digest) not in reads
            reads.add((entry.operation, entry.digest))
