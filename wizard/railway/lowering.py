"""Values in Railway's own words: outputs become references, so that a changed output follows by itself."""

from __future__ import annotations

from wizard.platform.states import GroupState, ServiceState
from wizard.platform.values import SERVICE_OUTPUTS, Literal, OutputRef, Value
from wizard.secrets import Secret

_SHARED = "shared"
_WEBSOCKET = {"http": "ws", "https": "wss"}


def lower(value: Value, state: GroupState, *, service: str, scheme: str) -> str | Secret:
    """Return what is written on the platform.

    Args:
        value: a literal, a secret, or text with outputs.
        state: the environment as observed: custom domains and ports are known there only.
        service: whose variable it is.
        scheme: of public addresses, `https` or `http`.
    """
    if isinstance(value, Secret):
        return value
    if isinstance(value, Literal):
        return value.text
    parts = (part if isinstance(part, str) else _output(part, state, service, scheme) for part in value.parts)
    return "".join(parts)


def _output(output: OutputRef, state: GroupState, service: str, scheme: str) -> str:
    if output.resource != _SHARED and output.output in SERVICE_OUTPUTS:
        return _address(output, state.services.get(output.resource), scheme)
    if output.resource == service:
        return f"${{{{{output.output}}}}}"
    return reference(output.resource, output.output)


def reference(resource: str, variable: str) -> str:
    """Return a reference to another resource's variable; names are case-sensitive."""
    return f"${{{{{resource}.{variable}}}}}"


def _address(output: OutputRef, target: ServiceState | None, scheme: str) -> str:
    host = reference(output.resource, "RAILWAY_PUBLIC_DOMAIN")
    match output.output:
        case "host":
            return host
        case "url":
            return f"{scheme}://{host}"
        case "ws_url":
            return f"{_WEBSOCKET[scheme]}://{host}"
        case "urls":
            return ",".join(f"{scheme}://{one}" for one in _hosts(target, host))
    private = reference(output.resource, "RAILWAY_PRIVATE_DOMAIN")
    return f"http://{private}:{_port(output.resource, target)}"


def _hosts(target: ServiceState | None, host: str) -> list[str]:
    """Return every public host: one alone by reference, several by name, since a reference knows only one of them."""
    domains = target.domains if target else ()
    return [domain.host for domain in domains] if len(domains) > 1 else [host]


def _port(resource: str, target: ServiceState | None) -> str:
    ports = (domain.port for domain in target.domains) if target else iter(())
    known = next((port for port in ports if port is not None), None)
    return str(known) if known is not None else reference(resource, "PORT")
