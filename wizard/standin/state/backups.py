"""Backups of volumes: real copies, taken while what writes there stands still, kept and restored as Railway does.

Source of schedules, retention, the 50 % cap and restore's effects: Railway's documentation of backups. A restore fills
a new volume from the copy, drops newer backups and stages the swap; the old volume stays, unmounted.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from wizard.standin.state import patches, rules
from wizard.standin.state.freezing import frozen
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.records import VolumeBackup, VolumeBackupSchedule
from wizard.standin.state.refusals import Refused
from wizard.standin.state.rows import Environment, Volume, VolumeInstance, Workflow
from wizard.standin.state.usage import folder_mb, size_mb

MANUAL_SHARE = 0.5
_LOCK_FILE = "postmaster.pid"
"""Names a process of the container the copy was taken in: in the next one it would name a stranger."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How often a kind of schedule runs and for how long its backups are kept."""

    every: timedelta
    kept: timedelta
    cron: str


KINDS = {
    "DAILY": Kind(timedelta(days=1), timedelta(days=6), "0 0 * * *"),
    "WEEKLY": Kind(timedelta(days=7), timedelta(days=30), "0 0 * * 0"),
    "MONTHLY": Kind(timedelta(days=30), timedelta(days=90), "0 0 1 * *"),
}


async def check(railway: LocalRailway, mount: VolumeInstance) -> None:
    """Raise Refused where a manual backup cannot be taken."""
    if not railway.cloud.settings.limits.backups:
        raise Refused("Backups are not available on your plan")
    if mount.service_id is None:
        raise Refused("Volume is not mounted to a service")
    if await folder_mb(railway.cloud, mount.id) > mount.size_mb * MANUAL_SHARE:
        raise Refused("Backup exceeds 50% of the volume's total size")


def begin(railway: LocalRailway, mount: VolumeInstance, name: str | None) -> Workflow:
    """Take a manual backup in the background."""
    workflow = railway.store.put(Workflow(**railway.cloud.stamp(), status="Running"))
    railway.in_background(_in_workflow(railway, workflow, take(railway, mount, name)))
    return workflow


async def take(
    railway: LocalRailway, mount: VolumeInstance, name: str | None, schedule: VolumeBackupSchedule | None = None
) -> None:
    """Copy the volume as it is now."""
    stamp = railway.cloud.stamp()
    target = _folder(railway, stamp["id"])
    with railway.cloud.clock.busy(), frozen(lambda: _writers(railway, mount)):
        await _copy(railway.cloud.folder / "volumes" / mount.id, target)
    kept = KINDS[schedule.kind].kept if schedule else None
    railway.store.put(
        VolumeBackup(
            **stamp,
            project_id=_project(railway, mount),
            environment_id=mount.environment_id,
            volume_instance_id=mount.id,
            name=name,
            used_mb=await size_mb(target),
            volume_instance_size_mb=mount.size_mb,
            expires_at=stamp["created_at"] + kept if kept else None,
            schedule_id=schedule.id if schedule else None,
        )
    )


def delete(railway: LocalRailway, backup: VolumeBackup) -> Workflow:
    """Delete a backup and its copy in the background."""
    workflow = railway.store.put(Workflow(**railway.cloud.stamp(), status="Running"))
    railway.in_background(_in_workflow(railway, workflow, _drop(railway, [backup])))
    return workflow


def restore(railway: LocalRailway, mount: VolumeInstance, backup: VolumeBackup) -> Workflow:
    """Fill a new volume from a backup and stage its mount in place of the old one, in the background."""
    workflow = railway.store.put(Workflow(**railway.cloud.stamp(), status="Running"))
    railway.in_background(_in_workflow(railway, workflow, _restore(railway, mount, backup)))
    return workflow


def schedule(railway: LocalRailway, mount: VolumeInstance, kinds: list[str]) -> None:
    """Set the schedules of a volume: those not named end, those that go on keep their next time."""
    known = {row.kind: row for row in railway.tables.where(VolumeBackupSchedule, volume_instance_id=mount.id)}
    railway.store.remove(row for kind, row in known.items() if kind not in kinds)
    for kind in dict.fromkeys(kinds):
        if kind not in known:
            stamp = railway.cloud.stamp()
            here = {"environment_id": mount.environment_id, "volume_instance_id": mount.id, "kind": kind}
            railway.store.put(VolumeBackupSchedule(**stamp, **here, next_at=stamp["created_at"] + KINDS[kind].every))


def of(railway_rows: list[VolumeBackup], mount: VolumeInstance) -> list[VolumeBackup]:
    """Return a volume's backups, those from before it was restored too, newest first."""
    return [row for row in reversed(railway_rows) if row.volume_instance_id in {mount.id, *mount.lineage}]


def recover(railway: LocalRailway) -> None:
    """Delete the copies a restart of the stand-in cut off."""
    for folder in (railway.cloud.folder / "backups").glob("*"):
        if railway.tables.get(VolumeBackup, folder.name) is None:
            shutil.rmtree(folder, ignore_errors=True)


async def upkeep(railway: LocalRailway) -> None:
    """Take what is due and drop what is too old."""
    now = railway.cloud.clock.now()
    await _drop(railway, [row for row in railway.tables.all(VolumeBackup) if row.expires_at and row.expires_at <= now])
    for row in railway.tables.all(VolumeBackupSchedule):
        if row.next_at > now:
            continue
        following = row.next_at
        while following <= now:
            following += KINDS[row.kind].every
        railway.store.change(row, next_at=following)
        mount = railway.tables.get(VolumeInstance, row.volume_instance_id)
        if mount and mount.service_id:
            await take(railway, mount, None, row)


async def _in_workflow(railway: LocalRailway, workflow: Workflow, work: Awaitable[None]) -> None:
    try:
        await work
    except OSError as error:
        railway.store.change(workflow, status="Error", error=str(error))
    else:
        railway.store.change(workflow, status="Complete")


async def _restore(railway: LocalRailway, mount: VolumeInstance, backup: VolumeBackup) -> None:
    stamp = railway.cloud.stamp()
    folder = railway.cloud.folder / "volumes" / stamp["id"]
    with railway.cloud.clock.busy():
        await _copy(_folder(railway, backup.id), folder)
        await asyncio.to_thread(_forget_lock, folder)
    newer = [row for row in of(railway.tables.all(VolumeBackup), mount) if row.created_at > backup.created_at]
    await _drop(railway, newer)
    name = f"{backup.created_at:%Y-%m-%d %H:%M:%S}"
    volume = Volume(**railway.cloud.stamp(), project_id=backup.project_id, name=name)
    fresh = VolumeInstance(
        **stamp,
        volume_id=volume.id,
        environment_id=mount.environment_id,
        service_id=None,
        mount_path=mount.mount_path,
        size_mb=mount.size_mb,
        region=mount.region,
        lineage=[mount.id, *mount.lineage],
    )
    railway.store.put(volume)
    railway.store.put(fresh)
    _stage_swap(railway, mount, volume)


def _stage_swap(railway: LocalRailway, mount: VolumeInstance, volume: Volume) -> None:
    environment = railway.tables.get(Environment, mount.environment_id)
    if environment and mount.service_id:
        mounts = {mount.volume_id: None, volume.id: {"mountPath": mount.mount_path}}
        patches.stage(railway, environment, {"services": {mount.service_id: {"volumeMounts": mounts}}}, merged=True)


async def _drop(railway: LocalRailway, backups: list[VolumeBackup]) -> None:
    railway.store.remove(backups)
    for row in backups:
        await asyncio.to_thread(shutil.rmtree, _folder(railway, row.id), ignore_errors=True)


def _writers(railway: LocalRailway, mount: VolumeInstance) -> list[int]:
    if mount.service_id is None:
        return []
    serving = rules.active(railway.tables, mount.service_id, mount.environment_id)
    return [pid for row in serving for pid in railway.fleet.pids(row.id)]


async def _copy(source: Path, target: Path) -> None:
    """Copy a folder with owners, modes and links; raises OSError where that fails."""
    await asyncio.to_thread(target.mkdir, mode=0o700, parents=True, exist_ok=True)
    await asyncio.to_thread(source.mkdir, mode=0o700, parents=True, exist_ok=True)
    copying = await asyncio.create_subprocess_exec(
        "cp", "-a", f"{source}/.", f"{target}/", stderr=asyncio.subprocess.PIPE
    )
    _, told = await copying.communicate()
    if copying.returncode:
        raise OSError(told.decode(errors="replace").strip())


def _forget_lock(folder: Path) -> None:
    for lock in folder.rglob(_LOCK_FILE):
        lock.unlink()


def _folder(railway: LocalRailway, backup_id: str) -> Path:
    return railway.cloud.folder / "backups" / backup_id


def _project(railway: LocalRailway, mount: VolumeInstance) -> str:
    volume = railway.tables.get(Volume, mount.volume_id)
    return volume.project_id if volume else ""
