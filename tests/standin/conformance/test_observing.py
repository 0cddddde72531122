"""Rows `logs`, `subscriptions`, metrics and cost: what is seen of what runs, read from the real processes."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.support.manual_clock import ManualClock
from tests.support.quiet_machine import QuietMachine
from tests.support.standin_api import Api, eventually
from tests.support.subscriptions import subscribed
from wizard.standin.processes import LogLine
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings
from wizard.standin.state.metrics import Sample
from wizard.standin.state.rows import Deployment

pytestmark = pytest.mark.asyncio(loop_scope="module")

APPLICATION = """
import http.server, json, os, sys, time

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/busy"):
            end = time.process_time() + 0.3
            while time.process_time() < end:
                pass
        if self.path == "/gone":
            os._exit(3)
        self.send_response(404 if self.path == "/none" else 200)
        self.end_headers()
        self.wfile.write(b"x" * 1000)
    do_POST = do_GET
    def log_message(self, *words):
        pass

print(json.dumps({"message": "ready", "level": "WARN", "pool": {"size": 5}, "tags": ["a", "b"]}), flush=True)
print("plain", file=sys.stderr, flush=True)
http.server.HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
"""
FILES = {"Dockerfile": "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD python app.py\n", "app.py": APPLICATION}
LOGS = """query($id: String!, $f: String, $s: DateTime) { deploymentLogs(deploymentId: $id, filter: $f, startDate: $s) {
    message severity attributes { key value } } }"""
HTTP = """query($id: String!, $f: String, $n: Int) { httpLogs(deploymentId: $id, filter: $f, limit: $n) {
    timestamp requestId deploymentId deploymentInstanceId method path host httpStatus totalDuration upstreamRqDuration
    rxBytes txBytes srcIp clientUa edgeRegion downstreamProto upstreamProto upstreamAddress responseDetails
    upstreamErrors } }"""
METRICS = """query($p: String!, $s: DateTime!, $g: [MetricTag!], $m: [MetricMeasurement!]!, $r: Int) {
    metrics(projectId: $p, startDate: $s, groupBy: $g, measurements: $m, sampleRateSeconds: $r) {
        measurement tags { projectId serviceId deploymentId volumeId } values { ts value } } }"""
USAGE = """query($p: String!, $m: [MetricMeasurement!]!, $g: [MetricTag!]) {
    usage(projectId: $p, measurements: $m, groupBy: $g) { measurement value tags { serviceId } } }"""
DAY = timedelta(days=1)


class Running:
    """One application that serves, and its stand-in."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.project = self.environment = self.service = self.deployment = self.domain = ""

    async def begin(self) -> None:
        self.project, self.environment = await self.api.project()
        self.service = await self.api.service(self.project)
        self.domain = (await self.api.domain(self.service, self.environment))["domain"]
        self.deployment = await self.api.deployed((self.project, self.environment, self.service), FILES)
        await eventually(self.answers)

    async def answers(self) -> bool:
        return (await self.api.get(self.domain, "/ready")).status_code == 200

    async def http_logs(self, filter_: str = "", limit: int | None = None) -> list[dict[str, Any]]:
        return list((await self.api.ask(HTTP, id=self.deployment, f=filter_, n=limit))["httpLogs"])

    async def metrics(self, *measurements: str, by: list[str] | None = None, rate: int | None = None) -> Any:
        since = (datetime.now(UTC) - DAY).isoformat()
        found = await self.api.ask(METRICS, p=self.project, s=since, g=by, m=measurements, r=rate)
        return found["metrics"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def standing(tmp_path_factory: pytest.TempPathFactory, layer_cache: Path) -> AsyncIterator[Running]:
    settings = Settings(read_lag=0, cache=layer_cache, requests_per_hour=100_000, sample_seconds=0.5)
    async with serve(settings, tmp_path_factory.mktemp("standin")) as standin, Api(standin) as api:
        running = Running(api)
        await running.begin()
        yield running


async def test_logs_are_read_as_structured_and_filtered_by_what_they_hold(standing: Running) -> None:
    async def asked(filter_: str) -> list[dict[str, Any]]:
        found = await standing.api.ask(LOGS, id=standing.deployment, f=filter_)
        return list(found["deploymentLogs"])

    ready = (await asked("@pool.size:>=5"))[0]
    assert (ready["message"], ready["severity"]) == ("ready", "warn")
    assert {"key": "tags[1]", "value": "b"} in ready["attributes"]
    assert [one["message"] for one in await asked("@level:error")] == ["plain"]
    assert [one["message"] for one in await asked("@pool.size:6..9")] == []
    assert {one["message"] for one in await asked("(@level:error OR @tags[0]:a) AND -nothing")} == {"ready", "plain"}


async def test_logs_of_an_environment_are_filtered_by_service(standing: Running) -> None:
    text = """query($e: String!, $f: String) { environmentLogs(environmentId: $e, filter: $f) { message } }"""

    async def asked(filter_: str) -> set[str]:
        found = await standing.api.ask(text, e=standing.environment, f=filter_)
        return {one["message"] for one in found["environmentLogs"]}

    assert "ready" in await asked(f"@service:{standing.service}")
    assert await asked(f"-@service:{standing.service}") == set()
    snapshot = await standing.api.ask(
        "query($id: String!) { deployment(id: $id) { snapshotId } }", id=standing.deployment
    )
    named = await asked(f"@snapshot:{snapshot['deployment']['snapshotId']}")
    assert len(named) > len(await asked(f"@service:{standing.service}"))


async def test_logs_beyond_retention_are_a_problem(standing: Running) -> None:
    old = (datetime.now(UTC) - 8 * DAY).isoformat()
    assert await standing.api.refusal(LOGS, id=standing.deployment, s=old) == "Problem processing request"
    recent = (datetime.now(UTC) - 6 * DAY).isoformat()
    assert (await standing.api.ask(LOGS, id=standing.deployment, s=recent))["deploymentLogs"]


async def test_http_logs_have_every_field_and_are_filtered(standing: Running) -> None:
    await standing.api.get(standing.domain, "/none")
    await standing.api.get(standing.domain, "/busy?token=1")

    async def written() -> list[dict[str, Any]]:
        return await standing.http_logs("@path:/busy")

    busy = (await eventually(written))[-1]
    assert busy["httpStatus"] == 200
    assert busy["totalDuration"] >= 300
    assert busy["upstreamRqDuration"] >= 300
    assert busy["txBytes"] == 1000
    assert busy["host"] == standing.domain.partition(":")[0]
    assert busy["srcIp"] == "127.0.0.1"
    assert busy["clientUa"].startswith("python-httpx")
    assert busy["deploymentId"] == standing.deployment
    assert all(value is not None for value in busy.values())

    assert {one["path"] for one in await standing.http_logs("@httpStatus:404 AND -@path:/ready")} == {"/none"}
    assert {
        one["path"] for one in await standing.http_logs("(@httpStatus:400..499 OR @totalDuration:>250) -@path:/ready")
    } == {
        "/none",
        "/busy",
    }
    assert await standing.http_logs("@method:POST") == []
    assert len(await standing.http_logs(limit=1)) == 2


async def test_http_logs_subscription_replays_and_then_follows(standing: Running) -> None:
    await standing.api.get(standing.domain, "/before")
    text = "subscription($id: String!, $f: String) { httpLogs(deploymentId: $id, filter: $f) { path timestamp } }"
    async with subscribed(standing.api, text, id=standing.deployment, f="-@path:/ready") as stream:
        assert "/before" in {one["path"] for one in (await anext(stream))["httpLogs"]}
        await standing.api.get(standing.domain, "/after")
        assert [one["path"] for one in (await anext(stream))["httpLogs"]] == ["/after"]


async def test_metrics_are_the_processes_own_and_tags_hold_the_group_alone(standing: Running) -> None:
    for _ in range(3):
        await standing.api.get(standing.domain, "/busy")

    async def busy() -> Any:
        found = await standing.metrics("CPU_USAGE", by=["SERVICE_ID"])
        return found if found and max(one["value"] for one in found[0]["values"]) > 0.05 else None

    series = (await eventually(busy))[0]
    assert series["tags"] == {
        "projectId": None,
        "serviceId": standing.service,
        "deploymentId": None,
        "volumeId": None,
    }
    memory = await standing.metrics("MEMORY_USAGE_GB", "MEMORY_LIMIT_GB")
    by_name = {one["measurement"]: one["values"][-1]["value"] for one in memory}
    assert 0.005 < by_name["MEMORY_USAGE_GB"] < 0.5
    assert by_name["MEMORY_LIMIT_GB"] == 48
    sent = await standing.metrics("NETWORK_TX_GB", rate=3600)
    assert sum(one["value"] for one in sent[0]["values"]) >= 3000 / 1e9
    assert len(sent[0]["values"]) <= 2


async def test_http_metrics_count_by_status_and_measure_durations(standing: Running) -> None:
    await standing.api.get(standing.domain, "/none")
    span = {
        "startDate": (datetime.now(UTC) - DAY).isoformat(),
        "endDate": (datetime.now(UTC) + DAY).isoformat(),
        "serviceId": standing.service,
        "environmentId": standing.environment,
    }
    given = "$serviceId: String!, $environmentId: String!, $startDate: DateTime!, $endDate: DateTime!, $path: String"
    passed = (
        "serviceId: $serviceId, environmentId: $environmentId, startDate: $startDate, endDate: $endDate, path: $path"
    )
    counted = f"query({given}) {{ httpMetricsGroupedByStatus({passed}) {{ statusCode samples {{ ts value }} }} }}"
    found = (await standing.api.ask(counted, **span))["httpMetricsGroupedByStatus"]
    assert {200, 404} <= {one["statusCode"] for one in found}
    lasted = f"query({given}) {{ httpDurationMetrics({passed}) {{ samples {{ ts p50 p90 p95 p99 }} }} }}"
    await standing.api.get(standing.domain, "/busy")
    samples = (await standing.api.ask(lasted, **span, path="/busy"))["httpDurationMetrics"]["samples"]
    assert samples[-1]["p50"] >= 300
    assert samples[-1]["p50"] <= samples[-1]["p90"] <= samples[-1]["p95"] <= samples[-1]["p99"]


async def test_usage_is_in_resource_minutes_and_the_estimate_goes_on(standing: Running) -> None:
    async def used() -> dict[str, float]:
        found = await standing.api.ask(USAGE, p=standing.project, m=["MEMORY_USAGE_GB", "CPU_USAGE"])
        return {one["measurement"]: one["value"] for one in found["usage"]}

    first = await used()
    now = (await standing.metrics("MEMORY_USAGE_GB"))[0]["values"][-1]["value"]
    assert 0 < first["MEMORY_USAGE_GB"] < now * 5

    async def more() -> bool:
        return (await used())["MEMORY_USAGE_GB"] > first["MEMORY_USAGE_GB"]

    await eventually(more)
    text = """query($p: String!) { estimatedUsage(projectId: $p, measurements: [MEMORY_USAGE_GB]) {
        projectId measurement estimatedValue } }"""
    estimate = (await standing.api.ask(text, p=standing.project))["estimatedUsage"][0]
    month = now * 30 * 24 * 60
    assert month * 0.5 < estimate["estimatedValue"] < month * 2
    page = """query($w: String!, $s: DateTime!, $e: DateTime!, $n: Int, $a: String) {
        projectServiceUsage(workspaceId: $w, measurements: [MEMORY_USAGE_GB, CPU_USAGE], startDate: $s, endDate: $e,
            first: $n, after: $a) { usage { measurement tags { serviceId } } pageInfo { hasNextPage endCursor } } }"""
    span = {"s": (datetime.now(UTC) - DAY).isoformat(), "e": (datetime.now(UTC) + DAY).isoformat()}
    workspace = await standing.api.workspace()
    one = (await standing.api.ask(page, w=workspace, n=1, **span))["projectServiceUsage"]
    assert one["pageInfo"]["hasNextPage"] is True
    two = (await standing.api.ask(page, w=workspace, n=1, a=one["pageInfo"]["endCursor"], **span))[
        "projectServiceUsage"
    ]
    assert one["usage"][0]["measurement"] != two["usage"][0]["measurement"]
    assert two["pageInfo"]["hasNextPage"] is False


async def test_usage_over_the_hard_limit_takes_services_offline_until_it_is_raised(standing: Running) -> None:
    api, railway = standing.api, standing.api.standin.gateway.railway
    workspace = await api.workspace()
    limit = "mutation($i: UsageLimitSetInput!) { usageLimitSet(input: $i) }"
    low = {"customerId": workspace, "softLimitDollars": 5, "hardLimitDollars": 3}
    assert "at least" in await api.refusal(limit, i=low)
    tags = {"PROJECT_ID": standing.project, "ENVIRONMENT_ID": standing.environment, "DEPLOYMENT_ID": "long-gone"}
    railway.metrics.add(Sample(datetime.now(UTC).timestamp(), 60, tags, {"NETWORK_TX_GB": 11 / 0.05}))
    await api.ask(limit, i={**low, "hardLimitDollars": 10})
    assert (await api.get(standing.domain, "/ready")).status_code == 404
    read = """query($w: String!) { workspace(workspaceId: $w) { customer { currentUsage
        usageLimit { hardLimit softLimit isOverLimit } } } }"""
    customer = (await api.ask(read, w=workspace))["workspace"]["customer"]
    assert customer["usageLimit"] == {"hardLimit": 10, "softLimit": 5, "isOverLimit": True}
    assert customer["currentUsage"] > 11
    access = "query($p: String!) { projectResourceAccess(projectId: $p) { deployment { disallowed } } }"
    reason = (await api.ask(access, p=standing.project))["projectResourceAccess"]["deployment"]["disallowed"]
    assert "usage limit" in reason

    await api.ask("mutation($i: UsageLimitRemoveInput!) { usageLimitRemove(input: $i) }", i={"customerId": workspace})
    await eventually(standing.answers)


async def test_logs_beyond_500_lines_a_second_are_dropped_with_a_notice(tmp_path: Path) -> None:
    async with (
        ManualClock() as clock,
        serve(Settings(read_lag=0), tmp_path, clock, machine=QuietMachine()) as standin,
        Api(standin) as api,
    ):
        row = await _believed(standin, api)
        write = standin.gateway.railway.cloud.logs.sink(row, "deploy")
        with clock.busy():
            for number in range(550):
                write(LogLine(f"line {number}"))
            seen = await api.logs("deploymentLogs", row.id, limit=5000)
            assert len([line for line in seen if line.startswith("line")]) == 500
        await clock.sleep(1)
        newest = (await api.logs("deploymentLogs", row.id, limit=5000))[-1]
        assert newest == (
            "Railway rate limit of 500 logs/sec reached for replica, update your application to reduce the logging "
            "rate. Messages dropped: 50"
        )


async def _believed(standin: Standin, api: Api) -> Deployment:
    project, environment = await api.project()
    service = await api.service(project)
    await api.deployed((project, environment, service), {"app.py": json.dumps({})})
    return standin.gateway.railway.tables.all(Deployment)[-1]
