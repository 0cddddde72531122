"""What the platform asks an operator to set at a DNS host for a custom domain, and what it finds there.

The zone is a table: the control route writes it, as an operator's DNS host would. A record counts once it is as old as
the settings' propagation.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from wizard.standin.state.records import DnsRecord
from wizard.standin.state.rows import CustomDomain
from wizard.standin.state.store import Tables

LETS_ENCRYPT = "letsencrypt.org"
_TARGET = "up.railway.app"
_SECOND_LEVELS = {"ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"}
_COUNTRY_CODE = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record the operator has to set; `purpose` in the words of the API."""

    type: str
    fqdn: str
    value: str
    purpose: str


def split(domain: str) -> tuple[str, str]:
    """Return a domain's label and its zone: `app.example.com` gives `app` and `example.com`, an apex `` and itself."""
    labels = domain.split(".")
    registrable = 3 if len(labels[-1]) == _COUNTRY_CODE and labels[-2] in _SECOND_LEVELS else 2
    return ".".join(labels[:-registrable]), ".".join(labels[-registrable:])


def verification_host(domain: str) -> str:
    """Return the host label of the ownership record, relative to the zone."""
    label = split(domain)[0].removeprefix("*").strip(".")
    return f"_railway-verify.{label}" if label else "_railway-verify"


def wanted(row: CustomDomain) -> list[Wanted]:
    """Return the records of a custom domain in an order that says nothing, as the platform's list does."""
    zone = split(row.domain)[1]
    target = f"{row.id[:8]}.{_TARGET}"
    records = [
        Wanted("CNAME", row.domain, target, "TRAFFIC_ROUTE"),
        Wanted("TXT", f"{verification_host(row.domain)}.{zone}", row.verification_token, "UNSPECIFIED"),
    ]
    if row.domain.startswith("*."):
        challenge = f"_acme-challenge.{row.domain.removeprefix('*.')}"
        records.append(Wanted("CNAME", challenge, f"{row.id[:8]}.authorize.railwaydns.net", "ACME_DNS01_CHALLENGE"))
    return sorted(records, key=lambda one: hashlib.sha256(f"{row.id}{one.fqdn}".encode()).digest())


def current(tables: Tables, record: Wanted, until: datetime) -> str:
    """Return what the zone holds where the record belongs, as far as it was set before `until`; empty without one."""
    held = tables.where(DnsRecord, fqdn=record.fqdn, type=record.type)
    return next((one.value for one in held if one.updated_at <= until), "")


def fits(record: Wanted, value: str) -> bool:
    """Tell whether a zone's value is the wanted one; names end with a dot or not, texts may be quoted."""
    return value.strip().strip('"').rstrip(".").lower() == record.value.lower()


def refuses_lets_encrypt(tables: Tables, domain: str) -> bool:
    """Tell whether a CAA record of the domain or its zone names other issuers alone."""
    held = [row.value for host in (domain, split(domain)[1]) for row in tables.where(DnsRecord, fqdn=host, type="CAA")]
    return bool(held) and not any(LETS_ENCRYPT in value for value in held)
