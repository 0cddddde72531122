"""How every service and database of the environment stands, from one reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wizard.phases.run import Run
from wizard.platform.states import DeploymentState, ServiceState


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service or database.

    Attributes:
        status: of the deployment that serves, else of the newest one.
        newest: the newest deployment's status where another one serves: a failed attempt, or one on its way.
        code: commit, or the digest of an upload, of what serves.
        since: when what serves was created.
    """

    name: str
    kind: str
    status: str
    newest: str
    code: str
    url: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class StatusReport:
    """The environment at a moment; `staged` counts changes somebody staged and did not commit."""

    project: str
    environment: str
    project_id: str
    environment_id: str
    at: datetime
    staged: int
    lines: tuple[ServiceLine, ...]


async def read_status(run: Run) -> StatusReport:
    """Read the environment once; raises FailedError where the project does not exist."""
    state, group = await run.world.state(), run.world.located
    return StatusReport(
        group.project.name,
        group.environment.name,
        group.project.id,
        group.environment.id,
        run.clock.now(),
        state.staged,
        tuple(_lines(run, dict(state.services))),
    )


def _lines(run: Run, services: dict[str, ServiceState]) -> Iterator[ServiceLine]:
    for name, service in sorted(services.items()):
        kind = "database" if name in run.plan.databases else "service" if name in run.plan.services else "other"
        yield _line(run, name, kind, service)


def _line(run: Run, name: str, kind: str, service: ServiceState) -> ServiceLine:
    shown = service.active or service.latest
    newest = service.latest if service.latest != service.active else None
    return ServiceLine(
        name=name,
        kind=kind,
        status=shown.status.value if shown else "not-deployed",
        newest=newest.status.value if newest and shown is not newest else "",
        code=_code(shown),
        url=f"{run.platform.scheme}://{service.domains[0].host}" if service.domains else "",
        since=shown.created_at if shown else None,
    )


def _code(deployment: DeploymentState | None) -> str:
    if deployment is None:
        return ""
    return (deployment.commit or deployment.message or "").removeprefix("railwizard ")[:10]
