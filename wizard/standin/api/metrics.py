"""Graphs: what deployments and volumes used, and how their requests went, in steps of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from statistics import fmean
from typing import Any

from wizard.standin.api.context import Context
from wizard.standin.api.registry import query
from wizard.standin.api.usage import camel, chosen_samples, date
from wizard.standin.state.http_logs import HttpLine
from wizard.standin.state.metrics import Sample
from wizard.standin.state.rows import Deployment, Document

SUMMED = {"NETWORK_RX_GB", "NETWORK_TX_GB"}
"""What a step holds the sum of; of everything else it holds the mean."""
_PERCENTILES = (50, 90, 95, 99)
_DEFAULT_STEP = 60
_FEWEST_STEP = 1
_MILLISECONDS = 1000


@query("metrics")
async def metrics(context: Context, measurements: list[str], **arguments: Any) -> list[Document]:
    """Return a series per measurement and group; the tags hold what was grouped by, and nothing else."""
    groups: dict[tuple[str, ...], list[Sample]] = defaultdict(list)
    by = arguments.get("groupBy") or []
    for sample in await chosen_samples(context, arguments):
        groups[tuple(sample.tags.get(tag, "") for tag in by)].append(sample)
    return [
        {"measurement": name, "tags": shown_tags(by, key), "values": values}
        for key, samples in groups.items()
        for name in measurements
        if (values := _series(samples, name, arguments))
    ]


@query("httpMetricsGroupedByStatus")
def http_metrics_grouped_by_status(context: Context, **arguments: Any) -> list[Document]:
    """Return how many requests each status answered, step by step."""
    by_status: dict[int, list[HttpLine]] = defaultdict(list)
    for line in _requests(context, arguments):
        by_status[line.status].append(line)
    return [
        {"statusCode": status, "samples": [{"ts": ts, "value": len(some)} for ts, some in _steps(lines, arguments)]}
        for status, lines in sorted(by_status.items())
    ]


@query("httpDurationMetrics")
def http_duration_metrics(context: Context, **arguments: Any) -> Document:
    """Return how long requests took in milliseconds, step by step."""
    samples = [
        {"ts": ts, **{f"p{share}": _percentile([line.seconds for line in lines], share) for share in _PERCENTILES}}
        for ts, lines in _steps(_requests(context, arguments), arguments)
    ]
    return {"samples": samples}


def shown_tags(by: Iterable[str], key: Iterable[str]) -> Document:
    """Return the tags of a group as the API names them."""
    return {camel(tag): value for tag, value in zip(by, key, strict=True) if value}


def _series(samples: list[Sample], name: str, arguments: Mapping[str, Any]) -> list[Document]:
    """Return one measurement of a group in steps: over each source its mean or sum, over the sources the sum."""
    step = max(arguments.get("sampleRateSeconds") or _FEWEST_STEP, _FEWEST_STEP)
    buckets: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for sample in samples:
        if name in sample.values:
            source = sample.tags.get("DEPLOYMENT_ID") or sample.tags["VOLUME_INSTANCE_ID"]
            buckets[int(sample.ts) // step * step][source].append(sample.values[name])
    within = sum if name in SUMMED else fmean
    points = [(ts, sum(within(values) for values in sources.values())) for ts, sources in sorted(buckets.items())]
    window = arguments.get("averagingWindowSeconds")
    return [{"ts": ts, "value": value if not window else _mean(points, ts, window)} for ts, value in points]


def _mean(points: list[tuple[int, float]], ts: int, window: int) -> float:
    return fmean(value for at, value in points if ts - window < at <= ts)


def _requests(context: Context, arguments: Mapping[str, Any]) -> list[HttpLine]:
    """Return the requests of a service within the dates, of the method, path and status asked for."""
    instance = context.instance(arguments["serviceId"], arguments["environmentId"])
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    ids = [row.id for row in context.tables.where(Deployment, **here)]
    start, end = date(arguments["startDate"]), date(arguments["endDate"])
    wanted = {key: arguments[name] for name, key in _EQUAL.items() if arguments.get(name) is not None}
    return [
        line
        for line in context.railway.requests.read(ids)
        if start <= line.at <= end and all(getattr(line, key) == value for key, value in wanted.items())
    ]


_EQUAL = {"method": "method", "path": "route", "statusCode": "status"}


def _steps(lines: Iterable[HttpLine], arguments: Mapping[str, Any]) -> Iterator[tuple[int, list[HttpLine]]]:
    step = max(arguments.get("stepSeconds") or _DEFAULT_STEP, _FEWEST_STEP)
    buckets: dict[int, list[HttpLine]] = defaultdict(list)
    for line in lines:
        buckets[int(line.at.timestamp()) // step * step].append(line)
    yield from sorted(buckets.items())


def _percentile(seconds: list[float], share: int) -> float:
    """Return the nearest rank, in milliseconds."""
    ordered = sorted(seconds)
    rank = max(0, -(-len(ordered) * share // 100) - 1)
    return ordered[rank] * _MILLISECONDS
