"""A configuration's public addresses: TCP proxies by port, generated domains, the operator's own domains."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.rows import CustomDomain, Document, ServiceDomain, ServiceInstance, TcpProxy

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


async def apply_networking(railway: LocalRailway, instance: ServiceInstance, section: Document) -> None:
    """Open, change and close what a service's part of a patch or of a template names; a null closes."""
    for port, proxy in (section.get("tcpProxies") or {}).items():
        await _apply_proxy(railway, instance, int(port), proxy)
    for name, domain in (section.get("serviceDomains") or {}).items():
        await _apply_domain(railway, instance, name, domain)
    for name, domain in (section.get("customDomains") or {}).items():
        _apply_custom_domain(railway, instance, name, domain)


def _here(instance: ServiceInstance) -> Mapping[str, str | None]:
    return {"service_id": instance.service_id, "environment_id": instance.environment_id, "deleted_at": None}


async def _apply_proxy(railway: LocalRailway, instance: ServiceInstance, port: int, proxy: Document | None) -> None:
    row = railway.tables.first(TcpProxy, **_here(instance))
    if proxy is not None:
        await railway.networking.open_proxy(instance, port)
    elif row and row.application_port == port:
        await railway.networking.close_proxy(row)


async def _apply_domain(railway: LocalRailway, instance: ServiceInstance, name: str, domain: Document | None) -> None:
    """Change a domain the instance has; another name asks for a new one, `<hasDomain>` for one with any prefix."""
    known = railway.tables.first(ServiceDomain, **_here(instance), domain=name)
    if domain is None:
        if known:
            await railway.networking.remove_domain(known)
        return
    label = name.partition(".")[0].lower()
    row = known or await railway.networking.add_domain(instance, domain.get("port"))
    if known or (_LABEL.fullmatch(label) and _free(railway, label)):
        await railway.networking.update_domain(row, label, domain.get("port"))


def _free(railway: LocalRailway, label: str) -> bool:
    return not any(row.domain.startswith(f"{label}.") for row in railway.tables.all(ServiceDomain))


def _apply_custom_domain(railway: LocalRailway, instance: ServiceInstance, name: str, domain: Document | None) -> None:
    row = railway.tables.first(CustomDomain, **_here(instance), domain=name)
    if row and domain is None:
        railway.store.remove([row])
    elif row and domain:
        railway.store.change(row, target_port=domain.get("port"))
