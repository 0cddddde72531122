"""What must hold between the parts of a plan: names that exist, names that differ, nothing that waits for itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields

from wizard.plan.checks import Check, FlowCheck, Step
from wizard.plan.model import DATABASE_OUTPUTS, Plan
from wizard.plan.order import CycleError, check_order
from wizard.plan.positions import Path
from wizard.plan.problems import Problem, choice, names, nearest, unknown_key
from wizard.plan.references import SHARED, ReferenceSyntaxError, parse, texts
from wizard.platform.capabilities import Capabilities, EndpointKnown
from wizard.platform.values import SERVICE_OUTPUTS, OutputRef, Reference

INTERNET = "internet"
"""What a check needs that is no resource of the plan."""
FLOW_VALUES = frozenset({"nonce", "email", "password"})
"""Values every flow has: a fresh word, and the account it acts as."""
_PUBLIC_OUTPUTS = frozenset({"url", "urls", "ws_url", "host"})
_IDENTITY = frozenset({"name", "key", "environment"})
_KEPT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def problems(plan: Plan) -> Iterator[Problem]:
    """Yield everything wrong between the parts of a plan whose parts are each valid."""
    yield from _names(plan)
    yield from _values(plan)
    yield from _resources_named(plan)
    yield from _domains(plan)
    yield from _migration(plan)
    yield from _checks(plan)
    yield from _capabilities(plan)
    yield from _overlays(plan)
    yield from _cycles(plan)


def _names(plan: Plan) -> Iterator[Problem]:
    for table, resources in (("databases", plan.databases), ("services", plan.services)):
        if SHARED in resources:
            yield Problem("plan.reserved-name", (table, SHARED), {"name": SHARED})
    for name in plan.services:
        if name in plan.databases:
            yield Problem("plan.duplicate-name", ("services", name), {"name": name})


def _values(plan: Plan) -> Iterator[Problem]:
    for path, text in texts(plan):
        try:
            value = parse(text)
        except ReferenceSyntaxError as error:
            yield Problem("plan.reference-syntax", path, {"text": str(error)})
            continue
        if isinstance(value, Reference):
            for output in value.outputs:
                yield from _output(plan, path, output)


def _output(plan: Plan, path: Path, output: OutputRef) -> Iterator[Problem]:
    resource, told = output.resource, {"reference": f"{{{output.resource}.{output.output}}}"}
    if not (valid := _outputs(plan, resource)):
        known = [*plan.services, *plan.databases, *([SHARED] if plan.shared else [])]
        closest = nearest(resource, known)
        meant = nearest(output.output, _outputs(plan, closest))
        yield Problem("plan.dangling-reference", path, {**told, "nearest": f"{{{closest}.{meant}}}"})
    elif output.output not in valid:
        meant = f"{{{resource}.{nearest(output.output, valid)}}}"
        listed = names(sorted(valid))
        yield Problem("plan.unknown-output", path, {**told, "name": resource, "nearest": meant, "valid": listed})
    elif resource in plan.services:
        service = plan.services[resource]
        if output.output in _PUBLIC_OUTPUTS and not service.serves:
            yield Problem("plan.no-public-address", path, {**told, "name": resource})
        elif service.port is None:
            yield Problem("plan.no-port", path, {**told, "name": resource})


def _outputs(plan: Plan, resource: str) -> Collection[str]:
    if resource == SHARED:
        return plan.shared
    if resource in plan.services:
        return SERVICE_OUTPUTS
    database = plan.databases.get(resource)
    return DATABASE_OUTPUTS[database.engine] if database else ()


def _resources_named(plan: Plan) -> Iterator[Problem]:
    """Check every key that holds a resource's name."""
    everything = [*plan.services, *plan.databases]
    for name, service in plan.services.items():
        for number, other in enumerate(service.after):
            yield from _known(("services", name, "after", number), other, everything)
    if plan.migration:
        yield from _known(("migration", "service"), plan.migration.service, plan.services)
    if plan.admin and plan.admin.service:
        yield from _known(("admin", "service"), plan.admin.service, plan.services)
    for number, check in enumerate(plan.checks):
        yield from _known(("checks", number, "service"), check.service, plan.services)
        for index, need in enumerate(check.needs):
            yield from _known(("checks", number, "needs", index), need, [INTERNET, *everything])
        if check.kind == "websocket":
            yield from _known(("checks", number, "origin"), check.origin, plan.services)


def _known(path: Path, name: str | None, valid: Iterable[str]) -> Iterator[Problem]:
    known = list(valid)
    if name is not None and name not in known:
        told = {"name": name, "nearest": nearest(name, known), "valid": names(known)}
        yield Problem("plan.unknown-resource", path, told)


def _domains(plan: Plan) -> Iterator[Problem]:
    """A domain and a folder belong to one place each."""
    owners: dict[str, str] = {}
    for name, service in plan.services.items():
        for number, domain in enumerate(service.domains):
            if domain in owners:
                yield Problem("plan.duplicate-domain", ("services", name, "domains", number), {"domain": domain})
            owners[domain] = name
        if service.domains and not service.serves:
            yield Problem("plan.domain-without-port", ("services", name, "domains"), {"name": name})
        yield from _volumes(name, [volume.path for volume in service.volumes])


def _volumes(name: str, paths: list[str]) -> Iterator[Problem]:
    for number, path in enumerate(paths):
        if path in paths[:number]:
            yield Problem("plan.duplicate-volume", ("services", name, "volumes", number, "path"), {"folder": path})


def _migration(plan: Plan) -> Iterator[Problem]:
    migration = plan.migration
    service = plan.services.get(migration.service) if migration else None
    if migration and service and migration.mode == "command" and service.pre_deploy is None:
        yield Problem("plan.no-migration-command", ("migration", "mode"), {"name": migration.service})


def _checks(plan: Plan) -> Iterator[Problem]:
    counts = Counter(check.name for check in plan.checks)
    for number, check in enumerate(plan.checks):
        if counts[check.name] > 1 and check.name in {other.name for other in plan.checks[:number]}:
            yield Problem("plan.duplicate-check", ("checks", number, "name"), {"name": check.name})
        yield from _flow(number, check)


def _flow(number: int, check: Check) -> Iterator[Problem]:
    kept = set(FLOW_VALUES)
    for index, step in enumerate(check.steps if isinstance(check, FlowCheck) else ()):
        for key, name in _values_used(step):
            if name not in kept:
                told = {"name": name, "nearest": nearest(name, kept)}
                yield Problem("plan.value-not-kept", ("checks", number, "steps", index, key), told)
        kept |= set(step.keep)


def _values_used(step: Step) -> Iterator[tuple[str, str]]:
    for key, text in _templates(step):
        yield from ((key, name) for name in _KEPT.findall(text))


def _templates(step: Step) -> Iterator[tuple[str, str]]:
    yield "path", step.path
    yield from (("headers", text) for text in step.headers.values())
    yield from (("form", text) for text in (step.form or {}).values())


def _capabilities(plan: Plan) -> Iterator[Problem]:
    for profile, settings in plan.profiles.items():
        for name, value in settings.capabilities.items():
            yield from _capability(("profiles", profile, "capabilities", name), value)


def _capability(path: Path, value: str | bool) -> Iterator[Problem]:  # noqa: FBT001
    known = [field.name for field in fields(Capabilities)]
    moments = [str(moment) for moment in EndpointKnown]
    if path[-1] not in known:
        yield unknown_key(path, known)
    elif path[-1] == "endpoint_known":
        yield from () if value in moments else (choice(path, str(value), moments),)
    elif not isinstance(value, bool):
        yield Problem("plan.expects-flag", path, {"found": "string"})


def _overlays(plan: Plan) -> Iterator[Problem]:
    """An overlay changes what is deployed, never which project it is."""
    for table, overlays in (("profiles", plan.profiles), ("environments", plan.environments)):
        for name, overlay in overlays.items():
            for key in _IDENTITY & set(overlay.project or ()):
                yield Problem("plan.identity-in-overlay", (table, name, "project", key), {"key": key})


def _cycles(plan: Plan) -> Iterator[Problem]:
    try:
        check_order(plan)
    except ReferenceSyntaxError:
        return
    except CycleError as error:
        first = error.cycle[0]
        is_shared = first.startswith(f"{SHARED}.")
        path: Path = tuple(first.split(".")) if is_shared else ("services", first, "after")
        yield Problem("plan.cycle", path, {"cycle": str(error)})
