"""What a resolver knows: the platform, who asks, and which view of the state this request reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from wizard.standin.api.budget import Budget, CooldownGate
from wizard.standin.api.credentials import Viewer
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.refusals import SERVICE_INSTANCE_NOT_FOUND, Refused, not_authorized
from wizard.standin.state.rows import (
    Deployment,
    DeploymentEvent,
    Document,
    Environment,
    Project,
    Row,
    Service,
    ServiceInstance,
)
from wizard.standin.state.store import Tables

R = TypeVar("R", bound=Row)


@dataclass(slots=True)
class Context:
    """One request. Queries read `lagging`, a snapshot taken at their start; mutations read what they write."""

    railway: LocalRailway
    viewer: Viewer
    budget: Budget
    cooldowns: CooldownGate
    lagging: Tables | None = None

    @property
    def tables(self) -> Tables:
        """The state as this request sees it."""
        return self.lagging or self.railway.tables

    def get(self, kind: type[R], id_: str | None) -> R | None:
        """Return a row by id: as this request sees it, or as it is when the view does not have it yet."""
        return self.tables.get(kind, id_) or self.railway.tables.get(kind, id_)

    def require(self, kind: type[R], id_: str | None, beside: R | None = None) -> R:
        """Return a row by id, else what was found `beside` the tables; unknown and foreign ids are Not Authorized."""
        row = self.get(kind, id_) or beside
        if row is None or not self._visible(row):
            raise not_authorized()
        return row

    def instance(self, service_id: str, environment_id: str) -> ServiceInstance:
        """Return the service's instance in an environment."""
        service = self.require(Service, service_id)
        environment = self.require(Environment, environment_id)
        here = {"service_id": service.id, "environment_id": environment.id}
        found = self.tables.first(ServiceInstance, **here) or self.railway.tables.first(ServiceInstance, **here)
        if found is None:
            raise Refused(SERVICE_INSTANCE_NOT_FOUND)
        return found

    def settled(self, row: Row) -> bool:
        """Tell whether a row is old enough for what only works some time after it was made."""
        return self._age(row) >= self.railway.cloud.settings.settle_seconds

    def listed(self, rows: Iterable[R]) -> list[R]:
        """Return the volumes that are old enough to be found in a list."""
        return [row for row in rows if self._age(row) >= self.railway.cloud.settings.volume_lag]

    def _age(self, row: Row) -> float:
        return (self.railway.cloud.clock.now() - row.created_at).total_seconds()

    def _visible(self, row: Row) -> bool:
        environment_id = row.id if isinstance(row, Environment) else getattr(row, "environment_id", None)
        if isinstance(row, DeploymentEvent):
            deployment = self.get(Deployment, row.deployment_id)
            environment_id = deployment.environment_id if deployment else None
        environment = self.get(Environment, environment_id)
        project_id = getattr(row, "project_id", None) or (environment.project_id if environment else None)
        project = row if isinstance(row, Project) else self.get(Project, project_id)
        return project is not None and self.viewer.sees(project, environment_id)


def connection(rows: Iterable[Row | Document], **page: Any) -> Document:
    """Return a page of rows as edges and page information; cursors are ids."""
    everything = list(rows)
    ids = [_id(row) for row in everything]
    start = ids.index(page["after"]) + 1 if page.get("after") in ids else 0
    end = ids.index(page["before"]) if page.get("before") in ids else len(ids)
    if page.get("first") is not None:
        end = min(end, start + max(0, page["first"]))
    if page.get("last") is not None:
        start = max(start, end - max(0, page["last"]))
    chosen = everything[start:end]
    return {
        "edges": [{"cursor": _id(row), "node": row} for row in chosen],
        "pageInfo": {
            "hasNextPage": end < len(ids),
            "hasPreviousPage": start > 0,
            "startCursor": _id(chosen[0]) if chosen else None,
            "endCursor": _id(chosen[-1]) if chosen else None,
        },
    }


def _id(row: Row | Document) -> str:
    return row.id if isinstance(row, Row) else str(row["id"])
