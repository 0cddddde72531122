"""The operator's own domains: their DNS records and their certificates."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from wizard.standin.api.context import Context
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import custom_domains, dns
from wizard.standin.state.refusals import IN_PROGRESS, PLAN_LIMIT, Refused, not_authorized
from wizard.standin.state.rows import CustomDomain, Document, Environment

_HOST = re.compile(r"(?:\*\.)?(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", re.IGNORECASE)


@query("customDomain")
def custom_domain(context: Context, id: str, projectId: str) -> CustomDomain:
    """Return a custom domain of a project."""
    row = context.require(CustomDomain, id)
    if row.project_id != projectId:
        raise not_authorized()
    return row


@query("domainStatus")
def domain_status(context: Context, id: str, projectId: str) -> Document:
    """Return a custom domain's status the old way."""
    row = custom_domain(context, id, projectId)
    return {"status": status(row, context), "domain": row}


@query("customDomainAvailable")
def custom_domain_available(context: Context, domain: str) -> Document:
    """Tell whether a domain may be added."""
    reason = _unavailable(context, domain)
    return {"available": reason is None, "message": reason or f"{domain} is available"}


@mutation("customDomainCreate")
def custom_domain_create(context: Context, input: Document) -> CustomDomain:
    """Add the operator's own domain; its DNS records are in the answer's status."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    reason = _unavailable(context, input["domain"])
    if reason:
        raise Refused(reason)
    mine = context.railway.tables.where(CustomDomain, service_id=instance.service_id, deleted_at=None)
    limit = context.railway.cloud.settings.limits.custom_domains
    if limit is not None and len(mine) >= limit:
        raise Refused(PLAN_LIMIT)
    return custom_domains.add(context.railway, instance, _plain(input["domain"]), input.get("targetPort"))


@mutation("customDomainUpdate")
def custom_domain_update(context: Context, id: str, environmentId: str, targetPort: int | None = None) -> bool:
    """Set the port a custom domain leads to."""
    row = context.require(CustomDomain, id)
    if row.environment_id != context.require(Environment, environmentId).id:
        raise not_authorized()
    context.railway.store.change(row, target_port=targetPort)
    return True


@mutation("customDomainIssueCertificate")
def custom_domain_issue_certificate(context: Context, id: str) -> bool:
    """Ask for a certificate again; every one counts against the issuer's weekly limit."""
    row = context.require(CustomDomain, id)
    if row.certificate.get("status") == custom_domains.ISSUING:
        raise Refused(IN_PROGRESS)
    custom_domains.begin(context.railway, row)
    return True


@mutation("customDomainDelete")
def custom_domain_delete(context: Context, id: str) -> bool:
    """Remove the operator's own domain."""
    context.railway.store.remove([context.require(CustomDomain, id)])
    return True


@field("CustomDomain", "isRailwayDomain")
def is_railway_domain(_row: CustomDomain, _context: Context) -> bool:
    """Return no: it was not bought here."""
    return False


@field("CustomDomain", "cnameCheck")
def cname_check(row: CustomDomain, context: Context) -> Document:
    """Return the traffic record's state in its deprecated form."""
    held = any(one["status"].endswith("PROPAGATED") for one in _records(row, context) if _is_traffic(one))
    return {"status": "VALID" if held else "WAITING", "message": "" if held else "Waiting for DNS update"}


@field("CustomDomain", "status")
def status(row: CustomDomain, context: Context) -> Document:
    """Return the records to set and how far the certificate is."""
    told = row.certificate
    error = told.get("errorType")
    return {
        "verified": row.verified,
        "verificationDnsHost": dns.verification_host(row.domain),
        "verificationToken": row.verification_token,
        "certificateStatus": f"CERTIFICATE_STATUS_TYPE_{told.get('status', 'UNSPECIFIED')}",
        "certificateStatusDetailed": f"CERTIFICATE_STATUS_TYPE_DETAILED_{told.get('detailed', 'UNSPECIFIED')}",
        "certificateErrorType": f"CERTIFICATE_ERROR_TYPE_{error}" if error else None,
        "certificateErrorMessage": told.get("errorMessage"),
        "certificateRetryable": told.get("retryable"),
        "certificates": _certificates(row),
        "cdnProvider": "DETECTED_CDN_PROVIDER_UNSPECIFIED",
        "dnsRecords": _records(row, context),
    }


def _certificates(row: CustomDomain) -> list[Document] | None:
    if row.certificate.get("status") != custom_domains.VALID:
        return None
    issued = datetime.fromisoformat(row.certificate["issuedAt"])
    return [{"domainNames": [row.domain], "issuedAt": issued, "expiresAt": issued + custom_domains.LIFETIME}]


def _records(row: CustomDomain, context: Context) -> list[Document]:
    until = context.railway.cloud.clock.now() - timedelta(seconds=context.railway.cloud.settings.dns.propagation)
    zone = dns.split(row.domain)[1]
    return [_record(one, zone, dns.current(context.tables, one, until)) for one in dns.wanted(row)]


def _record(one: dns.Wanted, zone: str, held: str) -> Document:
    fits = dns.fits(one, held)
    return {
        "hostlabel": one.fqdn.removesuffix(zone).rstrip(".") or "@",
        "fqdn": one.fqdn,
        "zone": zone,
        "recordType": f"DNS_RECORD_TYPE_{one.type}",
        "requiredValue": one.value,
        "currentValue": held,
        "purpose": f"DNS_RECORD_PURPOSE_{one.purpose}",
        "status": f"DNS_RECORD_STATUS_{'PROPAGATED' if fits else 'REQUIRES_UPDATE'}",
    }


def _is_traffic(record: Document) -> bool:
    return bool(record["purpose"] == "DNS_RECORD_PURPOSE_TRAFFIC_ROUTE")


def _unavailable(context: Context, domain: str) -> str | None:
    """Return why a domain cannot be added, None when it can."""
    name = _plain(domain)
    if not _HOST.fullmatch(name):
        return f"{domain} is not a valid domain"
    return f"{name} is not available" if context.railway.tables.first(CustomDomain, domain=name) else None


def _plain(domain: str) -> str:
    return domain.lower().rstrip(".")
