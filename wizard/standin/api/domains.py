"""Generated public domains, TCP proxies, and the private network. The operator's own: `custom_domains`."""

from __future__ import annotations

import re
import uuid
from datetime import datetime

from wizard.standin.api.context import Context
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import names
from wizard.standin.state.refusals import DOMAIN_NOT_READY, Refused, not_authorized
from wizard.standin.state.rows import (
    CustomDomain,
    Document,
    Environment,
    Project,
    Service,
    ServiceDomain,
    ServiceInstance,
    TcpProxy,
)

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@query("domains")
def domains(context: Context, projectId: str, environmentId: str, serviceId: str) -> Document:
    """Return a service's generated and custom domains in an environment."""
    context.require(Project, projectId)
    instance = context.instance(serviceId, environmentId)
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    return {
        "serviceDomains": context.tables.where(ServiceDomain, **here),
        "customDomains": context.tables.where(CustomDomain, **here),
    }


@query("serviceDomainAvailable")
def service_domain_available(context: Context, domain: str) -> Document:
    """Tell whether a generated domain may be renamed to this one."""
    reason = _unavailable(context, domain)
    return {"available": reason is None, "message": reason or f"{domain} is available"}


@mutation("serviceDomainCreate")
async def service_domain_create(context: Context, input: Document) -> ServiceDomain:
    """Generate a domain; a second call generates another. A service made a moment ago is not ready for one."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    if not context.settled(instance):
        raise Refused(DOMAIN_NOT_READY)
    return await context.railway.networking.add_domain(instance, input.get("targetPort"))


@mutation("serviceDomainUpdate")
async def service_domain_update(context: Context, input: Document) -> bool:
    """Set a domain's target port and its prefix."""
    row = context.require(ServiceDomain, input["serviceDomainId"])
    reason = _unavailable(context, input["domain"], but=row.id)
    if reason:
        raise Refused(reason)
    label = input["domain"].partition(".")[0].lower()
    await context.railway.networking.update_domain(row, label, input.get("targetPort"))
    return True


@mutation("serviceDomainDelete")
async def service_domain_delete(context: Context, id: str) -> bool:
    """Delete a generated domain."""
    context.railway.networking.refuse_leaving(id)
    await context.railway.networking.remove_domain(context.require(ServiceDomain, id))
    return True


@query("tcpProxies")
def tcp_proxies(context: Context, serviceId: str, environmentId: str) -> list[TcpProxy]:
    """Return a service's TCP proxies in an environment."""
    instance = context.instance(serviceId, environmentId)
    return context.tables.where(TcpProxy, service_id=instance.service_id, environment_id=instance.environment_id)


@mutation("tcpProxyCreate")
async def tcp_proxy_create(context: Context, input: Document) -> TcpProxy:
    """Open a TCP proxy, one an instance."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id, "deleted_at": None}
    if context.railway.tables.first(TcpProxy, **here):
        raise Refused("A TCP proxy already exists for this service")
    return await context.railway.networking.open_proxy(instance, input["applicationPort"])


@mutation("tcpProxyDelete")
async def tcp_proxy_delete(context: Context, id: str) -> bool:
    """Close a TCP proxy."""
    context.railway.networking.refuse_leaving(id)
    await context.railway.networking.close_proxy(context.require(TcpProxy, id))
    return True


@query("privateNetworks")
def private_networks(context: Context, environmentId: str) -> list[Document]:
    """Return the one private network of an environment."""
    return [_network(context.require(Environment, environmentId))]


@query("privateNetworkEndpoint")
def private_network_endpoint(
    context: Context, environmentId: str, privateNetworkId: str, serviceId: str
) -> Document | None:
    """Return a service's name on the private network; null where the service has no instance."""
    environment = context.require(Environment, environmentId)
    service = context.require(Service, serviceId)
    if privateNetworkId != _network(environment)["publicId"]:
        raise not_authorized()
    instance = context.tables.first(ServiceInstance, service_id=service.id, environment_id=environment.id)
    if instance is None:
        return None
    return {
        "publicId": str(uuid.uuid5(uuid.UUID(instance.id), "endpoint")),
        "dnsName": names.private_label(service.name),
        "serviceInstanceId": instance.id,
        "syncStatus": "ACTIVE",
        "createdAt": instance.created_at,
    }


@field("TCPProxy", "syncStatus")
@field("ServiceDomain", "syncStatus")
@field("CustomDomain", "syncStatus")
def sync_status(row: TcpProxy | ServiceDomain | CustomDomain, context: Context) -> str:
    """Return CREATING or UPDATING until the read lag has passed since, DELETING while it goes."""
    if row.deleted_at:
        return "DELETING"
    if not _passed(row.created_at, context):
        return "CREATING"
    changed = isinstance(row, ServiceDomain) and not _passed(row.updated_at, context)
    return "UPDATING" if changed else "ACTIVE"


@field("ServiceDomain", "suffix")
def suffix(row: ServiceDomain, _context: Context) -> str:
    """Return what follows the prefix."""
    return row.domain.partition(".")[2]


def _unavailable(context: Context, domain: str, but: str | None = None) -> str | None:
    """Return why a prefix cannot be had, None when it can."""
    label = domain.partition(".")[0].lower()
    if not _LABEL.fullmatch(label):
        return f"{domain} is not a valid domain"
    others = (row for row in context.railway.tables.all(ServiceDomain) if row.id != but)
    return f"{domain} is not available" if any(row.domain.startswith(f"{label}.") for row in others) else None


def _network(environment: Environment) -> Document:
    public = uuid.uuid5(uuid.UUID(environment.id), "private-network")
    return {
        "publicId": str(public),
        "networkId": public.int % 2**31,
        "name": environment.name,
        "dnsName": "railway.internal",
        "environmentId": environment.id,
        "projectId": environment.project_id,
        "createdAt": environment.created_at,
    }


def _passed(moment: datetime, context: Context) -> bool:
    age = (context.railway.cloud.clock.now() - moment).total_seconds()
    return age >= context.railway.store.read_lag
