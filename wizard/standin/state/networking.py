"""Public addresses: generated domains and TCP proxies. Custom domains have a walk of their own: `custom_domains`."""

from __future__ import annotations

from collections.abc import Awaitable

from wizard.standin.addresses import LOOPBACK
from wizard.standin.state import names
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.fleet import Fleet
from wizard.standin.state.refusals import IN_PROGRESS, Refused
from wizard.standin.state.rows import (
    CustomDomain,
    Environment,
    Project,
    Service,
    ServiceDomain,
    ServiceInstance,
    TcpProxy,
)


class Networking:
    """Opens and closes the public addresses of service instances."""

    def __init__(self, cloud: Cloud, fleet: Fleet) -> None:
        self._cloud = cloud
        self._fleet = fleet
        self._leaving: dict[str, float] = {}

    async def add_domain(self, instance: ServiceInstance, target_port: int | None) -> ServiceDomain:
        """Generate a public domain and lead it to what serves now."""
        service = self._cloud.tables.get(Service, instance.service_id)
        label = self._new_label(instance, service.name if service else "")
        port = await self._cloud.machine.open_domain(label)
        row = ServiceDomain(
            **self._cloud.stamp(),
            project_id=service.project_id if service else "",
            environment_id=instance.environment_id,
            service_id=instance.service_id,
            domain=f"{label}.localhost:{port}",
            edge_port=port,
            target_port=target_port,
        )
        self._cloud.store.put(row)
        self._fleet.point_active(row.service_id, row.environment_id)
        return row

    def _new_label(self, instance: ServiceInstance, service_name: str) -> str:
        tables = self._cloud.tables
        environment = tables.get(Environment, instance.environment_id)
        project = tables.get(Project, environment.project_id) if environment else None
        place = f"{project.name if project else ''}/{environment.name if environment else ''}"
        taken = {row.domain.partition(".")[0] for row in tables.all(ServiceDomain)}
        return names.domain_label(service_name, place, taken)

    async def update_domain(self, row: ServiceDomain, label: str, target_port: int | None) -> None:
        """Rename a domain's prefix, keeping its port, and set its target port."""
        _refuse_leaving(row)
        await self._cloud.machine.close_domain(row.edge_port)
        await self._cloud.machine.open_domain(label, row.edge_port)
        self._cloud.store.change(row, domain=f"{label}.localhost:{row.edge_port}", target_port=target_port)
        self._fleet.point_active(row.service_id, row.environment_id)

    async def remove_domain(self, row: ServiceDomain) -> None:
        """Close a generated domain; a second call is refused while it goes and for a moment after."""
        _refuse_leaving(row)
        await self._leave(row, self._cloud.machine.close_domain(row.edge_port))

    async def open_proxy(self, instance: ServiceInstance, application_port: int) -> TcpProxy:
        """Open a public TCP port to the instance, one an instance."""
        here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
        existing = self._cloud.tables.first(TcpProxy, **here)
        if existing and existing.deleted_at is None:
            return existing
        self._cloud.store.remove([existing] if existing else [])
        port = await self._cloud.machine.open_proxy(None)
        row = TcpProxy(
            **self._cloud.stamp(),
            environment_id=instance.environment_id,
            service_id=instance.service_id,
            application_port=application_port,
            proxy_port=port,
            domain=LOOPBACK,
        )
        self._cloud.store.put(row)
        self._fleet.point_active(**here)
        return row

    async def close_proxy(self, row: TcpProxy) -> None:
        """Close a public TCP port, as `remove_domain` does a domain."""
        _refuse_leaving(row)
        await self._leave(row, self._cloud.machine.close_proxy(row.proxy_port))

    async def remove_all(self, service_id: str, environment_id: str) -> None:
        """Close every public address of an instance."""
        here = {"service_id": service_id, "environment_id": environment_id}
        for domain in self._cloud.tables.where(ServiceDomain, **here, deleted_at=None):
            await self.remove_domain(domain)
        for proxy in self._cloud.tables.where(TcpProxy, **here, deleted_at=None):
            await self.close_proxy(proxy)
        self._cloud.store.remove(self._cloud.tables.where(CustomDomain, **here))

    async def recover(self) -> None:
        """Open the addresses again after a restart of the stand-in, under their old ports; what was leaving is gone."""
        for domain in self._cloud.tables.where(ServiceDomain, deleted_at=None):
            await self._cloud.machine.open_domain(domain.domain.partition(".")[0], domain.edge_port)
        for proxy in self._cloud.tables.where(TcpProxy, deleted_at=None):
            await self._cloud.machine.open_proxy(None, proxy.proxy_port)
        self._cloud.store.remove(row for row in self._cloud.tables.all(ServiceDomain) if row.deleted_at)
        self._cloud.store.remove(row for row in self._cloud.tables.all(TcpProxy) if row.deleted_at)

    def refuse_leaving(self, id_: str) -> None:
        """Raise Refused for what is being deleted, and for a moment after: the platform is still busy with it."""
        until = self._leaving.get(id_)
        if until is not None and self._cloud.clock.monotonic() < until:
            raise Refused(IN_PROGRESS)

    async def _leave(self, row: ServiceDomain | TcpProxy, closing: Awaitable[None]) -> None:
        self._leaving[row.id] = self._cloud.clock.monotonic() + self._cloud.settings.read_lag / 4
        leaving = self._cloud.store.change(row, deleted_at=self._cloud.clock.now())
        await closing
        self._cloud.store.remove([leaving])


def _refuse_leaving(row: ServiceDomain | TcpProxy) -> None:
    if row.deleted_at:
        raise Refused(IN_PROGRESS)
