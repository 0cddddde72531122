"""The replica trails the primary; the file outlives the process."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.support.manual_clock import ManualClock
from wizard.standin.state.rows import Project, ServiceInstance, Workspace
from wizard.standin.state.store import STATE_FILE, Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def project(id_: str, name: str = "x") -> Project:
    return Project(id=id_, created_at=NOW, updated_at=NOW, workspace_id="w", name=name)


async def test_reads_trail_writes_whole_and_in_order(tmp_path: Path) -> None:
    async with ManualClock() as clock:
        store = Store(tmp_path, clock, read_lag=5)
        store.put(project("a"))
        await clock.sleep(3)
        store.change(project("a"), name="renamed")
        store.put(project("b"))
        assert store.replica.all(Project) == []
        await clock.sleep(2)
        assert [row.name for row in store.replica.all(Project)] == ["x"]
        await clock.sleep(3)
        assert [row.name for row in store.replica.all(Project)] == ["renamed", "x"]
        store.remove([project("a")])
        assert len(store.replica.all(Project)) == 2
        await clock.sleep(5)
        assert [row.id for row in store.replica.all(Project)] == ["b"]


async def test_a_row_that_is_gone_stays_gone(tmp_path: Path) -> None:
    async with ManualClock() as clock:
        store = Store(tmp_path, clock, read_lag=0)
        row = store.put(project("a"))
        store.remove([row])
        assert store.change(row, name="late").name == "late"
        assert store.tables.all(Project) == []


async def test_the_file_holds_every_row_for_its_owner_alone(tmp_path: Path) -> None:
    async with ManualClock() as clock:
        store = Store(tmp_path, clock, read_lag=0)
        instance = ServiceInstance(
            id="i", created_at=NOW, updated_at=NOW, service_id="s", environment_id="e", pre_deploy_command=["x && y"]
        )
        store.put(Workspace(id="w", created_at=NOW, updated_at=NOW, name="Local"))
        store.put(instance)
        store.save()
        assert ((tmp_path / STATE_FILE).stat().st_mode & 0o777) == 0o600
        again = Store(tmp_path, clock, read_lag=60)
        assert again.replica.get(ServiceInstance, "i") == instance
        again.put(replace(instance, start_command="run"))
        again.save()
    rows = json.loads((tmp_path / STATE_FILE).read_text())["ServiceInstance"]
    assert [row["start_command"] for row in rows] == ["run"]
