"""The two database templates and their deployment: a workflow that makes service, volume, variables, deployment.

The configurations follow Railway's published ones of 2026; a client reads them, may change a name, an image or a
value, and sends them back. The private port in the variables is the real one of this machine, because without network
namespaces every database shares one address.
"""

from __future__ import annotations

import ast
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wizard.standin.state import names
from wizard.standin.state.fleet import PRIVATE_PORTS
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import PLAN_LIMIT, Refused
from wizard.standin.state.rendering import replace_references
from wizard.standin.state.resources import (
    create_instances,
    create_service,
    create_volume,
    set_variable,
)
from wizard.standin.state.rows import Document, Environment, Project, Row, Service, ServiceInstance, Volume, Workflow

_PUBLISHED = datetime(2026, 8, 1, tzinfo=UTC)
_DEPLOY_KEYS = {
    "startCommand": "start_command",
    "requiredMountPath": "required_mount_path",
    "restartPolicyType": "restart_policy_type",
    "healthcheckPath": "healthcheck_path",
}
_FUNCTION = re.compile(r"(secret|randomInt)\((.*)\)$", re.DOTALL)


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


async def run_workflow(
    railway: LocalRailway, workflow: Workflow, project: Project, environment: Environment, config: Document
) -> None:
    """Deploy a template's configuration step by step; the workflow is Running until all of it is there."""
    await _pause(railway)
    workflow = railway.store.put(workflow)
    try:
        for service in config.get("services", {}).values():
            await _deploy_service(railway, project, environment, service)
    except Refused as refusal:
        railway.store.change(workflow, status="Error", error=str(refusal))
    else:
        await _pause(railway)
        railway.store.change(workflow, status="Complete")


async def _deploy_service(railway: LocalRailway, project: Project, environment: Environment, config: Document) -> None:
    existing = railway.tables.where(Volume, project_id=project.id)
    if config.get("volumeMounts") and len(existing) >= railway.cloud.settings.limits.volumes_per_project:
        raise Refused(PLAN_LIMIT)
    service = create_service(railway, project, _free_name(railway, project, config.get("name") or names.words()))
    instances = create_instances(railway, service, [environment])
    for instance in instances:
        _configure(railway, instance, config)
    await _pause(railway)
    _create_volumes(railway, service, instances, config)
    await _pause(railway)
    for instance in instances:
        _create_variables(railway, instance, config.get("variables") or {})
    await _pause(railway)
    for instance in instances:
        await railway.deployments.deploy_source(_newest(railway, instance))


def _configure(railway: LocalRailway, instance: ServiceInstance, config: Document) -> None:
    source, deploy = config.get("source") or {}, config.get("deploy") or {}
    settings = {column: deploy[key] for key, column in _DEPLOY_KEYS.items() if deploy.get(key) is not None}
    railway.store.change(instance, image=source.get("image"), repo=source.get("repo"), **settings)


def _create_volumes(
    railway: LocalRailway, service: Service, instances: list[ServiceInstance], config: Document
) -> None:
    for mount in (config.get("volumeMounts") or {}).values():
        volume = Volume(
            **railway.cloud.stamp(),
            project_id=service.project_id,
            name=f"{service.name.lower()}-volume-{names.suffix()}",
        )
        where = [
            (environment, service.id)
            for instance in instances
            if (environment := railway.tables.get(Environment, instance.environment_id))
        ]
        create_volume(railway, volume, where, mount["mountPath"])


def _create_variables(railway: LocalRailway, instance: ServiceInstance, variables: Document) -> None:
    for name, spec in variables.items():
        given = spec.get("value") if spec.get("value") is not None else spec.get("defaultValue")
        if given is None:
            continue
        value = replace_references(str(given), _template_function)
        if name in PRIVATE_PORTS.values() and value.isdecimal():
            value = str(railway.cloud.machine.private_port(int(value)))
        set_variable(railway, (instance.environment_id, instance.service_id), name, value)


def _template_function(inside: str) -> str:
    """Resolve what only a template's deployment resolves; every other reference stays as written."""
    call = _FUNCTION.match(inside)
    if call is None:
        return "${{" + inside + "}}"
    try:
        arguments = ast.literal_eval(f"({call[2]},)") if call[2].strip() else ()
        return names.secret(*arguments) if call[1] == "secret" else str(names.random_int(*arguments))
    except (ValueError, SyntaxError, TypeError):
        return ""


def _free_name(railway: LocalRailway, project: Project, wanted: str) -> str:
    taken = {row.name for row in railway.tables.where(Service, project_id=project.id)}
    return f"{wanted}-{names.suffix()}" if wanted in taken else wanted


def _newest(railway: LocalRailway, instance: ServiceInstance) -> ServiceInstance:
    return railway.tables.get(ServiceInstance, instance.id) or instance


async def _pause(railway: LocalRailway) -> None:
    """Let each part show up a moment after the one before, as on the platform: a quarter of the read lag."""
    await railway.cloud.clock.sleep(railway.cloud.settings.read_lag / 4)
