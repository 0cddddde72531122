"""Who a token is and what it may see, asked of a real stand-in."""

import pytest

from wizard.clock import SystemClock
from wizard.errors import CredentialError
from wizard.locale import render
from wizard.platform.handles import Group
from wizard.platform.states import CredentialKind
from wizard.railway.endpoint import Credential
from wizard.railway.platform import RailwayPlatform, connect
from wizard.secrets import Secret
from wizard.standin.server import Standin


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
