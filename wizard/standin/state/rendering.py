"""Variables as Railway renders them: `${{NAME}}`, `${{Service.NAME}}`, `${{shared.NAME}}`, nested, and provided ones.

A reference to what does not exist renders as empty text, and so does one that leads back to itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from wizard.standin.state.rows import (
    CustomDomain,
    Environment,
    Project,
    Service,
    ServiceDomain,
    TcpProxy,
    Variable,
    Volume,
    VolumeInstance,
)
from wizard.standin.state.store import Tables

_REFERENCE = re.compile(r"\$\{\{\s*([^}]*?)\s*\}\}")
_Trail = tuple[tuple[str | None, str], ...]
"""The (service, variable) pairs being rendered, outermost first."""


def references(text: str) -> list[str]:
    """Return what the `${{...}}` in a value name, in order."""
    return _REFERENCE.findall(text)


def replace_references(text: str, lookup: Callable[[str], str]) -> str:
    """Return the text with every `${{...}}` replaced by what `lookup` returns for its inside."""
    return _REFERENCE.sub(lambda match: lookup(match[1]), text)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders the variables of one environment as one snapshot of the state has them."""

    tables: Tables
    environment_id: str
    private_host: Callable[[str], str]
    """Names a service within its environment."""

    def raw(self, service_id: str | None) -> dict[str, Variable]:
        """Return a service's own variables (or the shared ones) by name."""
        rows = self.tables.where(Variable, environment_id=self.environment_id, service_id=service_id)
        return {row.name: row for row in rows}

    def unrendered(self, service_id: str | None) -> dict[str, str]:
        """Return names and texts as written; sealed ones are absent."""
        return {name: row.value for name, row in self.raw(service_id).items() if not row.is_sealed}

    def rendered(self, service_id: str | None, *, sealed: bool = False) -> dict[str, str]:
        """Return names and rendered values with the provided ones; sealed ones only for a deployment."""
        own = {name for name, row in self.raw(service_id).items() if sealed or not row.is_sealed}
        names = sorted(own | set(self.provided(service_id) if service_id else ()))
        return {name: self._value(service_id, name, ()) for name in names}

    def provided(self, service_id: str) -> dict[str, str]:
        """Return the RAILWAY_* variables of a service that do not depend on a deployment."""
        service = self.tables.get(Service, service_id)
        environment = self.tables.get(Environment, self.environment_id)
        project = self.tables.get(Project, service.project_id) if service else None
        if service is None or environment is None or project is None:
            return {}
        return {
            "RAILWAY_ENVIRONMENT": environment.name,
            "RAILWAY_ENVIRONMENT_ID": environment.id,
            "RAILWAY_ENVIRONMENT_NAME": environment.name,
            "RAILWAY_PRIVATE_DOMAIN": self.private_host(service.name),
            "RAILWAY_PROJECT_ID": project.id,
            "RAILWAY_PROJECT_NAME": project.name,
            "RAILWAY_SERVICE_ID": service.id,
            "RAILWAY_SERVICE_NAME": service.name,
            **self._public_domain(service_id),
            **self._tcp_proxy(service_id),
            **self._volume(service_id),
        }

    def _public_domain(self, service_id: str) -> dict[str, str]:
        here = {"environment_id": self.environment_id, "service_id": service_id}
        row = self.tables.first(ServiceDomain, **here) or self.tables.first(CustomDomain, **here)
        domain = row.domain if row else ""
        return {"RAILWAY_PUBLIC_DOMAIN": domain, "RAILWAY_STATIC_URL": domain}

    def _tcp_proxy(self, service_id: str) -> dict[str, str]:
        proxy = self.tables.first(TcpProxy, environment_id=self.environment_id, service_id=service_id)
        if proxy is None:
            return {}
        return {
            "RAILWAY_TCP_APPLICATION_PORT": str(proxy.application_port),
            "RAILWAY_TCP_PROXY_DOMAIN": proxy.domain,
            "RAILWAY_TCP_PROXY_PORT": str(proxy.proxy_port),
        }

    def _volume(self, service_id: str) -> dict[str, str]:
        mount = self.tables.first(VolumeInstance, environment_id=self.environment_id, service_id=service_id)
        volume = self.tables.get(Volume, mount.volume_id) if mount else None
        if mount is None or volume is None:
            return {}
        return {
            "RAILWAY_VOLUME_ID": volume.id,
            "RAILWAY_VOLUME_MOUNT_PATH": mount.mount_path,
            "RAILWAY_VOLUME_NAME": volume.name,
        }

    def _value(self, service_id: str | None, name: str, trail: _Trail) -> str:
        here = (service_id, name)
        row = self.raw(service_id).get(name)
        if row is None:
            return self.provided(service_id).get(name, "") if service_id else ""
        if here in trail:
            return ""
        return replace_references(row.value, lambda inside: self._reference(service_id, inside, (*trail, here)))

    def _reference(self, service_id: str | None, inside: str, trail: _Trail) -> str:
        owner, dot, name = inside.rpartition(".")
        if not dot:
            return self._value(service_id, inside, trail)
        if owner == "shared":
            return self._value(None, name, trail)
        project = self.tables.get(Environment, self.environment_id)
        named = self.tables.first(Service, project_id=project.project_id if project else "", name=owner)
        return self._value(named.id, name, trail) if named else ""
