"""The last lines of a service's build or of the running service, cleaned and redacted."""

from __future__ import annotations

from wizard.errors import UsageError
from wizard.phases.run import Run
from wizard.platform.ports import LogLine
from wizard.text import clean


async def read_logs(run: Run, service: str, stream: str, limit: int) -> tuple[tuple[LogLine, str], ...]:
    """Return lines with their printable text; `stream` is `build` or `deploy`.

    Raises:
        UsageError: no such service, or it was never deployed.
    """
    state = await run.world.state()
    if service not in state.services:
        raise UsageError("operations.unknown-service", service=service, known=", ".join(sorted(state.services)))
    found = state.services[service]
    deployment = found.latest if stream == "build" else found.active or found.latest
    if deployment is None:
        raise UsageError("operations.never-deployed", service=service)
    await run.rendered(service)
    lines = await run.platform.deployments.logs(deployment.handle, stream, limit)
    return tuple((line, clean(run.redactor.clean(line.text))) for line in lines)
