"""Cost: resource-minutes of what ran, their estimate for the billing period, and the limits of spending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.registry import field, mutation, query
from wizard.standin.state import spending
from wizard.standin.state.metrics import Sample
from wizard.standin.state.records import UsageLimit
from wizard.standin.state.refusals import Refused, not_authorized
from wizard.standin.state.rows import Document, Environment, Project, Service, Volume, Workspace

_TAGS = {
    "projectId": ("PROJECT_ID", Project),
    "environmentId": ("ENVIRONMENT_ID", Environment),
    "serviceId": ("SERVICE_ID", Service),
    "volumeId": ("VOLUME_ID", Volume),
}
_LEAST_SOFT, _LEAST_HARD = 5, 10
_PAGE = 100


@query("usage")
async def used(context: Context, measurements: list[str], **arguments: Any) -> list[Document]:
    """Return resource-minutes (GB for the network) in the span, the billing period's where none is given."""
    start, _ = spending.billing_period(context.railway)
    samples = await chosen_samples(context, {"startDate": start, **_given(arguments)})
    by = arguments.get("groupBy") or []
    return _totals(samples, measurements, by)


@query("estimatedUsage")
async def estimated_usage(context: Context, measurements: list[str], **arguments: Any) -> list[Document]:
    """Return what the billing period will have cost by project: what was used, and what runs now going on so."""
    start, end = spending.billing_period(context.railway)
    samples = await chosen_samples(context, {"startDate": start, **_given(arguments)})
    minutes = (end - context.railway.cloud.clock.now()).total_seconds() / 60
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for sample in samples:
        for name, amount in spending.amounts(sample).items():
            totals[sample.tags["PROJECT_ID"], name] += amount
    for sample in spending.newest(samples):
        for name, value in sample.values.items():
            totals[sample.tags["PROJECT_ID"], name] += value * minutes if name not in spending.COUNTED else 0.0
    return [
        {"projectId": project_id, "measurement": name, "estimatedValue": value}
        for (project_id, name), value in totals.items()
        if name in measurements
    ]


@query("projectServiceUsage")
async def project_service_usage(
    context: Context, workspaceId: str, measurements: list[str], **arguments: Any
) -> Document:
    """Return a page of resource-minutes by project and service."""
    _workspace(context, workspaceId)
    samples = await chosen_samples(context, _given(arguments))
    rows = _totals(samples, measurements, ["PROJECT_ID", "SERVICE_ID"])
    start = int(arguments.get("after") or 0)
    end = start + (arguments.get("first") or _PAGE)
    more = end < len(rows)
    return {"usage": rows[start:end], "pageInfo": {"hasNextPage": more, "endCursor": str(end) if more else None}}


@mutation("usageLimitSet")
async def usage_limit_set(context: Context, input: Document) -> bool:
    """Set the spending limits; above the hard one everything stops, and a higher one lets it run again."""
    _workspace(context, input["customerId"])
    soft, hard = input["softLimitDollars"], input.get("hardLimitDollars")
    if soft < _LEAST_SOFT or (hard is not None and (hard < _LEAST_HARD or hard < soft)):
        raise Refused(f"Usage limits are at least ${_LEAST_SOFT} (soft) and ${_LEAST_HARD} (hard)")
    known = context.railway.tables.first(UsageLimit, customer_id=input["customerId"])
    if known:
        context.railway.store.change(known, soft_limit=soft, hard_limit=hard)
    else:
        stamp = context.railway.cloud.stamp()
        context.railway.store.put(
            UsageLimit(**stamp, customer_id=input["customerId"], soft_limit=soft, hard_limit=hard)
        )
    await spending.enforce(context.railway)
    return True


@mutation("usageLimitRemove")
async def usage_limit_remove(context: Context, input: Document) -> bool:
    """Remove the spending limits; what they stopped runs again."""
    _workspace(context, input["customerId"])
    await spending.lift(context.railway)
    return True


@field("Customer", "usageLimit")
def usage_limit(_customer: Document, context: Context) -> UsageLimit | None:
    """Return the spending limits, if there are any."""
    return next(iter(context.tables.all(UsageLimit)), None)


@field("Customer", "currentUsage")
def current_usage(_customer: Document, context: Context) -> float:
    """Return the dollars of the billing period as of the last reading."""
    return spending.dollars(context.railway)


async def chosen_samples(context: Context, arguments: Mapping[str, Any]) -> list[Sample]:
    """Return the readings the arguments choose and the credential sees, with one of this moment."""
    await context.railway.metrics.refresh()
    now = context.railway.cloud.clock.now()
    end = date(arguments["endDate"]) if arguments.get("endDate") else now
    wanted = {tag: _known(context, kind, arguments[name]) for name, (tag, kind) in _TAGS.items() if arguments.get(name)}
    if arguments.get("volumeInstanceExternalId"):
        wanted["VOLUME_INSTANCE_ID"] = arguments["volumeInstanceExternalId"]
    visible = _visible(context)
    return [
        sample
        for sample in context.railway.metrics.between(date(arguments["startDate"]), end)
        if sample.tags["PROJECT_ID"] in visible
        and context.viewer.environment_id in {None, sample.tags["ENVIRONMENT_ID"]}
        and all(sample.tags.get(tag) == value for tag, value in wanted.items())
    ]


def date(given: datetime | str) -> datetime:
    """Return a date of a request, in UTC where it names no zone."""
    try:
        parsed = given if isinstance(given, datetime) else datetime.fromisoformat(given)
    except ValueError:
        raise Refused(f"Invalid date: {given}") from None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def camel(tag: str) -> str:
    """Return a tag as a field of the API: `PROJECT_ID` is `projectId`."""
    first, *rest = tag.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def _totals(samples: Iterable[Sample], measurements: list[str], by: list[str]) -> list[Document]:
    totals: dict[tuple[tuple[str, ...], str], float] = defaultdict(float)
    for sample in samples:
        for name, amount in spending.amounts(sample).items():
            totals[tuple(sample.tags.get(tag, "") for tag in by), name] += amount
    return [
        {
            "measurement": name,
            "tags": {camel(tag): one for tag, one in zip(by, key, strict=True) if one},
            "value": value,
        }
        for (key, name), value in totals.items()
        if name in measurements
    ]


def _known(context: Context, kind: Any, id_: str) -> str:
    """Return an id the credential may ask about; one that is gone may be asked about with its project alone."""
    row = context.get(kind, id_)
    return str(context.require(kind, id_).id) if row else id_


def _visible(context: Context) -> set[str]:
    return {row.id for row in context.tables.all(Project) if context.viewer.sees(row, None)}


def _workspace(context: Context, id_: str) -> Workspace:
    found = context.get(Workspace, id_)
    if found is None:
        raise not_authorized()
    return found


def _given(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if value is not None}
