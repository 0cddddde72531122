"""The steps of a deployment, as `deploymentEvents` tells them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wizard.standin.state.cloud import Cloud
from wizard.standin.state.rows import Deployment, DeploymentEvent


class StepError(Exception):
    """A step failed; the message is what its event says."""


@asynccontextmanager
async def step(cloud: Cloud, deployment: Deployment, name: str) -> AsyncIterator[None]:
    """Tell of one step from its begin to its end, and how long it took; a StepError is told and goes on."""
    started = cloud.clock.monotonic()
    event = cloud.store.put(DeploymentEvent(**cloud.stamp(), deployment_id=deployment.id, step=name))
    error: str | None = "cancelled"
    try:
        yield
        error = None
    except StepError as failure:
        error = str(failure)
        raise
    finally:
        spent = int((cloud.clock.monotonic() - started) * 1000)
        payload = {"durationMs": spent} | ({"error": error} if error else {})
        cloud.store.change(event, completed_at=cloud.clock.now(), payload=payload)


def set_status(cloud: Cloud, deployment: Deployment, status: str) -> Deployment:
    """Store a deployment's new status."""
    return cloud.store.change(deployment, status=status, status_updated_at=cloud.clock.now())
