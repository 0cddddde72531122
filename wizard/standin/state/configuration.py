"""An environment's configuration in the shape of a patch, and the tag that changes with it.

`services{<id>: {source, build, deploy, variables, networking, volumeMounts}}`, `sharedVariables` and `volumes`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from wizard.standin.state import rules
from wizard.standin.state.rows import (
    CustomDomain,
    Document,
    Environment,
    ServiceDomain,
    ServiceInstance,
    TcpProxy,
    Variable,
    VolumeInstance,
)
from wizard.standin.state.store import Tables

Scope = tuple[str, str | None]
"""Whose variables: environment and service, None for the shared ones."""
_ENCRYPTED = "*****"
_SOURCE = {"image": "image", "repo": "repo", "branch": "branch", "rootDirectory": "root_directory"}
_BUILD = {
    "builder": "builder",
    "buildCommand": "build_command",
    "dockerfilePath": "dockerfile_path",
    "watchPatterns": "watch_patterns",
}
_DEPLOY = {
    re.sub(r"_([a-z])", lambda match: match[1].upper(), column): column
    for column in sorted(rules.SETTINGS - set(_BUILD.values()) - set(_SOURCE.values()))
}
SECTIONS: Mapping[str, Mapping[str, str]] = {"source": _SOURCE, "build": _BUILD, "deploy": _DEPLOY}
"""Part of a service's configuration, key in it, and the instance's column."""


def configuration(tables: Tables, environment: Environment, *, decrypted: bool) -> Document:
    """Return the environment's configuration; values of variables only when asked to, sealed ones never."""
    instances = tables.where(ServiceInstance, environment_id=environment.id)
    volumes = tables.where(VolumeInstance, environment_id=environment.id)
    return {
        "services": {one.service_id: _service(tables, one, decrypted=decrypted) for one in instances},
        "sharedVariables": _variables(tables, (environment.id, None), decrypted=decrypted),
        "volumes": {one.volume_id: {"sizeMB": one.size_mb, "region": one.region} for one in volumes},
    }


def etag(tables: Tables, environment: Environment) -> str:
    """Return a tag that changes with the configuration."""
    text = json.dumps(configuration(tables, environment, decrypted=True), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def masked(patch: Document) -> Document:
    """Return a patch whose variables show that they have a value, not which."""
    shown = dict(patch)
    if patch.get("sharedVariables"):
        shown["sharedVariables"] = _masked_variables(patch["sharedVariables"])
    if patch.get("services"):
        shown["services"] = {
            key: {**section, "variables": _masked_variables(section["variables"])}
            if section and section.get("variables")
            else section
            for key, section in patch["services"].items()
        }
    return shown


def _masked_variables(variables: Mapping[str, Any]) -> Document:
    return {
        name: {**spec, "value": _ENCRYPTED} if isinstance(spec, dict) and spec.get("value") is not None else spec
        for name, spec in variables.items()
    }


def _service(tables: Tables, instance: ServiceInstance, *, decrypted: bool) -> Document:
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    sections = {
        part: {key: value for key, column in columns.items() if (value := getattr(instance, column)) not in (None, [])}
        for part, columns in SECTIONS.items()
    }
    return {
        **sections,
        "variables": _variables(tables, (instance.environment_id, instance.service_id), decrypted=decrypted),
        "networking": _networking(tables, here),
        "volumeMounts": {row.volume_id: {"mountPath": row.mount_path} for row in tables.where(VolumeInstance, **here)},
    }


def _networking(tables: Tables, here: Mapping[str, str]) -> Document:
    served = {**here, "deleted_at": None}
    shown: Document = {
        "serviceDomains": {row.domain: {"port": row.target_port} for row in tables.where(ServiceDomain, **served)},
        "tcpProxies": {str(row.application_port): {} for row in tables.where(TcpProxy, **served)},
    }
    custom = {row.domain: {"port": row.target_port} for row in tables.where(CustomDomain, **served)}
    return {**shown, "customDomains": custom} if custom else shown


def _variables(tables: Tables, scope: Scope, *, decrypted: bool) -> Document:
    rows = tables.where(Variable, environment_id=scope[0], service_id=scope[1])
    return {row.name: _variable(row, decrypted=decrypted) for row in rows}


def _variable(row: Variable, *, decrypted: bool) -> Document:
    if row.is_sealed:
        return {"isSealed": True}
    return {"value": row.value if decrypted else _ENCRYPTED}
