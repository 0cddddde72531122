"""Executions of services with a cron schedule: listed, followed, started by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from wizard.standin.api.context import Context, connection
from wizard.standin.api.registry import field, mutation, query, subscription
from wizard.standin.state import rules
from wizard.standin.state.refusals import not_authorized
from wizard.standin.state.rows import Deployment, Document, Execution, ServiceInstance


@query("deploymentInstanceExecutions")
def executions(context: Context, input: Document, **page: Any) -> Document:
    """List the executions of a service in an environment, newest first."""
    instance = context.instance(input["serviceId"], input["environmentId"])
    here = {"service_id": instance.service_id, "environment_id": instance.environment_id}
    known = {row.id for row in context.tables.where(Deployment, **here)}
    rows = [row for row in context.tables.all(Execution) if row.deployment_id in known]
    return connection(list(reversed(rows)), **page)


@mutation("deploymentInstanceExecutionCreate")
def run_now(context: Context, input: Document) -> bool:
    """Run a cron service now; false where the execution before has not ended."""
    row = context.railway.tables.get(ServiceInstance, input["serviceInstanceId"])
    if row is None:
        raise not_authorized()
    return context.railway.deployments.execute(context.instance(row.service_id, row.environment_id))


@subscription("deploymentInstanceExecutions")
async def follow(context: Context, input: Document) -> AsyncIterator[Execution]:
    """Stream a deployment's executions as they begin and end, those of the past first; ends when it has ended."""
    row = context.require(Deployment, input["deploymentId"])
    sent: dict[str, Execution] = {}
    while True:
        changed = context.railway.store.pulse.next()
        now = context.railway.tables.get(Deployment, row.id)
        for one in context.railway.tables.where(Execution, deployment_id=row.id):
            if sent.get(one.id) != one:
                sent[one.id] = one
                yield one
        if now is None or now.status in rules.ENDED:
            return
        await changed.wait()


@field("DeploymentInstanceExecution", "deploymentMeta")
def deployment_meta(row: Execution, context: Context) -> Document:
    """Return what the deployment says of itself."""
    deployment = context.get(Deployment, row.deployment_id)
    return deployment.meta if deployment else {}
