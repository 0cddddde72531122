"""Runs steps as soon as what they require holds: phases are how people see them, not how they wait."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Protocol

from wizard.errors import WizardError
from wizard.events import Status
from wizard.messages import Message, message
from wizard.phases.step import Outcome, Step


class Reporter(Protocol):
    """Hears of every step's progress."""

    def step(self, step: Step, status: Status, *, waiting_for: Message | None = None) -> None:
        """A step started or waits for something."""
        ...

    def ended(self, step: Step, outcome: Outcome) -> None:
        """A step ended."""
        ...


async def run_steps(steps: Sequence[Step], reporter: Reporter) -> Mapping[str, Outcome]:
    """Run all steps by their requirements and return what became of each, by id.

    A failed step skips what depends on it; the rest goes on. Cancellation and bugs propagate and end the others.
    """
    ended: dict[str, asyncio.Future[Outcome]] = {step.id: asyncio.get_running_loop().create_future() for step in steps}
    async with asyncio.TaskGroup() as group:
        for step in steps:
            group.create_task(_run(step, ended, reporter), name=step.id)
    return {name: future.result() for name, future in ended.items()}


async def _run(step: Step, ended: Mapping[str, asyncio.Future[Outcome]], reporter: Reporter) -> None:
    blocked = await _first_missing(step, ended)
    outcome = (
        Outcome(Status.SKIPPED, message("phases.requires", step=blocked)) if blocked else await _act(step, reporter)
    )
    reporter.ended(step, outcome)
    ended[step.id].set_result(outcome)


async def _first_missing(step: Step, ended: Mapping[str, asyncio.Future[Outcome]]) -> str | None:
    """Wait for every requirement and return the first that does not hold."""
    for required in sorted(step.requires & ended.keys()):
        if not (await ended[required]).holds:
            return required
    return None


async def _act(step: Step, reporter: Reporter) -> Outcome:
    reporter.step(step, Status.RUNNING)
    try:
        return await step.act(lambda what: reporter.step(step, Status.RUNNING, waiting_for=what))
    except WizardError as error:
        return Outcome(Status.FAILED, error.what, error)
