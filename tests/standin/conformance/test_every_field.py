"""Every field of every query is asked for once: none may answer by a defect of the local Railway."""

import logging
from typing import Any

import pytest

from tests.support.selections import question
from tests.support.standin_api import HELLO_FILES, Api
from wizard.standin.api.schema import executable_schema

pytestmark = pytest.mark.asyncio(loop_scope="module")

DEEP = {"environment", "project", "deployment", "serviceInstance", "volumeInstance"}
"""What leads to all the rest: one object deeper than the others."""


async def world(api: Api) -> dict[str, Any]:
    """Make one of everything; returns the arguments by which queries find it."""
    project, environment = await api.project()
    service = await api.service(project)
    await api.service(project, "connected", source={"repo": "acme/shop"})
    await api.set((project, environment, service), A="${{shared.B}}")
    await api.domain(service, environment)
    custom = "mutation($i: CustomDomainCreateInput!) { customDomainCreate(input: $i) { id } }"
    here = {"projectId": project, "environmentId": environment, "serviceId": service}
    domain = (await api.ask(custom, i={**here, "domain": "app.example.com"}))["customDomainCreate"]["id"]
    volume = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"
    await api.ask(volume, i={**here, "mountPath": "/data"})
    mounts = "query($e: String!) { environment(id: $e) { volumeInstances { edges { node { id } } } } }"
    mount = (await api.ask(mounts, e=environment))["environment"]["volumeInstances"]["edges"][0]["node"]["id"]
    proxy: dict[str, Any] = {"services": {service: {"networking": {"tcpProxies": {"5432": {}}}}}}
    commit = "mutation($e: String!, $p: EnvironmentConfig) { environmentPatchCommit(environmentId: $e, patch: $p) }"
    patch = (await api.ask(commit, e=environment, p=proxy))["environmentPatchCommit"]
    deployment = await api.deployed((project, environment, service), HELLO_FILES)
    ids = {"deployment": deployment, "deploymentEvents": deployment, "environment": environment, "service": service}
    ids |= {"volumeInstance": mount, "customDomain": domain, "domainStatus": domain, "environmentPatch": patch}
    named = {"workspaceId": await api.workspace(), "deploymentId": deployment, "volumeInstanceId": mount}
    repository = {"fullRepoName": "acme/shop", "owner": "acme", "repo": "shop"}
    return {**here, **named, **repository, "code": "postgres", "ids": ids}


async def test_every_query_answers_with_everything_it_offers(shared: Api, caplog: pytest.LogCaptureFixture) -> None:
    known = await world(shared)
    ids = known.pop("ids")
    queries = executable_schema().query_type
    assert queries is not None
    undeclared = []
    with caplog.at_level(logging.ERROR, "wizard.standin.api.execution"):
        for root, field in queries.fields.items():
            arguments = {**known, "id": ids.get(root, known["projectId"])}
            if root == "template":
                del arguments["id"], arguments["owner"], arguments["repo"]
            text, given = question(root, field, arguments, 3 if root in DEEP else 2)
            response = await shared.http.post(shared.standin.url, json={"query": text, "variables": given})
            if response.status_code != 200:
                undeclared.append((root, response.text))
    assert undeclared == []
    assert [record.getMessage() for record in caplog.records] == []
