"""What becomes of a volume that is deleted: 48 hours in which a link in a mail brings it back, data and all."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from datetime import timedelta

from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.records import DeletedVolume, VolumeBackup, VolumeBackupSchedule
from wizard.standin.state.rows import ServiceInstance, Volume, VolumeInstance
from wizard.standin.state.store import Tables

RESTORE_WINDOW = timedelta(hours=48)


def delete(railway: LocalRailway, volume: Volume) -> None:
    """Take a volume out of its project; its folders lie on until the window is over."""
    _retire(railway, volume, railway.tables.where(VolumeInstance, volume_id=volume.id))
    railway.store.remove([volume])


def delete_instance(railway: LocalRailway, mount: VolumeInstance) -> None:
    """Take a volume out of one environment, and out of its project where that was the last."""
    volume = railway.tables.get(Volume, mount.volume_id)
    if volume and len(railway.tables.where(VolumeInstance, volume_id=volume.id)) == 1:
        delete(railway, volume)
    elif volume:
        _retire(railway, volume, [mount])


def deleted(tables: Tables, volume_id: str) -> DeletedVolume | None:
    """Return a volume that waits for its deletion, the one deleted first where its instances went one by one."""
    return next((row for row in tables.all(DeletedVolume) if row.volume.id == volume_id), None)


def restore_deleted(railway: LocalRailway, row: DeletedVolume) -> None:
    """Bring a deleted volume back; a service that has another one by now keeps that."""
    for one in row.instances:
        service_id = one.service_id if _free(railway, one) else None
        back = replace(one, state="READY", deleted_at=None, is_pending_deletion=False, service_id=service_id)
        railway.store.put(back)
    railway.store.put(row.volume)
    railway.store.remove([row])


def _retire(railway: LocalRailway, volume: Volume, mounts: list[VolumeInstance]) -> None:
    stamp = railway.cloud.stamp()
    now = stamp["created_at"]
    leaving = [replace(one, state="DELETING", deleted_at=now, is_pending_deletion=True) for one in mounts]
    railway.store.put(DeletedVolume(**stamp, volume=volume, instances=leaving, expires_at=now + RESTORE_WINDOW))
    railway.store.remove(mounts)


async def purge(railway: LocalRailway) -> None:
    """Forget for good what was deleted before the window."""
    now = railway.cloud.clock.now()
    for row in railway.tables.all(DeletedVolume):
        if row.expires_at <= now:
            railway.store.remove([row])
            for one in row.instances:
                await discard(railway, one)


async def discard(railway: LocalRailway, mount: VolumeInstance) -> None:
    """Delete the folder, the backups and the schedules of a volume's instance."""
    mine = {"volume_instance_id": mount.id}
    backups = railway.tables.where(VolumeBackup, **mine)
    railway.store.remove([mount, *backups, *railway.tables.where(VolumeBackupSchedule, **mine)])
    for folder in (f"volumes/{mount.id}", *(f"backups/{row.id}" for row in backups)):
        await asyncio.to_thread(shutil.rmtree, railway.cloud.folder / folder, ignore_errors=True)


def _free(railway: LocalRailway, mount: VolumeInstance) -> bool:
    """Tell whether the service it was mounted to is still there and has no other volume."""
    here = {"service_id": mount.service_id, "environment_id": mount.environment_id}
    return bool(railway.tables.first(ServiceInstance, **here)) and not railway.tables.first(VolumeInstance, **here)
