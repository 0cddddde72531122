"""What runs, read now and then: CPU and memory of the processes, disk of the volumes, bytes through the edge.

A reading covers the time since the one before. Those of today are in memory, older ones in one file a day, and after
30 days they are gone. On a machine without /proc nothing is read of processes, and nothing is said of them.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wizard.standin.edge.requests import RequestEntry
from wizard.standin.state import rules
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.fleet import Fleet
from wizard.standin.state.records import VolumeBackup
from wizard.standin.state.rows import Deployment, Volume, VolumeInstance
from wizard.standin.state.usage import folder_mb, process_times, usage

KEPT = timedelta(days=30)
_GIGABYTE = 1_000_000_000
_FRESH_SECONDS = 1.0
"""A reading younger than this answers a question as well as a new one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading: `ts` in seconds since 1970, `seconds` since the one before, tags and values by the API's names."""

    ts: float
    seconds: float
    tags: dict[str, str]
    values: dict[str, float]


@dataclass(slots=True)
class _Last:
    """What a reading is compared with."""

    at: float
    cpu: dict[int, float] = field(default_factory=dict)


class MetricBook:
    """The readings of one stand-in."""

    def __init__(self, cloud: Cloud, fleet: Fleet) -> None:
        self._cloud = cloud
        self._fleet = fleet
        self._folder = cloud.folder / "metrics"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._today: list[Sample] = []
        self._day = ""
        self._last: dict[str, _Last] = {}
        self._traffic: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.disk_mb: dict[str, float] = {}
        """How much lay in each volume's folder at the last reading."""
        self._newest = float("-inf")
        self._turn = asyncio.Lock()

    def count(self, entry: RequestEntry) -> None:
        """Count the bytes of one request for the deployment that served it."""
        if entry.deployment_id:
            sums = self._traffic[entry.deployment_id]
            sums[0] += entry.received
            sums[1] += entry.sent

    async def read_all(self) -> None:
        """Take a reading of everything that runs and of every volume."""
        async with self._turn:
            now = self._cloud.clock.now()
            self._newest = self._cloud.clock.monotonic()
            for row in self._cloud.tables.all(Deployment):
                if row.status in rules.SERVING and not row.deployment_stopped:
                    self._keep(now, row.served_at or row.created_at, _tags(row), self._of_deployment(row))
            for mount in self._cloud.tables.all(VolumeInstance):
                self._keep(now, mount.created_at, self._volume_tags(mount), await self._of_volume(mount))

    async def refresh(self) -> None:
        """Take a reading unless there is one of this moment."""
        if self._cloud.clock.monotonic() - self._newest >= _FRESH_SECONDS:
            await self.read_all()

    def add(self, sample: Sample) -> None:
        """Store a reading of today."""
        day = f"{datetime.fromtimestamp(sample.ts, tz=UTC).date()}"
        if day != self._day:
            self._today, self._day = list(self._stored(day)), day
        self._today.append(sample)
        with self._file(day).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(sample)) + "\n")

    def between(self, start: datetime, end: datetime) -> Iterator[Sample]:
        """Return the readings of a span, oldest first."""
        day = max(start, self._cloud.clock.now() - KEPT).date()
        while day <= end.date():
            for sample in self._of_day(f"{day}"):
                if start.timestamp() <= sample.ts <= end.timestamp():
                    yield sample
            day += timedelta(days=1)

    def prune(self) -> None:
        """Delete what is older than 30 days."""
        oldest = f"{(self._cloud.clock.now() - KEPT).date()}"
        for file in self._folder.glob("*.jsonl"):
            if file.stem < oldest:
                file.unlink()

    def _keep(self, now: datetime, since: datetime, tags: dict[str, str], values: dict[str, float]) -> None:
        key = tags.get("DEPLOYMENT_ID") or tags["VOLUME_INSTANCE_ID"]
        last = self._last.setdefault(key, _Last(since.timestamp()))
        sample = Sample(now.timestamp(), max(0.0, now.timestamp() - last.at), tags, values)
        last.at = now.timestamp()
        self.add(sample)

    def _of_deployment(self, row: Deployment) -> dict[str, float]:
        received, sent = self._traffic.pop(row.id, (0, 0))
        values = {"NETWORK_RX_GB": received / _GIGABYTE, "NETWORK_TX_GB": sent / _GIGABYTE}
        limits = self._cloud.settings.limits
        values |= {"CPU_LIMIT": limits.vcpus, "MEMORY_LIMIT_GB": limits.memory_gb}
        measured = usage(self._fleet.pids(row.id))
        if measured:
            cpu = self._cores(row.id, measured.cpu)
            values |= {"MEMORY_USAGE_GB": measured.memory_gb, "CPU_USAGE": cpu, "CPU_USAGE_2": cpu}
        return values

    def _cores(self, deployment_id: str, since_start: float) -> float:
        """Return the cores used since the last reading; without one, since the processes began."""
        now = self._cloud.clock.now().timestamp()
        spent = process_times(self._fleet.pids(deployment_id))
        last = self._last.get(deployment_id)
        if last is None or not last.cpu or now <= last.at:
            self._last.setdefault(deployment_id, _Last(now)).cpu = spent
            return since_start
        used = sum(max(0.0, seconds - last.cpu.get(pid, 0.0)) for pid, seconds in spent.items())
        last.cpu = spent
        return used / (now - last.at)

    async def _of_volume(self, mount: VolumeInstance) -> dict[str, float]:
        backups = self._cloud.tables.where(VolumeBackup, volume_instance_id=mount.id)
        used = self.disk_mb[mount.id] = await folder_mb(self._cloud, mount.id)
        return {"DISK_USAGE_GB": used / 1000, "BACKUP_USAGE_GB": sum(row.used_mb for row in backups) / 1000}

    def _volume_tags(self, mount: VolumeInstance) -> dict[str, str]:
        volume = self._cloud.tables.get(Volume, mount.volume_id)
        tags = {
            "PROJECT_ID": volume.project_id if volume else "",
            "ENVIRONMENT_ID": mount.environment_id,
            "VOLUME_ID": mount.volume_id,
            "VOLUME_INSTANCE_ID": mount.id,
        }
        return tags | ({"SERVICE_ID": mount.service_id} if mount.service_id else {})

    def _of_day(self, day: str) -> list[Sample]:
        return self._today if day == self._day else list(self._stored(day))

    def _stored(self, day: str) -> Iterator[Sample]:
        file = self._file(day)
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                yield Sample(**json.loads(line))

    def _file(self, day: str) -> Path:
        return self._folder / f"{day}.jsonl"


def _tags(row: Deployment) -> dict[str, str]:
    tags = {
        "PROJECT_ID": row.project_id,
        "ENVIRONMENT_ID": row.environment_id,
        "SERVICE_ID": row.service_id,
        "DEPLOYMENT_ID": row.id,
    }
    region = row.settings.get("region")
    return tags | ({"REGION": str(region)} if region else {})
