"""Public addresses: generated domains, custom domains, TCP proxies."""

from __future__ import annotations

import secrets

from wizard.standin.addresses import LOOPBACK
from wizard.standin.state import names
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.fleet import Fleet
from wizard.standin.state.rows import CustomDomain, Environment, Service, ServiceDomain, ServiceInstance, TcpProxy


class Networking:
    """Opens and closes the public addresses of service instances."""

    def __init__(self, cloud: Cloud, fleet: Fleet) -> None:
        self._cloud = cloud
        self._fleet = fleet

    async def add_domain(self, instance: ServiceInstance, target_port: int | None) -> ServiceDomain:
        """Generate a public domain and lead it to what serves now."""
        service = self._cloud.tables.get(Service, instance.service_id)
        label = names.domain_label(service.name if service else "")
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

    async def update_domain(self, row: ServiceDomain, label: str, target_port: int | None) -> None:
        """Rename a domain's prefix, keeping its port, and set its target port."""
        await self._cloud.machine.close_domain(row.edge_port)
        await self._cloud.machine.open_domain(label, row.edge_port)
        self._cloud.store.change(row, domain=f"{label}.localhost:{row.edge_port}", target_port=target_port)
        self._fleet.point_active(row.service_id, row.environment_id)

    async def remove_domain(self, row: ServiceDomain) -> None:
        """Close a generated domain."""
        await self._cloud.machine.close_domain(row.edge_port)
        self._cloud.store.remove([row])

    def add_custom_domain(self, instance: ServiceInstance, domain: str, target_port: int | None) -> CustomDomain:
        """Note an operator's domain: its records are shown, nothing resolves it here."""
        environment = self._cloud.tables.get(Environment, instance.environment_id)
        return self._cloud.store.put(
            CustomDomain(
                **self._cloud.stamp(),
                project_id=environment.project_id if environment else "",
                environment_id=instance.environment_id,
                service_id=instance.service_id,
                domain=domain,
                verification_token=f"railway-verify={secrets.token_hex(32)}",
                target_port=target_port,
            )
        )

    async def open_proxy(self, instance: ServiceInstance, application_port: int) -> TcpProxy:
        """Open a public TCP port to the instance, one an instance."""
        here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
        existing = self._cloud.tables.first(TcpProxy, **here)
        if existing:
            return existing
        port = await self._cloud.machine.open_proxy(None)
        row = TcpProxy(
            **self._cloud.stamp(), **here, application_port=application_port, proxy_port=port, domain=LOOPBACK
        )
        self._cloud.store.put(row)
        self._fleet.point_active(**here)
        return row

    async def close_proxy(self, row: TcpProxy) -> None:
        """Close a public TCP port."""
        await self._cloud.machine.close_proxy(row.proxy_port)
        self._cloud.store.remove([row])

    async def remove_all(self, service_id: str, environment_id: str) -> None:
        """Close every public address of an instance."""
        here = {"service_id": service_id, "environment_id": environment_id}
        for domain in self._cloud.tables.where(ServiceDomain, **here):
            await self.remove_domain(domain)
        for proxy in self._cloud.tables.where(TcpProxy, **here):
            await self.close_proxy(proxy)
        self._cloud.store.remove(self._cloud.tables.where(CustomDomain, **here))

    async def recover(self) -> None:
        """Open the addresses again after a restart of the stand-in, under their old ports."""
        for domain in self._cloud.tables.all(ServiceDomain):
            await self._cloud.machine.open_domain(domain.domain.partition(".")[0], domain.edge_port)
        for proxy in self._cloud.tables.all(TcpProxy):
            await self._cloud.machine.open_proxy(None, proxy.proxy_port)
