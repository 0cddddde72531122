"""The activity feed: written from what changes in the store, so that nothing that happens can forget to tell.

An event's type is `<object>.<action>`, as webhooks name it: `Deployment.failed`, `Service.created`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from wizard.standin.state.cloud import Cloud
from wizard.standin.state.records import Event, VolumeBackup
from wizard.standin.state.rows import (
    CustomDomain,
    Deployment,
    Document,
    Environment,
    Project,
    Row,
    Service,
    ServiceDomain,
    Volume,
)
from wizard.standin.state.store import Tables

_STATUSES = {
    "QUEUED": "queued",
    "WAITING": "waiting",
    "NEEDS_APPROVAL": "needsApproval",
    "BUILDING": "building",
    "DEPLOYING": "deploying",
    "SUCCESS": "deployed",
    "FAILED": "failed",
    "CRASHED": "crashed",
    "SLEEPING": "slept",
    "SKIPPED": "skipped",
    "REMOVED": "removed",
}
_SEVERITIES = {"failed": "WARNING", "crashed": "CRITICAL", "needsApproval": "NOTICE"}
_PLAIN: Mapping[type[Row], str] = {
    Project: "Project",
    Environment: "Environment",
    Service: "Service",
    ServiceDomain: "ServiceDomain",
    CustomDomain: "CustomDomain",
    Volume: "Volume",
    VolumeBackup: "VolumeBackup",
}
"""What is told of when it comes and when it goes."""
_SOURCES = {"repo": "GitHub", "upload": "CLI", "image": "Image"}


class Activity:
    """Compares the state before and after each change and writes what an operator would want to read."""

    def __init__(self, cloud: Cloud, told: Callable[[Event], None]) -> None:
        self._cloud = cloud
        self._told = told

    def observe(self, before: Tables, after: Tables) -> None:
        """Write the events of one change."""
        for kind in (*_PLAIN, Deployment):
            old, new = before.rows.get(kind, {}), after.rows.get(kind, {})
            if old is not new:
                for event in self._events(kind, old, new):
                    self._told(self._cloud.store.put(event))

    def _events(self, kind: type[Row], old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[Event]:
        for id_, row in new.items():
            previous = old.get(id_)
            if previous is row:
                continue
            if isinstance(row, Deployment):
                yield from self._of_deployment(row, previous)
            elif previous is None:
                yield self._plain(kind, row, "created")
        if kind in _PLAIN:
            yield from (self._plain(kind, row, "deleted") for id_, row in old.items() if id_ not in new)

    def _of_deployment(self, row: Deployment, previous: Row | None) -> Iterator[Event]:
        status = previous.status if isinstance(previous, Deployment) else None
        action = _STATUSES.get(row.status)
        if action is None or status == row.status:
            return
        if action == "deployed" and status == "SLEEPING":
            action = "resumed"
        elif action == "deployed" and row.meta.get("reason") == "redeploy":
            action = "redeployed"
        yield self._event("Deployment", action, row.project_id, row.environment_id, details(row))

    def _plain(self, kind: type[Row], row: Row, action: str) -> Event:
        project_id = row.id if isinstance(row, Project) else str(getattr(row, "project_id", ""))
        environment_id = row.id if isinstance(row, Environment) else getattr(row, "environment_id", None)
        payload = {"id": row.id, "name": getattr(row, "name", None) or getattr(row, "domain", None)}
        service_id = row.id if isinstance(row, Service) else getattr(row, "service_id", None)
        payload |= {"serviceId": service_id} if service_id else {}
        return self._event(_PLAIN[kind], action, project_id, environment_id, payload)

    def _event(
        self, object_: str, action: str, project_id: str, environment_id: str | None, payload: Document
    ) -> Event:
        return Event(
            **self._cloud.stamp(),
            project_id=project_id,
            environment_id=environment_id,
            object=object_,
            action=action,
            severity=_SEVERITIES.get(action, "INFO"),
            payload=payload,
        )


def details(row: Deployment) -> Document:
    """Return what a webhook tells of a deployment."""
    return {
        "id": row.id,
        "serviceId": row.service_id,
        "source": _SOURCES[row.origin["kind"]],
        "status": row.status,
        "branch": row.meta.get("branch"),
        "commitHash": row.meta.get("commitHash"),
        "commitAuthor": row.meta.get("commitAuthor"),
        "commitMessage": row.meta.get("commitMessage"),
    }
