"""Rows of volumes and backups: rules of creation, deletion with its window, copies that bring data back."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.databases_on_standin import complete, database, serving
from tests.support.manual_clock import ManualClock
from tests.support.quiet_machine import QuietMachine
from tests.support.standin_api import Api, eventually
from wizard.standin.server import serve
from wizard.standin.settings import Cooldowns, Plan, Settings

CREATE = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id volumeInstances { edges { node { id } } } } }"
DELETE = "mutation($v: String!) { volumeDelete(volumeId: $v) }"
UPDATE = """mutation($v: String!, $e: String, $i: VolumeInstanceUpdateInput!) {
    volumeInstanceUpdate(volumeId: $v, environmentId: $e, input: $i) }"""
READ = "query($id: String!) { volumeInstance(id: $id) { state isPendingDeletion serviceId mountPath currentSizeMB } }"
MOUNTS = """query($e: String!) { environment(id: $e) { volumeInstances { edges { node {
    id volumeId serviceId mountPath volume { name } } } } } }"""
BACK_UP = (
    "mutation($v: String!, $n: String) { volumeInstanceBackupCreate(volumeInstanceId: $v, name: $n) { workflowId } }"
)
BACKUPS = """query($v: String!) { volumeInstanceBackupList(volumeInstanceId: $v) {
    id name expiresAt usedMB scheduleId volumeInstanceSizeMB } }"""
RESTORE = """mutation($v: String!, $b: String!) {
    volumeInstanceBackupRestore(volumeInstanceId: $v, volumeInstanceBackupId: $b) { workflowId } }"""
LOCK = """mutation($v: String!, $b: String!) {
    volumeInstanceBackupLock(volumeInstanceId: $v, volumeInstanceBackupId: $b) }"""
DROP = """mutation($v: String!, $b: String!) {
    volumeInstanceBackupDelete(volumeInstanceId: $v, volumeInstanceBackupId: $b) { workflowId } }"""
SCHEDULE = """mutation($v: String!, $k: [VolumeInstanceBackupScheduleKind!]!) {
    volumeInstanceBackupScheduleUpdate(volumeInstanceId: $v, kinds: $k) }"""
SCHEDULES = """query($v: String!) { volumeInstanceBackupScheduleList(volumeInstanceId: $v) {
    kind cron retentionSeconds name } }"""
STAGED = "query($e: String!) { environmentStagedChanges(environmentId: $e) { patch } }"
COMMIT = "mutation($e: String!) { environmentPatchCommitStaged(environmentId: $e) }"


class Shelf:
    """A service with a volume on a machine that only believes, so that the clock may run for months."""

    def __init__(self, api: Api, clock: ManualClock) -> None:
        self.api, self.clock = api, clock
        self.project = self.environment = self.service = self.volume = self.mount = ""

    async def begin(self) -> None:
        self.project, self.environment = await self.api.project()
        self.service = await self.api.service(self.project)
        self.volume, self.mount = await self.create(serviceId=self.service)

    async def create(self, **more: Any) -> tuple[str, str]:
        given = {"projectId": self.project, "environmentId": self.environment, "mountPath": "/data", **more}
        made = (await self.api.ask(CREATE, i=given))["volumeCreate"]
        return made["id"], made["volumeInstances"]["edges"][0]["node"]["id"]

    def folder(self, mount: str = "") -> Path:
        found = self.api.standin.gateway.railway.cloud.folder / "volumes" / (mount or self.mount)
        found.mkdir(parents=True, exist_ok=True)
        return found

    async def back_up(self, name: str | None = None) -> None:
        made = await self.api.ask(BACK_UP, v=self.mount, n=name)
        await complete(self.api, made["volumeInstanceBackupCreate"]["workflowId"])

    async def backups(self, mount: str = "") -> list[dict[str, Any]]:
        return list((await self.api.ask(BACKUPS, v=mount or self.mount))["volumeInstanceBackupList"])

    async def read(self) -> dict[str, Any]:
        return dict((await self.api.ask(READ, id=self.mount))["volumeInstance"])


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Shelf]:
    settings = Settings(read_lag=0, requests_per_hour=100_000)
    async with (
        ManualClock() as clock,
        serve(settings, tmp_path, clock, machine=QuietMachine()) as standin,
        Api(standin) as api,
    ):
        made = Shelf(api, clock)
        await made.begin()
        yield made


async def test_volume_create_has_its_cooldown_and_refuses_a_service_made_a_moment_ago(tmp_path: Path) -> None:
    settings = Settings(read_lag=0, settle_seconds=3, cooldowns=Cooldowns(volume=30))
    async with (
        ManualClock() as clock,
        serve(settings, tmp_path, clock, machine=QuietMachine()) as standin,
        Api(standin) as api,
    ):
        shelf = Shelf(api, clock)
        with clock.busy():
            shelf.project, shelf.environment = await api.project()
            service = await api.service(shelf.project)
            given = {"projectId": shelf.project, "environmentId": shelf.environment, "mountPath": "/data"}
            assert await api.refusal(CREATE, i={**given, "serviceId": service}) == "Problem processing request"
        await clock.sleep(3)
        with clock.busy():
            await shelf.create(serviceId=service)
            said = "Whoa there pal! You are creating volumes too quickly. Try again in a sec"
            assert await api.refusal(CREATE, i=given) == said
        await clock.sleep(30)
        await shelf.create()


async def test_reads_after_writes_find_a_new_volume_late(tmp_path: Path) -> None:
    settings = Settings(read_lag=2, volume_lag=30)
    async with (
        ManualClock() as clock,
        serve(settings, tmp_path, clock, machine=QuietMachine()) as standin,
        Api(standin) as api,
    ):
        shelf = Shelf(api, clock)
        with clock.busy():
            shelf.project, shelf.environment = await api.project()
            volume, _ = await shelf.create()
        await clock.sleep(28)
        assert (await api.ask(MOUNTS, e=shelf.environment))["environment"]["volumeInstances"]["edges"] == []
        await clock.sleep(3)
        found = (await api.ask(MOUNTS, e=shelf.environment))["environment"]["volumeInstances"]["edges"]
        assert [one["node"]["volumeId"] for one in found] == [volume]


async def test_plan_limits_of_volumes(tmp_path: Path) -> None:
    for plan, most in ((Plan.FREE, 1), (Plan.TRIAL, 3)):
        settings = Settings(read_lag=0, plan=plan, requests_per_hour=1000)
        async with serve(settings, tmp_path / plan, machine=QuietMachine()) as standin, Api(standin) as api:
            shelf = Shelf(api, ManualClock())
            shelf.project, shelf.environment = await api.project()
            for _ in range(most):
                await shelf.create()
            given = {"projectId": shelf.project, "mountPath": "/data"}
            said = "Free plan resource provision limit exceeded. Please upgrade to provision more resources!"
            assert await api.refusal(CREATE, i=given) == said


async def test_volume_is_one_a_service_and_an_update_without_service_detaches(shelf: Shelf) -> None:
    given = {"projectId": shelf.project, "environmentId": shelf.environment, "mountPath": "/more"}
    refused = await shelf.api.refusal(CREATE, i={**given, "serviceId": shelf.service})
    assert refused == "A service can have only one volume"
    await shelf.api.ask(UPDATE, v=shelf.volume, e=shelf.environment, i={"mountPath": "/files"})
    assert (await shelf.read())["serviceId"] is None
    assert (await shelf.read())["mountPath"] == "/files"
    assert await shelf.api.refusal(CREATE, i={**given, "mountPath": "data"}) == "Invalid mount path"


async def test_deletes_of_a_volume_can_be_taken_back_for_48_hours(shelf: Shelf) -> None:
    (shelf.folder() / "letter").write_text("kept")
    await shelf.api.ask(DELETE, v=shelf.volume)
    assert await shelf.api.refusal(DELETE, v=shelf.volume) == "Not Authorized"
    assert (await shelf.read())["isPendingDeletion"] is True
    assert (await shelf.api.ask(MOUNTS, e=shelf.environment))["environment"]["volumeInstances"]["edges"] == []

    await shelf.clock.sleep(47 * 3600)
    restored = await shelf.api.http.post(f"{shelf.api.standin.control_url}/restore", json={"volumeId": shelf.volume})
    assert restored.status_code == 200
    assert (await shelf.read())["state"] == "READY"
    assert (await shelf.read())["serviceId"] == shelf.service
    assert (shelf.folder() / "letter").read_text() == "kept"

    await shelf.api.ask(DELETE, v=shelf.volume)
    folder = shelf.folder()
    await shelf.clock.sleep(49 * 3600)

    async def gone() -> bool:
        return not folder.exists()

    await eventually(gone)
    late = await shelf.api.http.post(f"{shelf.api.standin.control_url}/restore", json={"volumeId": shelf.volume})
    assert late.status_code == 404
    assert await shelf.api.refusal(READ, id=shelf.mount) == "Not Authorized"


async def test_backup_restores_a_new_volume_by_a_staged_change_and_drops_newer_ones(shelf: Shelf) -> None:
    letter = shelf.folder() / "letter"
    for text in ("first", "second", "third"):
        letter.write_text(text)
        await shelf.back_up(text)
        await shelf.clock.sleep(60)
    assert [one["name"] for one in await shelf.backups()] == ["third", "second", "first"]
    second = (await shelf.backups())[1]["id"]

    made = await shelf.api.ask(RESTORE, v=shelf.mount, b=second)
    await complete(shelf.api, made["volumeInstanceBackupRestore"]["workflowId"])
    mounts = (await shelf.api.ask(MOUNTS, e=shelf.environment))["environment"]["volumeInstances"]["edges"]
    fresh = next(one["node"] for one in mounts if one["node"]["id"] != shelf.mount)
    assert fresh["serviceId"] is None
    assert (await shelf.read())["serviceId"] == shelf.service
    staged = (await shelf.api.ask(STAGED, e=shelf.environment))["environmentStagedChanges"]["patch"]
    assert staged["services"][shelf.service]["volumeMounts"] == {
        shelf.volume: None,
        fresh["volumeId"]: {"mountPath": "/data"},
    }

    await shelf.api.ask(COMMIT, e=shelf.environment)

    async def swapped() -> bool:
        return (await shelf.read())["serviceId"] is None

    await eventually(swapped)
    assert (shelf.folder(fresh["id"]) / "letter").read_text() == "second"
    assert letter.read_text() == "third"
    assert [one["name"] for one in await shelf.backups(fresh["id"])] == ["second", "first"]


async def test_backup_schedules_fire_on_the_clock_and_keep_as_long_as_they_say(shelf: Shelf) -> None:
    await shelf.api.ask(SCHEDULE, v=shelf.mount, k=["DAILY", "WEEKLY"])
    rows = (await shelf.api.ask(SCHEDULES, v=shelf.mount))["volumeInstanceBackupScheduleList"]
    assert {one["kind"]: one["retentionSeconds"] for one in rows} == {"DAILY": 6 * 86400, "WEEKLY": 30 * 86400}

    async def kept(count: int) -> None:
        async def so_many() -> bool:
            return len(await shelf.backups()) == count

        await eventually(so_many)

    for day in range(1, 10):
        await shelf.clock.sleep(86_400)
        await kept(min(day, 6) + (day >= 7))
    weekly = (await shelf.backups())[-1]
    assert weekly["expiresAt"] is not None
    assert (await shelf.api.ask(LOCK, v=shelf.mount, b=weekly["id"]))["volumeInstanceBackupLock"] is True

    await shelf.api.ask(SCHEDULE, v=shelf.mount, k=[])
    await shelf.clock.sleep(40 * 86_400)
    await kept(1)
    assert (await shelf.backups())[0]["expiresAt"] is None


async def test_backups_are_capped_at_half_the_volume_and_not_part_of_a_trial(shelf: Shelf) -> None:
    shelf.api.standin.gateway.railway.cloud.settings = Settings(read_lag=0, plan=Plan.TRIAL)
    assert await shelf.api.refusal(BACK_UP, v=shelf.mount) == "Backups are not available on your plan"
    shelf.api.standin.gateway.railway.cloud.settings = Settings(read_lag=0)
    with (shelf.folder() / "large").open("wb") as file:
        file.truncate(2_600_000_000)
    assert "50%" in await shelf.api.refusal(BACK_UP, v=shelf.mount)
    (shelf.folder() / "large").unlink()
    await shelf.back_up()
    row = (await shelf.backups())[0]
    made = await shelf.api.ask(DROP, v=shelf.mount, b=row["id"])
    await complete(shelf.api, made["volumeInstanceBackupDelete"]["workflowId"])
    assert await shelf.backups() == []
    assert await shelf.api.refusal(DROP, v=shelf.mount, b=row["id"]) == "Not Authorized"


async def test_volume_that_fills_up_is_told_of_once_and_again_when_it_has_room(shelf: Shelf) -> None:
    text = """query($p: String!) { events(projectId: $p, filter: {object: {in: ["VolumeAlert"]}}) { edges { node {
        action severity payload } } } }"""

    async def alerts(count: int) -> list[dict[str, Any]]:
        async def so_many() -> list[dict[str, Any]]:
            edges = (await shelf.api.ask(text, p=shelf.project))["events"]["edges"]
            return [edge["node"] for edge in edges] if len(edges) == count else []

        return list(await eventually(so_many))

    large = shelf.folder() / "large"
    for size, count in ((4_200_000_000, 1), (4_900_000_000, 2)):
        with large.open("wb") as file:
            file.truncate(size)
        await shelf.clock.sleep(30)
        newest = (await alerts(count))[0]
    assert (newest["action"], newest["severity"], newest["payload"]["percent"]) == ("triggered", "CRITICAL", 98)
    await shelf.clock.sleep(300)
    large.unlink()
    await shelf.clock.sleep(30)
    assert (await alerts(3))[0]["action"] == "resolved"


async def way_in(api: Api, scope: tuple[str, str, str]) -> str:
    """Open a proxy to a database and return an address that works from here."""
    project, environment, service = scope
    text = "mutation($i: TCPProxyCreateInput!) { tcpProxyCreate(input: $i) { domain proxyPort } }"
    given = {"serviceId": service, "environmentId": environment, "applicationPort": 5432}
    opened = (await api.ask(text, i=given))["tcpProxyCreate"]
    values = await api.variables((project, environment, service))
    login = f"{values['PGUSER']}:{values['PGPASSWORD']}"
    return f"postgresql://{login}@{opened['domain']}:{opened['proxyPort']}/{values['PGDATABASE']}"


async def test_backup_of_a_running_postgres_brings_its_rows_back(api: Api) -> None:
    project, environment = await api.project()
    service, deployment = await database(api, project, environment)
    mount = (await api.ask(MOUNTS, e=environment))["environment"]["volumeInstances"]["edges"][0]["node"]
    url = await way_in(api, (project, environment, service))

    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("CREATE TABLE letters (text text)")
        await connection.execute("INSERT INTO letters SELECT repeat('x', 100) FROM generate_series(1, 5000)")
        made = await api.ask(BACK_UP, v=mount["id"])
        await complete(api, made["volumeInstanceBackupCreate"]["workflowId"])
        await connection.execute("DROP TABLE letters")
        alive = await (await connection.execute("SELECT 1")).fetchone()
    assert alive == (1,)

    backup = (await api.ask(BACKUPS, v=mount["id"]))["volumeInstanceBackupList"][0]
    assert backup["usedMB"] > 5
    made = await api.ask(RESTORE, v=mount["id"], b=backup["id"])
    await complete(api, made["volumeInstanceBackupRestore"]["workflowId"])
    await api.ask(COMMIT, e=environment)
    await serving(api, service, environment, but=deployment)
    async with await psycopg.AsyncConnection.connect(url) as connection:
        count = await (await connection.execute("SELECT count(*) FROM letters")).fetchone()
    assert count == (5000,)
