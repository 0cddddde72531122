"""The local Railway: its state, its fleet and its deployments in one object, and its start and end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from wizard.standin.state.cloud import Cloud
from wizard.standin.state.deployments import Deployments
from wizard.standin.state.fleet import Fleet
from wizard.standin.state.http_logs import RequestBook
from wizard.standin.state.metrics import MetricBook
from wizard.standin.state.networking import Networking
from wizard.standin.state.pipeline import Pipeline
from wizard.standin.state.rows import Workspace
from wizard.standin.state.store import Store, Tables
from wizard.standin.state.supervision import Supervision

WORKSPACE_NAME = "Local"
_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class LocalRailway:
    """Everything the API's resolvers call."""

    cloud: Cloud
    fleet: Fleet = field(init=False)
    supervision: Supervision = field(init=False)
    pipeline: Pipeline = field(init=False)
    deployments: Deployments = field(init=False)
    networking: Networking = field(init=False)
    metrics: MetricBook = field(init=False)
    requests: RequestBook = field(init=False)
    _background: set[asyncio.Task[None]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.fleet = Fleet(self.cloud)
        self.supervision = Supervision(self.cloud, self.fleet)
        self.pipeline = Pipeline(self.cloud, self.fleet, self.supervision)
        self.deployments = Deployments(self.cloud, self.fleet, self.pipeline, self.supervision)
        self.networking = Networking(self.cloud, self.fleet)
        self.metrics = MetricBook(self.cloud, self.fleet)
        self.requests = RequestBook(self.cloud.folder / "logs")
        for listener in (self.metrics.count, self.requests.note):
            self.cloud.machine.hear(listener)

    @property
    def store(self) -> Store:
        """The store."""
        return self.cloud.store

    @property
    def tables(self) -> Tables:
        """The primary state."""
        return self.cloud.store.tables

    @property
    def workspace(self) -> Workspace:
        """The one workspace of the account."""
        return self.tables.all(Workspace)[0]

    async def open(self) -> None:
        """Make the workspace of a fresh folder; bring a used one back to life."""
        if not self.tables.all(Workspace):
            self.store.put(Workspace(**self.cloud.stamp(), name=WORKSPACE_NAME))
        await self.cloud.machine.open()
        await self.networking.recover()
        await self.deployments.recover()

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry on with a workflow after its mutation has answered."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        if not task.cancelled() and task.exception():
            _LOGGER.error("a workflow ended by a defect of the stand-in", exc_info=task.exception())

    async def close(self) -> None:
        """Stop every run and every process, then write the state."""
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.pipeline.close()
        await self.supervision.close()
        await self.fleet.close()
        await self.cloud.machine.close()
        self.store.save()
