"""A whole run: preflight, all questions before the first mutation, then the steps, then the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wizard.errors import ExitCode, NeedsInputError, RefusedError, WizardError
from wizard.events import (
    Effect,
    ErrorRaised,
    Note,
    RateBudget,
    Result,
    RunFinished,
    Status,
    Verdict,
)
from wizard.journal import Release
from wizard.messages import Message, message
from wizard.phases import admin, deploy, group, migrate, preflight, project, staleness, variables, verify, ways
from wizard.phases.run import Run
from wizard.phases.scheduler import run_steps
from wizard.phases.step import Outcome, Phase, Step, Waiting
from wizard.phases.tracker import Tracker
from wizard.phases.wanted import changes as changes_of
from wizard.questions import Question

_PLANNERS = {
    Phase.PROJECT: project.steps,
    Phase.VARIABLES: variables.steps,
    Phase.DEPLOY: deploy.steps,
    Phase.MIGRATE: migrate.steps,
    Phase.ADMIN: admin.steps,
    Phase.VERIFY: verify.steps,
}


async def execute(run: Run) -> RunFinished:
    """Run what the scope asks for and return the finished event, which is also emitted; cancellation propagates."""
    started, tracker = run.clock.monotonic(), Tracker(run)
    error: WizardError | None = None
    try:
        await _all_phases(run, tracker)
    except WizardError as raised:
        error = raised
        run.mask(raised)
        run.emit(ErrorRaised.of(raised))
    finally:
        await run.close()
    finished = replace(
        _finished(run, tracker, error),
        urls=tuple(run.urls().items()),
        differences=await run.differences() if run.differences else (),
        seconds=round(run.clock.monotonic() - started, 3),
    )
    if finished.result is Result.VERIFIED:
        await _remember(run)
    _tell_budget(run)
    run.emit(finished)
    return finished


async def observe(run: Run) -> None:
    """Verify the credential and find the project, for what only reads.

    Raises the first failure, or NeedsInputError where nobody says in which workspace to look.
    """
    outcomes = await run_steps(preflight.readings(run), _Unheard())
    for outcome in outcomes.values():
        if outcome.error:
            raise outcome.error
    if run.world.workspace is None:
        _require_answers(run)


def _require_answers(run: Run) -> None:
    """Name every question nobody answered."""
    if run.unanswered:
        raise NeedsInputError("questions.missing", ids=_unanswered(run))


def _unanswered(run: Run) -> str:
    return ", ".join(f"{question.id} ({question.variable})" for question in run.unanswered)


class _Unheard:
    """Hears of steps nobody has to see: the error is raised."""

    def step(self, step: Step, status: Status, *, waiting_for: Message | None = None) -> None:
        """A reading goes on."""

    def ended(self, step: Step, outcome: Outcome) -> None:
        """A reading ended."""


async def _all_phases(run: Run, tracker: Tracker) -> None:
    await _perform(run, tracker, preflight.steps(run))
    if tracker.failures:
        return
    await _sweep(run)
    await _ask_everything(run)
    if not run.scope.apply:
        await _plan_only(run)
        return
    planners = [planner for phase, planner in _PLANNERS.items() if phase in run.scope.phases]
    await _perform(run, tracker, [step for planner in planners for step in planner(run)])
    await _judge_the_rest(run, tracker)


async def _sweep(run: Run) -> None:
    """Clear away what a dead run left: its lease on the project, and the ways into databases it had open."""
    if not run.scope.apply or run.world.group is None:
        return
    await run.lease.sweep()
    await ways.sweep(run)


async def _perform(run: Run, tracker: Tracker, steps: Sequence[Step]) -> None:
    tracker.expect(steps)
    await run_steps([_masking(run, step) for step in steps], tracker)
    _tell_budget(run)


def _masking(run: Run, step: Step) -> Step:
    """Return a step whose error is masked before anybody hears of it."""

    async def act(waiting: Waiting) -> Outcome:
        try:
            return await step.act(waiting)
        except WizardError as error:
            run.mask(error)
            raise

    return replace(step, act=act)


async def _ask_everything(run: Run) -> None:
    """Ask every phase's questions now: once something is being changed, nobody should have to be there."""
    state = await run.world.state() if run.world.group else None
    questions: list[Question] = []
    if Phase.VARIABLES in run.scope.phases:
        questions += await variables.questions(run, state)
    if Phase.ADMIN in run.scope.phases:
        questions += await admin.questions(run, state)
    for question in questions:
        if (answer := await run.ask(question)) is not None:
            run.typed[question.id] = answer
    if run.scope.apply:
        _require_answers(run)


async def _plan_only(run: Run) -> None:
    """Say what a run would change and ask, without changing it."""
    if run.unanswered:
        run.emit(Note(message("phases.will-ask", ids=_unanswered(run))))
    state = await run.world.state() if run.world.group else None
    touched: set[str] = set()
    if Phase.PROJECT in run.scope.phases:
        run.planned(Phase.PROJECT, group.GROUP, group.group_changes(run))
        for name, changes in changes_of(run.plan, run.repository, state).items():
            run.planned(Phase.PROJECT, name, changes)
            touched |= {name} if any(change.effect is not Effect.NONE for change in changes) else set()
    if Phase.VARIABLES in run.scope.phases:
        for name in run.plan.services:
            changes = await variables.changes(run, name, state)
            run.planned(Phase.VARIABLES, name, changes)
            touched |= {name} if changes else set()
    if Phase.DEPLOY in run.scope.phases:
        for name in run.plan.services:
            run.planned(Phase.DEPLOY, name, await deploy.changes(run, name, state, touched=name in touched))


async def _judge_the_rest(run: Run, tracker: Tracker) -> None:
    """Say how the phases outside the scope stand now: a changed value makes deployment and proof stale."""
    if run.scope.whole or run.world.group is None or tracker.failures:
        return
    stale: list[Message] = []
    if Phase.DEPLOY not in run.scope.phases:
        judged = [await staleness.judge(run, name) for name in run.plan.services]
        stale = [reason for one in judged for reason in one.stale]
        unknown = [reason for one in judged for reason in one.unknown]
        status = Status.STALE if stale else Status.UNKNOWN if unknown else Status.UNCHANGED
        tracker.conclude(Phase.DEPLOY, status, next(iter((*stale, *unknown)), None))
    if (stale or run.deployed) and Phase.VERIFY not in run.scope.phases:
        tracker.conclude(Phase.VERIFY, Status.STALE, message("phases.stale-proof"))


async def _remember(run: Run) -> None:
    revisions = {name: run.repository.revision(name) for name in run.plan.services}
    digests = {name: revision.commit or revision.digest for name, revision in revisions.items() if revision}
    run.journal.released(run.emitter.run, Release(run.clock.now().isoformat(), digests, tuple(run.heads)))


def _tell_budget(run: Run) -> None:
    if budget := run.platform.budget:
        run.emit(RateBudget(budget.limit, budget.remaining, budget.resets_at, run.platform.requests))


def _finished(run: Run, tracker: Tracker, error: WizardError | None) -> RunFinished:
    errors = [outcome.error for outcome in tracker.failures if outcome.error]
    decisive = error or (errors[0] if errors else None)
    result = _result(run, tracker, decisive)
    fallback = ExitCode.FAILED if result is Result.FAILED else ExitCode.SUCCESS
    return RunFinished(
        result=result,
        exit_code=int(decisive.exit_code if decisive else fallback),
        phases=tuple(summary for phase in Phase if (summary := tracker.summaries.get(phase))),
        checks=tuple(run.checks),
        not_checked=tuple(run.not_checked),
        requests=run.platform.requests,
        mutations=run.platform.mutations,
    )


def _result(run: Run, tracker: Tracker, error: WizardError | None) -> Result:
    if isinstance(error, NeedsInputError):
        return Result.NEEDS_INPUT
    if isinstance(error, RefusedError):
        return Result.REFUSED
    if error or tracker.failures or any(check.must and check.verdict is Verdict.FAILED for check in run.checks):
        return Result.FAILED
    if Phase.VERIFY in tracker.summaries and tracker.summaries[Phase.VERIFY].status is not Status.STALE:
        return Result.VERIFIED
    if run.announced and not run.scope.apply:
        return Result.PLANNED
    return Result.APPLIED if run.written or run.deployed else Result.UNCHANGED
