"""The ports on a real stand-in: what is written is read back, and nothing deploys that was not asked to."""

import pytest

from tests.support.ports import created, followed, latest, observed
from wizard.errors import FailedError, RefusedError
from wizard.platform.handles import Group, Kind
from wizard.platform.states import (
    DeploymentState,
    DeploymentStatus,
    ServiceSettings,
)
from wizard.platform.values import OutputRef, Reference
from wizard.railway.ledger import Sent
from wizard.railway.platform import RailwayPlatform
from wizard.secrets import Secret


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
