"""Custom domains: from two DNS records to a valid certificate, step by step on the clock.

| state | until |
|---|---|
| VALIDATING_OWNERSHIP | every record of `dns.wanted` is in the zone and has propagated |
| ISSUING | the issuer's steps are through |
| VALID | for 90 days; records that go later change their own status alone |
| ISSUE_FAILED | somebody asks for the certificate again |
"""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta

from wizard.standin.state import dns
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.records import DnsRecord
from wizard.standin.state.rows import CustomDomain, Document, Environment, ServiceInstance

VALID, ISSUING, FAILED, VALIDATING = "VALID", "ISSUING", "ISSUE_FAILED", "VALIDATING_OWNERSHIP"
_STEPS = (
    "CREATING_ORDER",
    "FETCHING_AUTHORIZATIONS",
    "PRESENTING_CHALLENGES",
    "POLLING_AUTHORIZATIONS",
    "GENERATING_KEYS",
    "FINALIZING_ORDER",
    "DOWNLOADING_CERTIFICATE",
)
"""What `certificateStatusDetailed` tells while the issuer works, each for an equal share of the time."""
_DUPLICATES, _WINDOW = 5, timedelta(days=7)
"""Let's Encrypt issues five certificates for the same names a week."""
LIFETIME = timedelta(days=90)


def add(railway: LocalRailway, instance: ServiceInstance, domain: str, target_port: int | None) -> CustomDomain:
    """Add an operator's domain; its certificate waits for the records."""
    environment = railway.tables.get(Environment, instance.environment_id)
    row = CustomDomain(
        **railway.cloud.stamp(),
        project_id=environment.project_id if environment else "",
        environment_id=instance.environment_id,
        service_id=instance.service_id,
        domain=domain,
        verification_token=f"railway-verify={secrets.token_hex(32)}",
        target_port=target_port,
        certificate={"status": VALIDATING},
    )
    return begin(railway, railway.store.put(row))


def begin(railway: LocalRailway, row: CustomDomain) -> CustomDomain:
    """Walk through the certificate's states from the first; a walk that was under way is not believed any more."""
    walking = railway.store.change(row, walk=uuid.uuid4().hex, certificate={"status": VALIDATING})
    railway.in_background(_walk(railway, walking))
    return walking


def set_records(railway: LocalRailway, records: list[Document]) -> None:
    """Set records at the operator's DNS host, an empty value deletes; domains without a certificate look again."""
    for one in records:
        fqdn, kind = str(one["fqdn"]).rstrip(".").lower(), str(one["type"]).upper()
        held = railway.tables.where(DnsRecord, fqdn=fqdn, type=kind)
        railway.store.remove(held)
        if one.get("value"):
            railway.store.put(DnsRecord(**railway.cloud.stamp(), fqdn=fqdn, type=kind, value=str(one["value"])))
    for row in railway.tables.all(CustomDomain):
        if row.certificate.get("status") == VALIDATING:
            begin(railway, row)


def recover(railway: LocalRailway) -> None:
    """Walk on after a restart of the stand-in."""
    for row in railway.tables.all(CustomDomain):
        if row.certificate.get("status") in {VALIDATING, ISSUING}:
            begin(railway, row)


def seen(railway: LocalRailway, row: CustomDomain) -> set[str]:
    """Return the types of the records that are set as wanted and have propagated."""
    until = railway.cloud.clock.now() - timedelta(seconds=railway.cloud.settings.dns.propagation)
    return {one.type for one in dns.wanted(row) if dns.fits(one, dns.current(railway.tables, one, until))}


async def _walk(railway: LocalRailway, row: CustomDomain) -> None:
    await railway.cloud.clock.sleep(railway.cloud.settings.dns.propagation)
    if not _believed(railway, row):
        return
    found = seen(railway, row)
    railway.store.change(row, verified="TXT" in found)
    if found < {"TXT", "CNAME"}:
        return
    if _too_many(railway, row):
        _fail(railway, row, "RATE_LIMIT", "too many certificates already issued for this exact set of domains")
        return
    await _issue(railway, row)


async def _issue(railway: LocalRailway, row: CustomDomain) -> None:
    for step in _STEPS:
        railway.store.change(row, certificate={"status": ISSUING, "detailed": step})
        await railway.cloud.clock.sleep(railway.cloud.settings.dns.issuing / len(_STEPS))
        if not _believed(railway, row):
            return
        if step == "POLLING_AUTHORIZATIONS" and _refused(railway, row):
            return
    now = railway.cloud.clock.now()
    known = railway.tables.get(CustomDomain, row.id) or row
    told = {"status": VALID, "detailed": "COMPLETE", "issuedAt": now.isoformat()}
    railway.store.change(row, certificate=told, issued=[*known.issued, now])


def _refused(railway: LocalRailway, row: CustomDomain) -> bool:
    """Tell whether the issuer's own look at the zone ends the order."""
    if dns.refuses_lets_encrypt(railway.tables, row.domain):
        told = f"CAA record for {row.domain} prevents issuance by {dns.LETS_ENCRYPT}"
        return _fail(railway, row, "AUTHORIZATION_FAILED", told)
    if seen(railway, row) < {"TXT", "CNAME"}:
        told = f"DNS problem: the records of {row.domain} were not found"
        return _fail(railway, row, "DNS_VALIDATION", told)
    return False


def _fail(railway: LocalRailway, row: CustomDomain, kind: str, told: str) -> bool:
    failure = {"status": FAILED, "detailed": "FAILED", "errorType": kind, "errorMessage": told}
    railway.store.change(row, certificate={**failure, "retryable": kind != "RATE_LIMIT"})
    return True


def _too_many(railway: LocalRailway, row: CustomDomain) -> bool:
    known = railway.tables.get(CustomDomain, row.id) or row
    since = railway.cloud.clock.now() - _WINDOW
    return sum(moment > since for moment in known.issued) >= _DUPLICATES


def _believed(railway: LocalRailway, row: CustomDomain) -> bool:
    known = railway.tables.get(CustomDomain, row.id)
    return known is not None and known.walk == row.walk
