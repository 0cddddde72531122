"""The caps of a service's containers: those of the plan, and lower ones of its own."""

from __future__ import annotations

from wizard.standin.api.context import Context
from wizard.standin.api.registry import mutation, query
from wizard.standin.state.refusals import Refused
from wizard.standin.state.rows import Document

_GIGABYTE = 1_000_000_000


@query("serviceInstanceLimits")
def service_instance_limits(context: Context, serviceId: str, environmentId: str) -> Document:
    """Return the caps in force: the service's own where it has some, else the plan's."""
    instance = context.instance(serviceId, environmentId)
    limits = context.railway.cloud.settings.limits
    own = (instance.limit_override or {}).get("containers") or {}
    return {"containers": {"cpu": limits.vcpus, "memoryBytes": int(limits.memory_gb * _GIGABYTE), **own}}


@query("serviceInstanceLimitOverride")
def service_instance_limit_override(context: Context, serviceId: str, environmentId: str) -> Document | None:
    """Return the service's own caps, null where it has none."""
    return context.instance(serviceId, environmentId).limit_override


@mutation("serviceInstanceLimitsUpdate")
def service_instance_limits_update(context: Context, input: Document) -> bool:
    """Set the service's own caps, up to the plan's; a null takes one away."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    limits = context.railway.cloud.settings.limits
    own = dict((instance.limit_override or {}).get("containers") or {})
    for name, key, most, factor in (
        ("vCPUs", "cpu", limits.vcpus, 1),
        ("memoryGB", "memoryBytes", limits.memory_gb, _GIGABYTE),
    ):
        if name not in input:
            continue
        if input[name] is None:
            own.pop(key, None)
        elif not 0 < input[name] <= most:
            raise Refused(f"Invalid {name}: your plan allows up to {most:g}")
        else:
            own[key] = input[name] * factor
    context.railway.store.change(instance, limit_override={"containers": own} if own else None)
    return True
