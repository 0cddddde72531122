"""What runs: replicas by deployment, and the public addresses that lead to them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from wizard.standin.addresses import Address
from wizard.standin.state import rules
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.cron import Cron, parse
from wizard.standin.state.executions import Schedule
from wizard.standin.state.machine import DatastoreOrder, Mount, Process, RunOrder, StartError
from wizard.standin.state.replica import Replica
from wizard.standin.state.replica_set import ReplicaSet, Route
from wizard.standin.state.rows import Deployment, Service, ServiceDomain, ServiceInstance, TcpProxy, VolumeInstance

PRIVATE_PORTS = {"postgres": "PGPORT", "redis": "REDISPORT"}
"""The variable that names a datastore's private port."""
_DATASTORE_GRACE = 10.0
_CLOSING_GRACE = 2.0
"""Seconds each process has when the stand-in ends."""


class Fleet:
    """Starts and stops replicas, and keeps domains and proxies pointed at the active ones."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._running: dict[str, ReplicaSet] = {}
        self._schedules: dict[str, Schedule] = {}

    def running(self, deployment_id: str) -> ReplicaSet | None:
        """Return the deployment's replicas, if it has any."""
        return self._running.get(deployment_id)

    async def start(self, deployment: Deployment) -> ReplicaSet:
        """Start a deployment's processes; raises StartError."""

        async def launcher(replica: Replica) -> Process:
            return await self._launch(deployment, replica.id)

        def moved() -> None:
            self.point_active(deployment.service_id, deployment.environment_id)

        count = 1 if engine_of(deployment) or self.mount(deployment) else replicas_of(deployment)
        replicas = ReplicaSet(self._cloud, deployment, count, launcher, moved)
        self._running[deployment.id] = replicas
        await replicas.start()
        return replicas

    async def stop(self, deployment: Deployment, grace: float | None = None) -> None:
        """Stop a deployment's processes: SIGTERM, then SIGKILL after its draining seconds or the given ones."""
        chosen = grace_of(deployment) if grace is None else grace
        if replicas := self._running.pop(deployment.id, None):
            await replicas.stop(chosen)
        if schedule := self._schedules.pop(deployment.id, None):
            await schedule.stop(chosen)

    def schedule(self, deployment: Deployment) -> None:
        """Run a deployment by its cron schedule from now on."""
        cron = cron_of(deployment)
        if cron is None:
            return

        async def launcher(execution_id: str) -> Process:
            return await self._launch(deployment, execution_id)

        self._schedules[deployment.id] = Schedule(self._cloud, deployment, cron, launcher)

    def scheduled(self, deployment_id: str) -> Schedule | None:
        """Return the schedule that runs a deployment, if it has one."""
        return self._schedules.get(deployment_id)

    async def close(self) -> None:
        """Stop every replica, applications before the datastores they use."""
        deployments = [
            row for id_ in [*self._running, *self._schedules] if (row := self._cloud.tables.get(Deployment, id_))
        ]
        for datastores in (False, True):
            chosen = [row for row in deployments if (engine_of(row) is not None) is datastores]
            await asyncio.gather(*(self.stop(row, grace=_CLOSING_GRACE) for row in chosen), return_exceptions=True)

    def point(self, deployment: Deployment) -> None:
        """Lead the public addresses of the deployment's instance to it, and to nobody when nothing of it is there."""
        replicas = self._running.get(deployment.id)
        address = replicas.address if replicas else None
        here = {"service_id": deployment.service_id, "environment_id": deployment.environment_id}
        for domain in self._cloud.tables.where(ServiceDomain, **here):
            route = Route(replicas, domain.target_port) if replicas else None
            self._cloud.machine.point_domain(domain.edge_port, route)
        for proxy in self._cloud.tables.where(TcpProxy, **here):
            self._cloud.machine.point_proxy(proxy.proxy_port, _at(address, proxy.application_port))
        if service := self._cloud.tables.get(Service, deployment.service_id):
            self._cloud.machine.point_private(deployment.environment_id, service.name, address)

    def point_active(self, service_id: str, environment_id: str) -> None:
        """Point an instance's domains at what serves now, as when a domain has just been made."""
        serving = rules.active(self._cloud.tables, service_id, environment_id)
        if serving:
            self.point(serving[0])

    def pids(self, deployment_id: str) -> list[int]:
        """Return a deployment's processes."""
        replicas = self._running.get(deployment_id)
        if replicas is None:
            schedule = self._schedules.get(deployment_id)
            return schedule.pids() if schedule else []
        return replicas.pids()

    async def _launch(self, deployment: Deployment, instance_id: str) -> Process:
        log = self._cloud.logs.sink(deployment, "deploy")
        engine = engine_of(deployment)
        if engine:
            return await self._cloud.machine.start_datastore(self._datastore(deployment, engine), log)
        if deployment.image is None:
            raise StartError(f"The image {deployment.origin.get('image')} cannot run without a container engine")
        order = RunOrder(
            f"{deployment.id}-{instance_id[:8]}",
            deployment.image,
            {**deployment.variables, "RAILWAY_REPLICA_ID": instance_id},
            deployment.environment_id,
            self.mount(deployment),
        )
        return await self._cloud.machine.start(order, log)

    def _datastore(self, deployment: Deployment, engine: str) -> DatastoreOrder:
        mount = self.mount(deployment)
        name = self._instance_id(deployment)
        return DatastoreOrder(
            name=name,
            engine=engine,
            major=rules.image_major(deployment.origin["image"]),
            folder=mount.folder if mount else self._volume_folder(f"ephemeral-{name}"),
            port=int(deployment.variables.get(PRIVATE_PORTS[engine]) or 0),
            variables=deployment.variables,
            network=deployment.environment_id,
        )

    def _instance_id(self, deployment: Deployment) -> str:
        row = self._cloud.tables.first(
            ServiceInstance, service_id=deployment.service_id, environment_id=deployment.environment_id
        )
        return row.id if row else deployment.id

    def mount(self, deployment: Deployment) -> Mount | None:
        """Return the volume attached to the deployment's instance."""
        row = self._cloud.tables.first(
            VolumeInstance, service_id=deployment.service_id, environment_id=deployment.environment_id
        )
        return Mount(self._volume_folder(row.id), row.mount_path) if row else None

    def _volume_folder(self, name: str) -> Path:
        folder = self._cloud.folder / "volumes" / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def engine_of(deployment: Deployment) -> str | None:
    """Return the datastore engine a deployment runs, None for an application."""
    return rules.datastore_engine(deployment.origin["image"]) if deployment.origin["kind"] == "image" else None


def replicas_of(deployment: Deployment) -> int:
    """Return how many replicas a deployment runs: over all regions, which are one here."""
    regions = (deployment.settings.get("multi_region_config") or {}).values()
    spread = sum(int((one or {}).get("numReplicas") or 0) for one in regions)
    return max(1, spread or int(deployment.settings.get("num_replicas") or 1))


def cron_of(deployment: Deployment) -> Cron | None:
    """Return the schedule of a deployment that does not serve but runs when it is due; None for one that serves."""
    text = deployment.settings.get("cron_schedule")
    return parse(text) if text and deployment.image is not None else None


def overlap_of(deployment: Deployment) -> float:
    """Return the seconds for which the deployment before runs on beside this one."""
    asked = deployment.settings.get("overlap_seconds") or deployment.variables.get("RAILWAY_DEPLOYMENT_OVERLAP_SECONDS")
    return float(asked or 0)


def grace_of(deployment: Deployment) -> float:
    """Return the seconds between SIGTERM and SIGKILL; a datastore gets time to write."""
    asked = deployment.settings.get("draining_seconds") or deployment.variables.get(
        "RAILWAY_DEPLOYMENT_DRAINING_SECONDS"
    )
    if engine_of(deployment):
        return _DATASTORE_GRACE
    return float(asked or 0)


def _at(address: Address | None, port: int | None) -> Address | None:
    """Return the port of the process that a public address names, the one it is to serve where it names none."""
    return address.at(port) if address and port else address
