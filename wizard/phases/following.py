"""Follows one deployment to its end: logs and steps become events, and a failure keeps the lines that matter."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from wizard.errors import FailedError
from wizard.events import ServiceStatus, Severity
from wizard.messages import message
from wizard.phases.run import Run
from wizard.phases.step import Waiting
from wizard.platform.handles import Handle
from wizard.platform.ports import LogBatch, StepProgress
from wizard.platform.states import DeploymentState

_KEPT_LINES = 400
_SHOWN_LINES, _OTHER_LINES = 12, 4
_DEPLOY_STEPS = frozenset({"PRE_DEPLOY_COMMAND", "CREATE_CONTAINER", "MIGRATE_VOLUMES", "DRAIN_INSTANCES"})


@dataclass(slots=True)
class Story:
    """What was heard of a deployment: enough to say why it failed."""

    lines: dict[str, deque[tuple[str, bool]]] = field(default_factory=dict)
    step: str = ""

    def add(self, batch: LogBatch) -> None:
        """Keep the newest lines of a stream, with whether each was an error."""
        kept = self.lines.setdefault(batch.stream, deque(maxlen=_KEPT_LINES))
        kept.extend((line.text, line.severity == Severity.ERROR.value) for line in batch.lines)

    def telling(self, step: str) -> tuple[str, ...]:
        """Return the lines that matter for a failed step: the end of the log it writes to, then of the other.

        Building and the health check speak in the build's log; commands and the service in the deployment's.
        """
        streams = ("deploy", "build") if step in _DEPLOY_STEPS else ("build", "deploy")
        found = [[text for text, _ in self.lines.get(stream, ())] for stream in streams]
        first = found[0][-_SHOWN_LINES:]
        return (*first, *found[1][-max(_SHOWN_LINES - len(first), _OTHER_LINES) :])


async def follow(run: Run, service: str, deployment: Handle, waiting: Waiting) -> DeploymentState:
    """Follow until the platform's status is final and return it; raises FailedError with the lines that matter."""
    story, final = Story(), None
    async for progress in run.platform.deployments.follow(deployment):
        match progress:
            case LogBatch():
                story.add(progress)
                run.log(service, progress.stream, [line.text for line in progress.lines])
            case StepProgress():
                story.step = progress.step
                waiting(message("phases.platform-step", step=progress.step))
            case DeploymentState():
                final = progress
                _tell(run, service, progress)
    if final is None or not final.status.good:
        raise _failure(run, service, final, story)
    return final


def _tell(run: Run, service: str, state: DeploymentState) -> None:
    run.emit(
        ServiceStatus(
            service,
            state.status.value,
            state.raw,
            deployment=state.handle.id,
            commit=state.commit or state.message or "",
            observed_at=run.clock.now(),
        )
    )


def _failure(run: Run, service: str, final: DeploymentState | None, story: Story) -> FailedError:
    failure = final.failure if final else None
    step = failure.step if failure else story.step
    error = FailedError(
        "phases.deployment-failed",
        service=service,
        status=final.raw if final else "?",
        step=step or "?",
        reason=run.redactor.clean(failure.reason) if failure else "",
    )
    error.lines = tuple(run.redactor.clean(line) for line in story.telling(step))
    return error
