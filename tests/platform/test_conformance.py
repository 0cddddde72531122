"""What every adapter does alike: what is written is read back, nothing deploys unasked, what is gone is gone."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from tests.platform.conftest import Subject
from wizard.errors import FailedError
from wizard.platform.handles import Kind
from wizard.platform.states import ServiceSettings
from wizard.platform.values import Literal, OutputRef, Reference
from wizard.secrets import Secret

WANTED = ServiceSettings(
    root="mvp/backend",
    dockerfile="Dockerfile.prod",
    build_command="make",
    start_command="serve",
    health_path="/health",
    health_timeout=120,
    watch=("/mvp/backend/**",),
    restart="never",
    restart_retries=3,
    replicas=2,
    region="asia-southeast1-eqsg3a",
    sleep=True,
    memory_gb=1.0,
    draining=5,
    overlap=6,
)
"""Every setting but a schedule and a pre-deploy command, which not every platform has."""


async def test_handles_name_their_provider_and_kind(subject: Subject) -> None:
    service = await subject.service()
    provider = subject.platform.provider
    assert (service.provider, service.kind, service.name) == (provider, Kind.SERVICE, "backend")
    assert {subject.group.project.provider, subject.group.environment.provider} == {provider}
    assert (subject.group.project.kind, subject.group.environment.kind) == (Kind.PROJECT, Kind.ENVIRONMENT)


async def test_an_observation_says_when_it_was_made(subject: Subject) -> None:
    first = await subject.platform.groups.observe(subject.group)
    await subject.clock.sleep(90)
    second = await subject.platform.groups.observe(subject.group)
    assert first.at <= subject.clock.now() - timedelta(seconds=90)
    assert timedelta(seconds=90) <= second.at - first.at < timedelta(seconds=95)
    assert second.at <= subject.clock.now()


async def test_a_created_service_is_observed_empty(subject: Subject) -> None:
    service = await subject.service()
    found = await subject.found()
    assert (found.handle, found.latest, found.active, found.source) == (service, None, None, None)


async def test_a_service_is_not_made_twice(subject: Subject) -> None:
    await subject.service()
    with pytest.raises(FailedError):
        await subject.service()
    assert list((await subject.state()).services) == ["backend"]


async def test_settings_written_are_read_back_equal(subject: Subject) -> None:
    service = await subject.service()
    written = {one.name: getattr(WANTED, one.name) for one in fields(WANTED) if getattr(WANTED, one.name) is not None}
    await subject.platform.services.configure(subject.group, service, written)
    state = await subject.until(lambda seen: seen.services["backend"].settings == WANTED)
    assert state.services["backend"].latest is None


async def test_settings_are_written_alone_and_cleared_by_none(subject: Subject) -> None:
    service = await subject.service()
    services = subject.platform.services
    await services.configure(subject.group, service, {"root": "a", "start_command": "run", "health_path": "/h"})
    await services.configure(subject.group, service, {"start_command": None})
    settings = (await subject.found()).settings
    assert (settings.root, settings.start_command, settings.health_path) == ("a", None, "/h")


async def test_variables_are_set_replaced_and_deleted_quietly(subject: Subject) -> None:
    service, services = await subject.service(), subject.platform.services
    await services.set_variables(subject.group, service, {"A": "1", "B": Secret("2")})
    await services.set_variables(subject.group, service, {"A": "3"})
    await services.delete_variables(subject.group, service, ("B",))
    await services.delete_variables(subject.group, service, ("B",))
    state = await subject.until(lambda seen: "B" not in seen.services["backend"].variables)
    found = state.services["backend"]
    assert {name: one.raw for name, one in found.variables.items()} == {"A": Secret("3")}
    assert await services.rendered(subject.group, service) == {"A": Secret("3")}
    assert found.latest is None


async def test_shared_variables_are_the_environments_own(subject: Subject) -> None:
    service, services = await subject.service(), subject.platform.services
    await services.set_variables(subject.group, None, {"LEVEL": "info"})
    state = await subject.state()
    assert state.shared["LEVEL"].raw == Secret("info")
    assert "LEVEL" not in state.services["backend"].variables
    lowered = services.lower(Reference((OutputRef("shared", "LEVEL"), "!")), state, service="backend")
    await services.set_variables(subject.group, service, {"OUT": lowered})
    assert (await services.rendered(subject.group, service))["OUT"] == Secret("info!")


@pytest.mark.parametrize("output", ["url", "host", "ws_url", "urls"])
async def test_a_lowered_output_renders_to_the_address(subject: Subject, output: str) -> None:
    service, services = await subject.service(), subject.platform.services
    state = await subject.state()
    if not state.services["backend"].domains:
        await services.create_domain(subject.group, service, 8000)
        state = await subject.state()
    host, scheme = state.services["backend"].domains[0].host, subject.platform.scheme
    value = services.lower(Reference(("<", OutputRef("backend", output), ">")), state, service="backend")
    await services.set_variables(subject.group, service, {"OUT": value})
    expected = {"host": host, "ws_url": f"{scheme.replace('http', 'ws')}://{host}"}.get(output, f"{scheme}://{host}")
    rendered = await services.rendered(subject.group, service)
    assert rendered["OUT"].reveal() == f"<{expected}>"


async def test_a_databases_output_renders_to_its_value(subject: Subject) -> None:
    service, services = await subject.service(), subject.platform.services
    database = await subject.database()
    value = services.lower(Reference((OutputRef("cache", "REDIS_URL"),)), await subject.state(), service="backend")
    await services.set_variables(subject.group, service, {"REDIS_URL": value})
    told = await services.rendered(subject.group, database)
    assert (await services.rendered(subject.group, service))["REDIS_URL"] == told["REDIS_URL"]
    assert told["REDIS_URL"].reveal().startswith("redis://")


@pytest.mark.parametrize("resource", ["cache", "shared", "backend"])
async def test_a_reference_to_nothing_renders_empty(subject: Subject, resource: str) -> None:
    service, services = await subject.service(), subject.platform.services
    await subject.database()
    value = services.lower(Reference((OutputRef(resource, "NOTHING"),)), await subject.state(), service="backend")
    await services.set_variables(subject.group, service, {"OUT": value})
    rendered = await services.rendered(subject.group, service)
    assert rendered["OUT"].reveal() == ""


async def test_literals_and_secrets_are_written_as_they_are(subject: Subject) -> None:
    services, state, secret = subject.platform.services, await subject.state(), Secret("s")
    assert services.lower(Literal("text"), state, service="backend") == "text"
    assert services.lower(secret, state, service="backend") is secret


async def test_deleting_twice_is_no_error(subject: Subject) -> None:
    service, services = await subject.service(), subject.platform.services
    volume = (await services.create_volume(subject.group, service, "/data")).handle
    assert volume
    await services.delete_volume(subject.group, volume)
    await services.delete_volume(subject.group, volume)
    await services.delete(subject.group, service)
    await services.delete(subject.group, service)
    assert (await subject.state()).services == {}


async def test_a_projects_deletion_can_be_undone(subject: Subject) -> None:
    told = []
    for act in (subject.platform.groups.schedule_delete, subject.platform.groups.cancel_delete):
        await act(subject.group.project)
        told.append((await subject.platform.credentials.workspace(subject.workspace))[0].projects[0].deleted)
    assert told == [True, False]


async def test_the_way_into_a_database_opens_and_closes_and_is_gone(subject: Subject) -> None:
    stores, database = subject.platform.datastores, await subject.database()
    assert (database.kind, database.name) == (Kind.DATABASE, "cache")
    proxy = await stores.open_proxy(subject.group, database, 6379, "ab12")
    again = await stores.open_proxy(subject.group, database, 6379, "ab12")
    assert (proxy.handle.kind, proxy.target_port, again) == (Kind.PROXY, 6379, proxy)
    assert await stores.proxy_mark(subject.group, database, proxy) == "ab12"
    assert await stores.proxies(subject.group, database) == (proxy,)
    assert (await subject.found("cache")).proxies == (proxy,)
    await stores.close_proxy(proxy.handle)
    await stores.close_proxy(proxy.handle)
    assert await stores.proxies(subject.group, database) == ()


async def test_a_database_that_is_stopped_serves_nothing_until_it_is_started(subject: Subject) -> None:
    stores = subject.platform.datastores
    await subject.database()
    await subject.until(lambda seen: seen.services["cache"].active is not None)
    serving = (await subject.found("cache")).active
    assert serving
    await stores.stop(serving.handle)
    await subject.until(lambda seen: seen.services["cache"].active is None)
    await stores.start(serving.handle)
    await subject.until(lambda seen: seen.services["cache"].active is not None)
    again = (await subject.found("cache")).active
    assert again
    assert again.handle == serving.handle


async def test_reads_write_nothing(subject: Subject) -> None:
    service = await subject.service()
    before = subject.platform.mutations
    await subject.state()
    await subject.platform.services.rendered(subject.group, service)
    await subject.platform.deployments.recent(subject.group, service, 3)
    await subject.platform.groups.locate(subject.group.project.id, "elsewhere")
    assert subject.platform.mutations == before
    await subject.platform.groups.describe(subject.group.project, "mark\nlock")
    assert subject.platform.mutations == before + 1
    assert (await subject.state()).description == "mark\nlock"
    assert subject.platform.requests > subject.platform.mutations


async def test_a_description_comes_back_as_it_was_written(subject: Subject) -> None:
    text = "  Our shop\r\n\n~ made by hand\t\nrailwizard:key"
    await subject.platform.groups.describe(subject.group.project, text)
    await subject.until(lambda seen: seen.description == text)
    assert await subject.platform.groups.description(subject.group.project) == text


async def test_a_volume_is_given_its_size(subject: Subject) -> None:
    services, service = subject.platform.services, await subject.service()
    volume = (await services.create_volume(subject.group, service, "/data")).handle
    assert volume is not None
    await services.resize_volume(subject.group, volume, 700)
    await subject.until(lambda seen: [one.size_mb for one in seen.services[service.name].volumes] == [700])
