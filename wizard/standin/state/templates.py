"""The two database templates.

The configurations follow Railway's published ones of 2026; a client reads them, may change a name, an image or a
value, and sends them back. The private port in the variables is the real one of this machine, because without network
namespaces every database shares one address.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wizard.standin.state.rows import Document, Row

_PUBLISHED = datetime(2026, 8, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template(Row):
    """A published template."""

    code: str
    name: str
    serialized_config: Document
    status: str = "PUBLISHED"
    is_approved: bool = True
    is_verified: bool = True
    is_v2_template: bool = True


def _value(text: str, description: str) -> Document:
    return {"defaultValue": text, "description": description, "isOptional": False}


def _database(code: str, name: str, image: str, mount: str, variables: dict[str, Document], **deploy: Any) -> Template:
    service_id, volume_id = (str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{part}.{code}.railwizard")) for part in "sv")
    service = {
        "name": name,
        "icon": f"https://devicons.railway.app/i/{code}.svg",
        "source": {"image": image},
        "build": {},
        "deploy": {"requiredMountPath": mount, **deploy},
        "networking": {"serviceDomains": {}, "tcpProxies": {}},
        "variables": variables,
        "volumeMounts": {volume_id: {"mountPath": mount}},
    }
    return Template(
        id=str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{code}.railwizard")),
        created_at=_PUBLISHED,
        updated_at=_PUBLISHED,
        code=code,
        name=name,
        serialized_config={"services": {service_id: service}},
    )


TEMPLATES = (
    _database(
        "postgres",
        "Postgres",
        "ghcr.io/railwayapp-templates/postgres-ssl:18",
        "/var/lib/postgresql/data",
        {
            "PGDATA": _value("/var/lib/postgresql/data/pgdata", "Where the data lies"),
            "PGHOST": _value("${{RAILWAY_PRIVATE_DOMAIN}}", "Private host"),
            "PGPORT": _value("5432", "Private port"),
            "PGUSER": _value("${{POSTGRES_USER}}", "User"),
            "PGPASSWORD": _value("${{POSTGRES_PASSWORD}}", "Password"),
            "PGDATABASE": _value("${{POSTGRES_DB}}", "Database"),
            "POSTGRES_USER": _value("postgres", "User made at initialisation"),
            "POSTGRES_DB": _value("railway", "Database made at initialisation"),
            "POSTGRES_PASSWORD": _value('${{secret(32, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")}}', ""),
            "DATABASE_URL": _value(
                "postgresql://${{PGUSER}}:${{POSTGRES_PASSWORD}}@${{RAILWAY_PRIVATE_DOMAIN}}:${{PGPORT}}/${{PGDATABASE}}",
                "Private address",
            ),
            "DATABASE_PUBLIC_URL": _value(
                "postgresql://${{PGUSER}}:${{POSTGRES_PASSWORD}}@${{RAILWAY_TCP_PROXY_DOMAIN}}"
                ":${{RAILWAY_TCP_PROXY_PORT}}/${{PGDATABASE}}",
                "Public address, once there is a TCP proxy",
            ),
            "SSL_CERT_DAYS": _value("820", "Days the certificate holds"),
            "RAILWAY_DEPLOYMENT_DRAINING_SECONDS": _value("60", "Seconds to shut down"),
        },
    ),
    _database(
        "redis",
        "Redis",
        "redis:8.2.1",
        "/data",
        {
            "REDISHOST": _value("${{RAILWAY_PRIVATE_DOMAIN}}", "Private host"),
            "REDISPORT": _value("6379", "Private port"),
            "REDISUSER": _value("default", "User"),
            "REDISPASSWORD": _value("${{REDIS_PASSWORD}}", "Password"),
            "REDIS_PASSWORD": _value("${{secret(32)}}", "Password made at initialisation"),
            "REDIS_URL": _value(
                "redis://${{REDISUSER}}:${{REDIS_PASSWORD}}@${{REDISHOST}}:${{REDISPORT}}", "Private address"
            ),
            "REDIS_PUBLIC_URL": _value(
                "redis://${{REDISUSER}}:${{REDIS_PASSWORD}}@${{RAILWAY_TCP_PROXY_DOMAIN}}:${{RAILWAY_TCP_PROXY_PORT}}",
                "Public address, once there is a TCP proxy",
            ),
        },
        startCommand=(
            '/bin/sh -c "rm -rf $RAILWAY_VOLUME_MOUNT_PATH/lost+found/ && exec redis-server --requirepass '
            '$REDIS_PASSWORD --save 60 1 --dir $RAILWAY_VOLUME_MOUNT_PATH"'
        ),
    ),
)


def find_template(code: str | None, id_: str | None) -> Template | None:
    """Return a template by its code or its id."""
    return next((one for one in TEMPLATES if (code and one.code == code) or (id_ and one.id == id_)), None)
