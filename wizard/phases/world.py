"""What the run knows of the platform: one shared observation, read again only when something can have changed it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from wizard.clock import Clock
from wizard.errors import FailedError
from wizard.platform.handles import Group
from wizard.platform.ports import Groups
from wizard.platform.states import (
    Account,
    GroupState,
    PlatformHealth,
    ProjectSummary,
    RepositoryAccess,
    ServiceState,
    WorkspaceState,
)

SETTLE_SECONDS = 60.0
"""How long a read may lag behind a write before it counts as lost (api.md saw 28 s)."""

_FIRST_INTERVAL, _LONGEST_INTERVAL = 1.0, 8.0


@dataclass(slots=True)
class World:
    """The observed platform of one run.

    Attributes:
        account: whom the credential speaks for, once verified.
        project: the project as it was found, ours by its mark or adopted by a named answer.
        repository: how the platform sees the plan's repository, once asked.
        group: the project and environment, once found or created.
        writes: how often something was written: what was read before the last one may be old.
    """

    groups: Groups
    clock: Clock
    account: Account | None = None
    workspace: WorkspaceState | None = None
    health: PlatformHealth | None = None
    project: ProjectSummary | None = None
    repository: RepositoryAccess | None = None
    group: Group | None = None
    _state: GroupState | None = None
    _read_at: float = float("-inf")
    writes: int = 0
    _seen_writes: int = -1
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def located(self) -> Group:
        """The group; only steps after the project step may ask."""
        if self.group is None:
            raise FailedError("phases.no-project")
        return self.group

    def wrote(self) -> None:
        """Something was written: the next question needs a new reading."""
        self.writes += 1

    def begin(self, group: Group, description: str) -> None:
        """Work in a group that was created a moment ago: it is known to be empty without reading it."""
        self.group = group
        self.writes += 1
        workspace = self.workspace.id if self.workspace else ""
        self._state = GroupState(group, description, workspace, {})
        self._read_at, self._seen_writes = self.clock.monotonic(), self.writes

    @property
    def last(self) -> GroupState | None:
        """The environment as last seen, None before the first reading."""
        return self._state

    def seen(self, name: str) -> ServiceState:
        """Return a service or database as last seen; raises KeyError where there is none."""
        if self._state is None:
            raise KeyError(name)
        return self._state.services[name]

    async def state(self, *, younger_than: float = float("inf")) -> GroupState:
        """Return the environment as last seen, read again after a write or when it is older than that (seconds)."""
        async with self._lock:
            current = self._seen_writes == self.writes and self.clock.monotonic() - self._read_at < younger_than
            if self._state is None or not current:
                writes = self.writes
                self._state = (await self.groups.observe(self.located)).value
                self._read_at, self._seen_writes = self.clock.monotonic(), writes
            return self._state

    async def until(
        self, holds: Callable[[GroupState], bool], *, patience: float = SETTLE_SECONDS
    ) -> GroupState | None:
        """Read until it holds, more and more slowly; None when it still does not after `patience` seconds.

        After a write the first reading waits a moment: reads lag, and steps that wrote together share it.
        """
        deadline, interval = self.clock.monotonic() + patience, _FIRST_INTERVAL
        if self._seen_writes != self.writes:
            await self.clock.sleep(interval)
        state = await self.state()
        while not holds(state):
            if self.clock.monotonic() >= deadline:
                return None
            await self.clock.sleep(interval)
            state = await self.state(younger_than=interval)
            interval = min(interval * 2, _LONGEST_INTERVAL)
        return state
