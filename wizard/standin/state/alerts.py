"""Tells when a volume fills up: once on the way up past each mark, and once when it has room again.

Source: Railway's documentation of webhooks names alerts of volumes that approach their capacity; the marks are ours.
"""

from __future__ import annotations

from wizard.standin.state.notifications import notify
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.records import Event
from wizard.standin.state.rows import Volume, VolumeInstance

_MARKS = (80, 95, 100)
_CRITICAL = 95


async def watch_volumes(railway: LocalRailway) -> None:
    """Compare the last reading of every volume with its size and write an event where a mark was passed."""
    for mount in railway.tables.all(VolumeInstance):
        percent = int(railway.metrics.disk_mb.get(mount.id, 0.0) * 100 / max(mount.size_mb, 1))
        mark = max((one for one in _MARKS if percent >= one), default=0)
        if mark != mount.alerted_percent:
            rising = mark > mount.alerted_percent
            railway.store.change(mount, alerted_percent=mark)
            if rising or not mark:
                _tell(railway, mount, percent, "triggered" if rising else "resolved")


def _tell(railway: LocalRailway, mount: VolumeInstance, percent: int, action: str) -> None:
    volume = railway.tables.get(Volume, mount.volume_id)
    if volume is None:
        return
    severity = "INFO" if action == "resolved" else "CRITICAL" if percent >= _CRITICAL else "WARNING"
    payload = {"id": mount.id, "volumeId": volume.id, "name": volume.name, "percent": percent, "sizeMB": mount.size_mb}
    event = Event(
        **railway.cloud.stamp(),
        project_id=volume.project_id,
        environment_id=mount.environment_id,
        object="VolumeAlert",
        action=action,
        severity=severity,
        payload=payload | ({"serviceId": mount.service_id} if mount.service_id else {}),
    )
    notify(railway, railway.store.put(event))
