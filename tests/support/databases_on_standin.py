"""Brings a database to a stand-in as the platform's own CLI does: template, workflow, deployment."""

from __future__ import annotations

import copy
from typing import Any

from tests.support.standin_api import Api, eventually

TEMPLATE = "query($code: String!) { template(code: $code) { id name serializedConfig } }"
DEPLOY = "mutation($input: TemplateDeployV2Input!) { templateDeployV2(input: $input) { workflowId } }"
WORKFLOW = "query($id: String!) { workflowStatus(workflowId: $id) { status error } }"
SERVICES = "query($id: String!) { project(id: $id) { services { edges { node { id name } } } } }"
LATEST = """query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) {
    latestDeployment { id status } } }"""


async def complete(api: Api, workflow: str) -> None:
    """Wait for a workflow's end."""

    async def done() -> bool:
        status = (await api.ask(WORKFLOW, id=workflow))["workflowStatus"]
        assert status["status"] != "Error", status
        return bool(status["status"] == "Complete")

    await eventually(done)


async def serving(api: Api, service: str, environment: str, *, but: str = "") -> str:
    """Wait until a deployment other than `but` is the latest and serves; returns its id."""

    async def there() -> str | None:
        latest = (await api.ask(LATEST, s=service, e=environment))["serviceInstance"]["latestDeployment"]
        assert latest is None or latest["status"] != "FAILED", await api.logs("deploymentLogs", latest["id"])
        good = latest and latest["status"] == "SUCCESS" and latest["id"] != but
        return str(latest["id"]) if good else None

    return str(await eventually(there))


async def database(api: Api, project: str, environment: str, code: str = "postgres") -> tuple[str, str]:
    """Deploy a template and wait until it serves; returns the service and its deployment."""
    template = (await api.ask(TEMPLATE, code=code))["template"]
    config: dict[str, Any] = copy.deepcopy(template["serializedConfig"])
    given = {"projectId": project, "environmentId": environment, "templateId": template["id"]}
    made = await api.ask(DEPLOY, input={**given, "serializedConfig": config})
    await complete(api, made["templateDeployV2"]["workflowId"])
    found = (await api.ask(SERVICES, id=project))["project"]["services"]["edges"]
    service = str(found[-1]["node"]["id"])
    return service, await serving(api, service, environment)
