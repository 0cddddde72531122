"""Rows `domains`, `deletes` and the private network: what a client sees of addresses, and when."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.manual_clock import ManualClock
from tests.support.standin_api import Api
from wizard.standin.server import serve
from wizard.standin.settings import Plan, Settings

STATUS = """id status { verified certificateStatus certificateStatusDetailed certificateErrorType certificateRetryable
    certificateErrorMessage certificates { domainNames expiresAt } verificationDnsHost verificationToken
    dnsRecords { fqdn hostlabel zone recordType purpose requiredValue currentValue status } }"""
CREATE = f"mutation($i: CustomDomainCreateInput!) {{ customDomainCreate(input: $i) {{ {STATUS} }} }}"
READ = f"query($id: String!, $p: String!) {{ customDomain(id: $id, projectId: $p) {{ {STATUS} syncStatus }} }}"
ISSUE = "mutation($id: String!) { customDomainIssueCertificate(id: $id) }"
DELETE = "mutation($id: String!) { serviceDomainDelete(id: $id) }"
DOMAINS = """query($p: String!, $e: String!, $s: String!) { domains(projectId: $p, environmentId: $e, serviceId: $s) {
    serviceDomains { id domain syncStatus targetPort } customDomains { domain targetPort } } }"""


class World:
    """A service on a clock that jumps only where the test waits."""

    def __init__(self, api: Api, clock: ManualClock) -> None:
        self.api, self.clock = api, clock
        self.project = self.environment = self.service = ""

    async def begin(self) -> None:
        self.project, self.environment = await self.api.project()
        self.service = await self.api.service(self.project)

    @property
    def here(self) -> dict[str, str]:
        return {"environmentId": self.environment, "serviceId": self.service}

    async def custom(self, domain: str = "app.example.com") -> dict[str, Any]:
        made = await self.api.ask(CREATE, i={"projectId": self.project, **self.here, "domain": domain})
        return dict(made["customDomainCreate"])

    async def set_dns(self, *records: dict[str, str]) -> None:
        response = await self.api.http.post(f"{self.api.standin.control_url}/dns", json=list(records))
        assert response.status_code == 200, response.text

    async def status(self, domain: str) -> dict[str, Any]:
        found = await self.api.ask(READ, id=domain, p=self.project)
        return dict(found["customDomain"]["status"])

    async def domains(self) -> dict[str, Any]:
        found = await self.api.ask(DOMAINS, p=self.project, e=self.environment, s=self.service)
        return dict(found["domains"])


def wanted(status: dict[str, Any], *kinds: str) -> list[dict[str, str]]:
    """Return the records of these types as an operator copies them from the dashboard."""
    return [
        {"fqdn": one["fqdn"], "type": kind, "value": one["requiredValue"]}
        for one in status["dnsRecords"]
        for kind in kinds
        if one["recordType"] == f"DNS_RECORD_TYPE_{kind}"
    ]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    settings = Settings(read_lag=1, requests_per_hour=100_000)
    async with ManualClock() as clock, serve(settings, tmp_path, clock) as standin, Api(standin) as api:
        made = World(api, clock)
        with clock.busy():
            await made.begin()
        await clock.sleep(2)
        yield made


async def test_domains_custom_walks_from_two_records_to_a_certificate(world: World) -> None:
    made = await world.custom()
    first = made["status"]
    assert {one["purpose"] for one in first["dnsRecords"]} >= {"DNS_RECORD_PURPOSE_TRAFFIC_ROUTE"}
    assert {one["status"] for one in first["dnsRecords"]} == {"DNS_RECORD_STATUS_REQUIRES_UPDATE"}
    assert first["verificationDnsHost"] == "_railway-verify.app"
    await world.set_dns(*wanted(first, "TXT", "CNAME"))

    seen: list[tuple[str, str]] = []
    for _ in range(20):
        await world.clock.sleep(1)
        status = await world.status(made["id"])
        step = (status["certificateStatus"], status["certificateStatusDetailed"])
        if step not in seen:
            seen.append(step)

    told = [state.removeprefix("CERTIFICATE_STATUS_TYPE_") for state, _ in seen]
    assert list(dict.fromkeys(told)) == ["VALIDATING_OWNERSHIP", "ISSUING", "VALID"]
    assert len({detail for _, detail in seen}) > 5
    assert status["verified"] is True
    assert {one["status"] for one in status["dnsRecords"]} == {"DNS_RECORD_STATUS_PROPAGATED"}
    assert status["certificates"][0]["domainNames"] == ["app.example.com"]


async def test_domains_custom_needs_the_txt_record_too(world: World) -> None:
    made = await world.custom()
    await world.set_dns(*wanted(made["status"], "CNAME"))
    await world.clock.sleep(60)
    status = await world.status(made["id"])
    assert status["verified"] is False
    assert status["certificateStatus"] == "CERTIFICATE_STATUS_TYPE_VALIDATING_OWNERSHIP"
    held = {one["recordType"]: one["status"] for one in status["dnsRecords"]}
    assert held["DNS_RECORD_TYPE_CNAME"] == "DNS_RECORD_STATUS_PROPAGATED"
    assert held["DNS_RECORD_TYPE_TXT"] == "DNS_RECORD_STATUS_REQUIRES_UPDATE"


async def test_domains_custom_certificate_fails_by_caa_and_is_asked_for_again(world: World) -> None:
    made = await world.custom()
    caa = {"fqdn": "example.com", "type": "CAA", "value": '0 issue "digicert.com"'}
    await world.set_dns(caa, *wanted(made["status"], "TXT", "CNAME"))
    await world.clock.sleep(60)
    failed = await world.status(made["id"])
    assert failed["certificateStatus"] == "CERTIFICATE_STATUS_TYPE_ISSUE_FAILED"
    assert failed["certificateErrorType"] == "CERTIFICATE_ERROR_TYPE_AUTHORIZATION_FAILED"
    assert failed["certificateRetryable"] is True

    await world.set_dns({**caa, "value": ""})
    assert (await world.status(made["id"]))["certificateErrorType"] is not None
    assert (await world.api.ask(ISSUE, id=made["id"]))["customDomainIssueCertificate"] is True
    await world.clock.sleep(60)
    assert (await world.status(made["id"]))["certificateStatus"] == "CERTIFICATE_STATUS_TYPE_VALID"


async def test_domains_custom_record_removed_while_issuing_fails_validation(world: World) -> None:
    made = await world.custom()
    records = wanted(made["status"], "TXT", "CNAME")
    await world.set_dns(*records)
    await world.clock.sleep(7)
    await world.set_dns(*({**one, "value": ""} for one in records))
    await world.clock.sleep(60)
    assert (await world.status(made["id"]))["certificateErrorType"] == "CERTIFICATE_ERROR_TYPE_DNS_VALIDATION"


async def test_domains_custom_sixth_certificate_of_a_week_is_refused_by_the_issuer(world: World) -> None:
    made = await world.custom()
    await world.set_dns(*wanted(made["status"], "TXT", "CNAME"))
    for _ in range(5):
        await world.clock.sleep(60)
        assert (await world.status(made["id"]))["certificateStatus"] == "CERTIFICATE_STATUS_TYPE_VALID"
        await world.api.ask(ISSUE, id=made["id"])
    await world.clock.sleep(60)
    failed = await world.status(made["id"])
    assert failed["certificateErrorType"] == "CERTIFICATE_ERROR_TYPE_RATE_LIMIT"
    assert failed["certificateRetryable"] is False


async def test_domains_custom_update_is_a_boolean_and_names_are_taken_once(world: World) -> None:
    made = await world.custom()
    update = """mutation($id: String!, $e: String!, $p: Int) {
        customDomainUpdate(id: $id, environmentId: $e, targetPort: $p) }"""
    assert (await world.api.ask(update, id=made["id"], e=world.environment, p=8000))["customDomainUpdate"] is True
    await world.clock.sleep(2)
    assert (await world.domains())["customDomains"] == [{"domain": "app.example.com", "targetPort": 8000}]
    free = "query($d: String!) { customDomainAvailable(domain: $d) { available message } }"
    asked = [await world.api.ask(free, d=name) for name in ("app.example.com", "other.example.com", "nothing")]
    assert [one["customDomainAvailable"]["available"] for one in asked] == [False, True, False]
    assert asked[2]["customDomainAvailable"]["message"] == "nothing is not a valid domain"


async def test_domains_generated_go_from_creating_to_active_updating_and_deleting(world: World) -> None:
    with world.clock.busy():
        made = await world.api.domain(world.service, world.environment)
    assert made["syncStatus"] == "CREATING"
    await world.clock.sleep(3)
    assert (await world.domains())["serviceDomains"][0]["syncStatus"] == "ACTIVE"
    update = "mutation($i: ServiceDomainUpdateInput!) { serviceDomainUpdate(input: $i) }"
    given = {"serviceDomainId": made["id"], **world.here, "domain": f"renamed.{made['suffix']}", "targetPort": 3000}
    assert (await world.api.ask(update, i=given))["serviceDomainUpdate"] is True
    await world.clock.sleep(1.5)
    renamed = (await world.domains())["serviceDomains"][0]
    assert renamed["domain"].startswith("renamed.localhost:")
    assert renamed["targetPort"] == 3000
    free = "query($d: String!) { serviceDomainAvailable(domain: $d) { available message } }"
    assert (await world.api.ask(free, d=given["domain"]))["serviceDomainAvailable"]["available"] is False


async def test_deletes_of_a_domain_at_once_are_refused_as_in_progress_and_then_it_is_gone(world: World) -> None:
    with world.clock.busy():
        made = await world.api.domain(world.service, world.environment)
    with world.clock.busy():
        assert (await world.api.ask(DELETE, id=made["id"]))["serviceDomainDelete"] is True
        assert await world.api.refusal(DELETE, id=made["id"]) == "operation already in progress"
    await world.clock.sleep(2)
    assert (await world.domains())["serviceDomains"] == []
    assert await world.api.refusal(DELETE, id=made["id"]) == "Not Authorized"


async def test_tcp_proxy_is_one_an_instance_and_reported_deleting(world: World) -> None:
    create = """mutation($i: TCPProxyCreateInput!) { tcpProxyCreate(input: $i) {
        id proxyPort applicationPort syncStatus } }"""
    given = {**world.here, "applicationPort": 5432}
    with world.clock.busy():
        made = (await world.api.ask(create, i=given))["tcpProxyCreate"]
        assert made["syncStatus"] == "CREATING"
        assert "already exists" in await world.api.refusal(create, i=given)
        _, writer = await asyncio.open_connection("127.0.0.1", made["proxyPort"])
        writer.close()
        await world.api.ask("mutation($id: String!) { tcpProxyDelete(id: $id) }", id=made["id"])
        with pytest.raises(OSError, match="Connect call failed"):
            await asyncio.open_connection("127.0.0.1", made["proxyPort"])


async def test_private_network_names_a_service_by_its_endpoint(world: World) -> None:
    networks = "query($e: String!) { privateNetworks(environmentId: $e) { publicId dnsName environmentId } }"
    network = (await world.api.ask(networks, e=world.environment))["privateNetworks"][0]
    assert network["dnsName"] == "railway.internal"
    endpoint = """query($e: String!, $n: String!, $s: String!) {
        privateNetworkEndpoint(environmentId: $e, privateNetworkId: $n, serviceId: $s) { dnsName syncStatus } }"""
    found = await world.api.ask(endpoint, e=world.environment, n=network["publicId"], s=world.service)
    assert found["privateNetworkEndpoint"] == {"dnsName": "web", "syncStatus": "ACTIVE"}
    assert await world.api.refusal(endpoint, e=world.environment, n="other", s=world.service) == "Not Authorized"


async def test_domains_are_refused_for_a_service_made_a_moment_ago_and_beyond_the_plan(tmp_path: Path) -> None:
    settings = Settings(read_lag=0, settle_seconds=5, plan=Plan.TRIAL)
    async with ManualClock() as clock, serve(settings, tmp_path, clock) as standin, Api(standin) as api:
        world = World(api, clock)
        with clock.busy():
            await world.begin()
            text = "mutation($i: ServiceDomainCreateInput!) { serviceDomainCreate(input: $i) { id } }"
            refused = await api.refusal(text, i=world.here)
        assert refused == "Failed to create service domain, please try again"
        await clock.sleep(5)
        await api.ask(text, i=world.here)
        await world.custom("one.example.com")
        second = {"projectId": world.project, **world.here, "domain": "two.example.com"}
        assert "resource provision limit exceeded" in await api.refusal(CREATE, i=second)
