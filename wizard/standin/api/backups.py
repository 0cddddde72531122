"""Backups of volumes: taken, listed, locked, deleted, restored, and taken by themselves."""

from __future__ import annotations

from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import backups
from wizard.standin.state.records import VolumeBackup, VolumeBackupSchedule
from wizard.standin.state.refusals import LeftOut, not_authorized
from wizard.standin.state.rows import Document, VolumeInstance


@query("volumeInstanceBackupList")
def backup_list(context: Context, volumeInstanceId: str) -> list[VolumeBackup]:
    """Return a volume's backups, newest first."""
    mount = context.require(VolumeInstance, volumeInstanceId)
    return backups.of(context.tables.all(VolumeBackup), mount)


@query("volumeInstanceBackupScheduleList")
def schedule_list(context: Context, volumeInstanceId: str) -> list[VolumeBackupSchedule]:
    """Return the schedules of a volume."""
    mount = context.require(VolumeInstance, volumeInstanceId)
    return context.tables.where(VolumeBackupSchedule, volume_instance_id=mount.id)


@mutation("volumeInstanceBackupCreate")
async def backup_create(context: Context, volumeInstanceId: str, name: str | None = None) -> Document:
    """Take a backup in the background."""
    mount = context.require(VolumeInstance, volumeInstanceId)
    await backups.check(context.railway, mount)
    return {"workflowId": backups.begin(context.railway, mount, name).id}


@mutation("volumeInstanceBackupDelete")
def backup_delete(context: Context, volumeInstanceId: str, volumeInstanceBackupId: str) -> Document:
    """Delete a backup in the background."""
    _, row = _of(context, volumeInstanceId, volumeInstanceBackupId)
    return {"workflowId": backups.delete(context.railway, row).id}


@mutation("volumeInstanceBackupLock")
def backup_lock(context: Context, volumeInstanceId: str, volumeInstanceBackupId: str) -> bool:
    """Keep a backup for good."""
    _, row = _of(context, volumeInstanceId, volumeInstanceBackupId)
    context.railway.store.change(row, expires_at=None)
    return True


@mutation("volumeInstanceBackupRestore")
def backup_restore(context: Context, volumeInstanceId: str, volumeInstanceBackupId: str, **more: Any) -> Document:
    """Fill a new volume from a backup and stage the swap; somebody has to commit it."""
    given = next((name for name, value in more.items() if value), None)
    if given:
        raise LeftOut(f"volumeInstanceBackupRestore({given})")
    mount, row = _of(context, volumeInstanceId, volumeInstanceBackupId)
    return {"workflowId": backups.restore(context.railway, mount, row).id}


@mutation("volumeInstanceBackupScheduleUpdate")
def schedule_update(context: Context, volumeInstanceId: str, kinds: list[str]) -> bool:
    """Replace the schedules of a volume."""
    backups.schedule(context.railway, context.require(VolumeInstance, volumeInstanceId), kinds)
    return True


@field("VolumeInstanceBackup", "externalId")
def external_id(row: VolumeBackup, _context: Context) -> str:
    """Return the copy's name."""
    return row.id


@field("VolumeInstanceBackup", "usedMB")
@field("VolumeInstanceBackup", "referencedMB")
def used(row: VolumeBackup, _context: Context) -> int:
    """Return the copy's size: nothing is shared with other copies here."""
    return round(row.used_mb)


@field("VolumeInstanceBackup", "volumeInstanceSizeMB")
def volume_size(row: VolumeBackup, _context: Context) -> int:
    """Return the volume's size at that time."""
    return row.volume_instance_size_mb


@field("VolumeInstanceBackupSchedule", "cron")
def cron(row: VolumeBackupSchedule, _context: Context) -> str:
    """Return when it runs, as cron says it."""
    return backups.KINDS[row.kind].cron


@field("VolumeInstanceBackupSchedule", "name")
def name(row: VolumeBackupSchedule, _context: Context) -> str:
    """Return its kind for people."""
    return row.kind.capitalize()


@field("VolumeInstanceBackupSchedule", "retentionSeconds")
def retention(row: VolumeBackupSchedule, _context: Context) -> int:
    """Return how long its backups are kept."""
    return int(backups.KINDS[row.kind].kept.total_seconds())


def _of(context: Context, mount_id: str, backup_id: str) -> tuple[VolumeInstance, VolumeBackup]:
    mount, row = context.require(VolumeInstance, mount_id), context.require(VolumeBackup, backup_id)
    if row not in backups.of(context.railway.tables.all(VolumeBackup), mount):
        raise not_authorized()
    return mount, row
