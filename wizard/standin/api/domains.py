"""Public domains, the operator's own domains, and TCP proxies."""

from __future__ import annotations

import re
from datetime import datetime

from wizard.standin.api.context import Context
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state.refusals import PLAN_LIMIT, Refused
from wizard.standin.state.rows import CustomDomain, Document, ServiceDomain, TcpProxy

_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@query("domains")
def domains(context: Context, projectId: str, environmentId: str, serviceId: str) -> Document:  # noqa: ARG001
    """Return a service's generated and custom domains in an environment."""
    instance = context.instance(serviceId, environmentId)
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    return {
        "serviceDomains": context.tables.where(ServiceDomain, **here),
        "customDomains": context.tables.where(CustomDomain, **here),
    }


@query("tcpProxies")
def tcp_proxies(context: Context, serviceId: str, environmentId: str) -> list[TcpProxy]:
    """Return a service's TCP proxies in an environment."""
    instance = context.instance(serviceId, environmentId)
    return context.tables.where(TcpProxy, service_id=instance.service_id, environment_id=instance.environment_id)


@mutation("serviceDomainCreate")
async def service_domain_create(context: Context, input: Document) -> ServiceDomain:
    """Generate a domain; a second call generates another."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    return await context.railway.networking.add_domain(instance, input.get("targetPort"))


@mutation("serviceDomainUpdate")
async def service_domain_update(context: Context, input: Document) -> bool:
    """Set a domain's target port and its prefix."""
    row = context.require(ServiceDomain, input["serviceDomainId"])
    label = input["domain"].partition(".")[0].lower()
    if not _LABEL.fullmatch(label):
        raise Refused(f"{input['domain']} is not a valid domain")
    taken = any(
        other.id != row.id and other.domain.startswith(f"{label}.")
        for other in context.railway.tables.all(ServiceDomain)
    )
    if taken:
        raise Refused(f"{input['domain']} is not available")
    await context.railway.networking.update_domain(row, label, input.get("targetPort"))
    return True


@mutation("serviceDomainDelete")
async def service_domain_delete(context: Context, id: str) -> bool:
    """Delete a generated domain."""
    await context.railway.networking.remove_domain(context.require(ServiceDomain, id))
    return True


@mutation("tcpProxyDelete")
async def tcp_proxy_delete(context: Context, id: str) -> bool:
    """Close a TCP proxy."""
    await context.railway.networking.close_proxy(context.require(TcpProxy, id))
    return True


@mutation("customDomainCreate")
def custom_domain_create(context: Context, input: Document) -> CustomDomain:
    """Add the operator's own domain; its DNS records are in the answer's status."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    name = input["domain"].lower().rstrip(".")
    if not _HOST.fullmatch(name):
        raise Refused(f"{input['domain']} is not a valid domain")
    if context.railway.tables.first(CustomDomain, domain=name):
        raise Refused(f"{name} is not available")
    mine = context.railway.tables.where(CustomDomain, service_id=instance.service_id)
    limit = context.railway.cloud.settings.limits.custom_domains
    if limit is not None and len(mine) >= limit:
        raise Refused(PLAN_LIMIT)
    return context.railway.networking.add_custom_domain(instance, name, input.get("targetPort"))


@mutation("customDomainDelete")
def custom_domain_delete(context: Context, id: str) -> bool:
    """Remove the operator's own domain."""
    context.railway.store.remove([context.require(CustomDomain, id)])
    return True


@field("TCPProxy", "syncStatus")
@field("ServiceDomain", "syncStatus")
def sync_status(row: TcpProxy | ServiceDomain, context: Context) -> str:
    """Return CREATING until the read lag has passed since it was made."""
    return "ACTIVE" if _age(row.created_at, context) >= context.railway.store.read_lag else "CREATING"


@field("ServiceDomain", "suffix")
def suffix(row: ServiceDomain, _context: Context) -> str:
    """Return what follows the prefix."""
    return row.domain.partition(".")[2]


@field("CustomDomain", "syncStatus")
def custom_sync_status(_row: CustomDomain, _context: Context) -> str:
    """Return the state of the route."""
    return "ACTIVE"


@field("CustomDomain", "status")
def custom_status(row: CustomDomain, _context: Context) -> Document:
    """Return the two records to set; nobody can set them for the stand-in, so ownership stays unproven."""
    label, _, zone = row.domain.partition(".")
    traffic = {
        "hostlabel": label,
        "fqdn": row.domain,
        "zone": zone,
        "recordType": "DNS_RECORD_TYPE_CNAME",
        "requiredValue": f"{row.id[:8]}.up.railway.localhost",
        "currentValue": "",
        "purpose": "DNS_RECORD_PURPOSE_TRAFFIC_ROUTE",
        "status": "DNS_RECORD_STATUS_REQUIRES_UPDATE",
    }
    return {
        "verified": False,
        "verificationDnsHost": f"_railway-verify.{label}",
        "verificationToken": row.verification_token,
        "certificateStatus": "CERTIFICATE_STATUS_TYPE_VALIDATING_OWNERSHIP",
        "dnsRecords": [traffic],
    }


def _age(moment: datetime, context: Context) -> float:
    return (context.railway.cloud.clock.now() - moment).total_seconds()
