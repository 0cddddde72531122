"""Steps run as soon as what they require holds, and a failure stops only what depends on it."""

from __future__ import annotations

import asyncio

import pytest

from wizard.errors import FailedError
from wizard.events import Status
from wizard.messages import Message, message
from wizard.phases.scheduler import run_steps
from wizard.phases.step import DONE, Act, Outcome, Phase, Step, Waiting


class Recorder:
    """Keeps what was reported, in order."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.waits: list[Message] = []

    def step(self, step: Step, status: Status, *, waiting_for: Message | None = None) -> None:
        self.seen.append((step.id, status.value))
        if waiting_for:
            self.waits.append(waiting_for)

    def ended(self, step: Step, outcome: Outcome) -> None:
        self.seen.append((step.id, outcome.status.value))


def step(resource: str, act: Act, *requires: str) -> Step:
    return Step(phase=Phase.DEPLOY, resource=resource, act=act, requires=frozenset(f"deploy.{one}" for one in requires))


async def succeed(_: Waiting) -> Outcome:
    return DONE


async def fail(_: Waiting) -> Outcome:
    raise FailedError("phases.no-service", service="x")


async def test_a_step_waits_for_what_it_requires() -> None:
    order: list[str] = []

    def note(name: str) -> Act:
        async def act(_: Waiting) -> Outcome:
            order.append(name)
            return DONE

        return act

    await run_steps([step("c", note("c"), "b"), step("b", note("b"), "a"), step("a", note("a"))], Recorder())
    assert order == ["a", "b", "c"]


async def test_independent_steps_run_at_the_same_time() -> None:
    both = asyncio.Barrier(2)

    async def meet(_: Waiting) -> Outcome:
        await both.wait()
        return DONE

    outcomes = await asyncio.wait_for(run_steps([step("a", meet), step("b", meet)], Recorder()), 5)
    assert {outcome.status for outcome in outcomes.values()} == {Status.DONE}


async def test_a_failure_skips_its_dependants_and_nothing_else() -> None:
    outcomes = await run_steps(
        [step("a", fail), step("b", succeed, "a"), step("c", succeed, "b"), step("d", succeed)], Recorder()
    )
    assert [outcomes[f"deploy.{name}"].status.value for name in "abcd"] == ["failed", "skipped", "skipped", "done"]
    assert outcomes["deploy.a"].error is not None
    assert outcomes["deploy.c"].detail == message("phases.requires", step="deploy.b")


async def test_a_requirement_outside_the_run_counts_as_holding() -> None:
    outcomes = await run_steps([step("b", succeed, "not-part-of-it")], Recorder())
    assert outcomes["deploy.b"] is DONE


async def test_what_a_step_waits_for_is_reported() -> None:
    async def act(waiting: Waiting) -> Outcome:
        waiting(message("phases.reading-back"))
        return DONE

    recorder = Recorder()
    await run_steps([step("a", act)], recorder)
    assert recorder.seen == [("deploy.a", "running"), ("deploy.a", "running"), ("deploy.a", "done")]
    assert recorder.waits == [message("phases.reading-back")]


async def test_a_bug_ends_the_run_and_cancels_the_others() -> None:
    cancelled = asyncio.Event()

    async def wait_forever(_: Waiting) -> Outcome:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return DONE

    async def bug(_: Waiting) -> Outcome:
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup):
        await run_steps([step("a", wait_forever), step("b", bug)], Recorder())
    assert cancelled.is_set()
