"""What becomes of a deployment once it serves: it crashes, sleeps, is replaced, comes back after a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from wizard.standin.state.cloud import Cloud
from wizard.standin.state.fleet import Fleet, engine_of, grace_of, overlap_of
from wizard.standin.state.machine import StartError
from wizard.standin.state.replica_set import ReplicaSet
from wizard.standin.state.rows import Deployment
from wizard.standin.state.slumber import slumber
from wizard.standin.state.steps import set_status, step

_SWITCH_SECONDS = 5.0
"""How long requests that began before a switch are waited for; ours: Railway documents overlap and draining alone."""


class Supervision:
    """Watches over what serves; every watch is a task that ends with it."""

    def __init__(self, cloud: Cloud, fleet: Fleet) -> None:
        self._cloud = cloud
        self._fleet = fleet
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self, deployment: Deployment) -> None:
        """Mark the deployment CRASHED when it has ended badly for good; let it sleep where its settings say so."""
        replicas = self._fleet.running(deployment.id)
        if replicas is None:
            return
        self._begin(self._crash(deployment, replicas))
        if deployment.settings.get("sleep_application") and engine_of(deployment) is None:
            self._begin(slumber(replicas, self._cloud.clock, grace_of(deployment)))

    def retire(self, old: Deployment, new: Deployment) -> None:
        """Let the old one serve through the overlap and end the requests it has, then stop it."""
        set_status(self._cloud, old, "REMOVING")
        self._begin(self._drain(old, overlap_of(new)))

    async def resume(self, deployment: Deployment) -> None:
        """Start a deployment again as it was frozen; a failure crashes it."""
        try:
            await self._fleet.start(deployment)
        except StartError as error:
            self._cloud.logs.write(deployment.id, "deploy", str(error), "error")
            set_status(self._cloud, deployment, "CRASHED")
            return
        set_status(self._cloud, deployment, "SUCCESS")
        self._fleet.point(deployment)
        self.watch(deployment)

    async def restart(self, deployment: Deployment) -> None:
        """Start the same processes again, those of a stopped deployment too: no build, no fresh variables."""
        replicas = self._fleet.running(deployment.id)
        self._cloud.store.change(deployment, deployment_stopped=False)
        if replicas is None:
            await self.resume(deployment)
            return
        ended = replicas.over
        try:
            await replicas.restart(grace_of(deployment))
        except StartError as error:
            self._cloud.logs.write(deployment.id, "deploy", str(error), "error")
            set_status(self._cloud, deployment, "CRASHED")
            return
        set_status(self._cloud, deployment, "SUCCESS")
        self._fleet.point(deployment)
        if ended:
            self.watch(deployment)

    async def close(self) -> None:
        """End every watch and every drain."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _crash(self, deployment: Deployment, replicas: ReplicaSet) -> None:
        await replicas.gone()
        now = self._cloud.tables.get(Deployment, deployment.id)
        if replicas.exit_code and now and now.status == "SUCCESS":
            set_status(self._cloud, deployment, "CRASHED")

    async def _drain(self, old: Deployment, overlap: float) -> None:
        async with step(self._cloud, old, "DRAIN_INSTANCES"):
            await self._cloud.clock.sleep(overlap)
            await self._quiet(old)
            await self._fleet.stop(old)
        set_status(self._cloud, old, "REMOVED")

    async def _quiet(self, old: Deployment) -> None:
        """Wait until the requests under way are answered; WebSockets stay until the process ends."""
        replicas = self._fleet.running(old.id)
        if replicas is None:
            return
        with suppress(TimeoutError):
            async with self._cloud.clock.timeout(_SWITCH_SECONDS):
                await replicas.visits.drained()
