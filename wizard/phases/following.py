"""Follows one deployment to its end: logs and steps become events, and a failure is explained by what was heard."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from wizard.diagnosis.code import Code
from wizard.diagnosis.evidence import Diagnosis, Evidence
from wizard.diagnosis.registry import diagnose
from wizard.errors import DiagnosedError, FailedError
from wizard.events import ServiceStatus
from wizard.messages import message
from wizard.phases.run import Run
from wizard.phases.step import Waiting
from wizard.platform.handles import Handle
from wizard.platform.ports import LogBatch, StepProgress
from wizard.platform.states import DeploymentState
from wizard.text import Quote

_KEPT_LINES = 2000
_SHOWN_LINES, _OTHER_LINES = 12, 4
_DEPLOY_STEPS = frozenset({"PRE_DEPLOY_COMMAND", "CREATE_CONTAINER", "MIGRATE_VOLUMES", "DRAIN_INSTANCES"})


@dataclass(slots=True)
class Story:
    """What was heard of a deployment: enough to say why it failed."""

    lines: dict[str, deque[Quote]] = field(default_factory=dict)
    step: str = ""

    def add(self, batch: LogBatch) -> None:
        """Keep the newest lines of a stream, numbered from its first."""
        kept = self.lines.setdefault(batch.stream, deque(maxlen=_KEPT_LINES))
        first = kept[-1].number + 1 if kept else 1
        kept.extend(Quote(batch.stream, number, line.text, line.at) for number, line in enumerate(batch.lines, first))

    def told(self, clean: Callable[[str], str]) -> tuple[Quote, ...]:
        """Return everything that was kept, the build's log first, with secrets masked."""
        kept = (line for stream in ("build", "deploy") for line in self.lines.get(stream, ()))
        return tuple(replace(line, text=clean(line.text)) for line in kept)

    def ending(self, step: str) -> tuple[Quote, ...]:
        """Return the lines that matter for a step nobody can explain: the end of its log, then of the other.

        Building and the health check speak in the build's log; commands and the service in the deployment's.
        """
        streams = ("deploy", "build") if step in _DEPLOY_STEPS else ("build", "deploy")
        found = [list(self.lines.get(stream, ())) for stream in streams]
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
        raise await _failure(run, service, final, story)
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


async def _failure(run: Run, service: str, final: DeploymentState | None, story: Story) -> FailedError:
    failure = final.failure if final else None
    step = (failure.step if failure else "") or story.step or "?"
    told = {"service": service, "status": final.raw if final else "?", "step": step}
    told["reason"] = run.redactor.clean(failure.reason) if failure else ""
    found = await asyncio.to_thread(_diagnose, run, service, step, told["reason"], story)
    if found is None:
        error = FailedError("phases.deployment-failed", **told)
        error.quotes = tuple(replace(line, text=run.redactor.clean(line.text)) for line in story.ending(step))
        error.lines = tuple(quote.text for quote in error.quotes)
        return error
    serving = (message("diagnosis.still-serves", service=service),) if _served_before(run, service) else ()
    return DiagnosedError(
        "phases.deployment-failed", cause=found.cause, fixes=(*found.fixes, *serving), quotes=found.lines, **told
    )


def _diagnose(run: Run, service: str, step: str, reason: str, story: Story) -> Diagnosis | None:
    """Explain a failure from what was heard and the files that were deployed; reads files, so it runs in a thread."""
    spec = run.plan.services.get(service)
    if spec is None:
        return None
    code = Code(run.repository.tree, spec)
    lines = story.told(run.redactor.clean)
    return diagnose(Evidence(service=service, step=step, reason=reason, lines=lines, spec=spec, code=code))


def _served_before(run: Run, service: str) -> bool:
    """Tell whether another deployment was serving when the environment was last seen."""
    state = run.world.last.services.get(service) if run.world.last else None
    return state is not None and state.active is not None and state.active.status.good
