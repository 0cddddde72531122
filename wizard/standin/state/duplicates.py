"""A new environment as a copy of another: instances, variables, volumes and public addresses, but no data.

Sealed variables are not copied. A volume's copy is empty. Where the source has a generated domain or a TCP proxy, the
copy gets one of its own.
"""

from __future__ import annotations

from dataclasses import replace

from wizard.standin.state import patches
from wizard.standin.state.configuration import configuration
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.resources import own_port, set_variable
from wizard.standin.state.rows import (
    Document,
    Environment,
    ServiceDomain,
    ServiceInstance,
    TcpProxy,
    Variable,
    VolumeInstance,
)


async def duplicate(railway: LocalRailway, source: Environment, copy: Environment, *, deploys: bool) -> None:
    """Fill an empty environment from its source, and deploy it in the order of its references."""
    _copy_variables(railway, source, copy)
    for mount in railway.tables.where(VolumeInstance, environment_id=source.id):
        railway.store.put(replace(mount, **railway.cloud.stamp(), environment_id=copy.id, state="READY", lineage=[]))
    copies = [
        railway.store.put(replace(instance, **railway.cloud.stamp(), environment_id=copy.id))
        for instance in railway.tables.where(ServiceInstance, environment_id=source.id)
    ]
    for instance in copies:
        await _open_addresses(railway, source, instance)
    if deploys:
        await railway.deployments.apply_batch(copies)


def stage_duplicate(railway: LocalRailway, source: Environment, copy: Environment) -> None:
    """Stage what `duplicate` would make, for somebody to look at and commit."""
    config = configuration(railway.tables, source, decrypted=True)
    services = {key: _staged_service(section) for key, section in config["services"].items()}
    shared = {name: spec for name, spec in config["sharedVariables"].items() if not spec.get("isSealed")}
    volumes = {key: {**section, "isCreated": True} for key, section in config["volumes"].items()}
    patch = {"services": services, "sharedVariables": shared, "volumes": volumes}
    patches.stage(railway, copy, patch, merged=False)


def _staged_service(section: Document) -> Document:
    networking = section["networking"]
    ports = list(networking["serviceDomains"].values())
    return {
        **section,
        "isCreated": True,
        "variables": {name: spec for name, spec in section["variables"].items() if not spec.get("isSealed")},
        "networking": {
            "serviceDomains": {"<hasDomain>": ports[0]} if ports else {},
            "tcpProxies": networking["tcpProxies"],
        },
    }


def _copy_variables(railway: LocalRailway, source: Environment, copy: Environment) -> None:
    images = {one.service_id: one.image for one in railway.tables.where(ServiceInstance, environment_id=source.id)}
    for variable in railway.tables.where(Variable, environment_id=source.id, is_sealed=False):
        value = own_port(railway, images.get(variable.service_id or ""), variable.name, variable.value)
        set_variable(railway, (copy.id, variable.service_id), variable.name, value)


async def _open_addresses(railway: LocalRailway, source: Environment, instance: ServiceInstance) -> None:
    there = {"environment_id": source.id, "service_id": instance.service_id, "deleted_at": None}
    domain = railway.tables.first(ServiceDomain, **there)
    if domain:
        await railway.networking.add_domain(instance, domain.target_port)
    proxy = railway.tables.first(TcpProxy, **there)
    if proxy:
        await railway.networking.open_proxy(instance, proxy.application_port)
