"""A database that is stopped and started: the server is really gone, and comes back under its address with its data."""

import contextlib
from typing import Any

import psycopg
import pytest

from tests.support.standin_api import Api, eventually

TEMPLATE = """query { template(code: "postgres") { id serializedConfig } }"""
DEPLOY = """mutation($input: TemplateDeployV2Input!) { templateDeployV2(input: $input) { workflowId } }"""
SERVICES = """query($id: String!) { project(id: $id) { services { edges { node { id } } } } }"""
INSTANCE = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    latestDeployment { id status } activeDeployments { id } } }"""
PROXY = "mutation($i: TCPProxyCreateInput!) { tcpProxyCreate(input: $i) { domain proxyPort } }"


async def database(api: Api, project: str, environment: str) -> tuple[str, str]:
    """Deploy PostgreSQL; returns its service and its deployment."""
    template = (await api.ask(TEMPLATE))["template"]
    given = {"projectId": project, "environmentId": environment, "templateId": template["id"]}
    await api.ask(DEPLOY, input={**given, "serializedConfig": template["serializedConfig"]})

    async def serving() -> tuple[str, str] | None:
        found = (await api.ask(SERVICES, id=project))["project"]["services"]["edges"]
        if not found:
            return None
        latest = (await instance(api, found[0]["node"]["id"], environment))["latestDeployment"]
        return (found[0]["node"]["id"], latest["id"]) if latest and latest["status"] == "SUCCESS" else None

    service, deployment = await eventually(serving)
    return str(service), str(deployment)


async def instance(api: Api, service: str, environment: str) -> dict[str, Any]:
    return dict((await api.ask(INSTANCE, s=service, e=environment))["serviceInstance"])


async def test_a_stopped_database_cuts_and_refuses_and_a_started_one_has_its_port_and_its_data(api: Api) -> None:
    project, environment = await api.project()
    service, deployment = await database(api, project, environment)
    proxy = (await api.ask(PROXY, i={"environmentId": environment, "serviceId": service, "applicationPort": 5432}))[
        "tcpProxyCreate"
    ]
    variables = await api.variables((project, environment, service))
    private = variables["DATABASE_URL"]
    public = f"postgresql://{variables['PGUSER']}:{variables['PGPASSWORD']}@{proxy['domain']}:{proxy['proxyPort']}"
    public += f"/{variables['PGDATABASE']}"

    async def connected(url: str = private) -> psycopg.AsyncConnection[Any] | None:
        with contextlib.suppress(psycopg.OperationalError):
            return await psycopg.AsyncConnection.connect(url, autocommit=True, connect_timeout=5)
        return None

    inside = await eventually(connected)
    outside = await eventually(lambda: connected(public))
    await inside.execute("CREATE TABLE kept AS SELECT 42 AS number")
    pids = api.standin.gateway.railway.fleet.pids(deployment)
    assert pids

    assert (await api.ask("mutation($id: String!) { deploymentStop(id: $id) }", id=deployment))["deploymentStop"]
    for one in (inside, outside):
        with pytest.raises(psycopg.OperationalError):
            await one.execute("SELECT 1")
        await one.close()
    assert await connected() is None
    assert await connected(public) is None
    assert (await instance(api, service, environment))["activeDeployments"] == []
    assert api.standin.gateway.railway.fleet.pids(deployment) == []

    assert (await api.ask("mutation($id: String!) { deploymentRestart(id: $id) }", id=deployment))["deploymentRestart"]
    for url in (private, public):
        again = await eventually(lambda url=url: connected(url))  # type: ignore[misc]
        assert await (await again.execute("SELECT number FROM kept")).fetchone() == (42,)
        await again.close()
    assert (await api.variables((project, environment, service)))["DATABASE_URL"] == private
    assert [one["id"] for one in (await instance(api, service, environment))["activeDeployments"]] == [deployment]
