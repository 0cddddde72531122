"""The verify phase: every check the application has a surface for, with what was seen."""

from __future__ import annotations

from functools import partial

from wizard.checks.registry import not_proved, select_checks
from wizard.checks.runner import run_checks
from wizard.errors import DiagnosedError
from wizard.events import CheckResult, Note, Status, Verdict
from wizard.messages import Message, message
from wizard.phases.admin import admin_credential
from wizard.phases.run import Run
from wizard.phases.starting import switch_pushes
from wizard.phases.step import DONE, UNCHANGED, Outcome, Phase, Step, Waiting, step_id
from wizard.phases.surface import build_surface
from wizard.plan.checks import Effect
from wizard.plan.model import RepoSource

CHECKS, PUSHES = "checks", "pushes"


def steps(run: Run) -> list[Step]:
    """Plan one step behind everything it looks at."""
    services = [step_id(phase, name) for phase in (Phase.DEPLOY, Phase.MIGRATE) for name in run.plan.services]
    requires = frozenset({*services, step_id(Phase.ADMIN, "account")})
    checks = Step(phase=Phase.VERIFY, resource=CHECKS, requires=requires, act=partial(_verify, run))
    if not isinstance(run.plan.project.source, RepoSource) or run.scope.read_only:
        return [checks]
    pushes = partial(_let_pushes, run)
    return [checks, Step(phase=Phase.VERIFY, resource=PUSHES, requires=frozenset({checks.id}), act=pushes)]


async def _verify(run: Run, waiting: Waiting) -> Outcome:
    surface = await build_surface(run, admin=await admin_credential(run), allow=_allowed(run))
    checks, left = select_checks(surface)
    run.not_checked.extend(left)

    def heard(result: CheckResult) -> None:
        run.checks.append(result)
        run.emit(result)
        waiting(message("phases.checked", count=len(run.checks), total=len(checks)))

    results = await run_checks(checks, surface, heard)
    run.not_checked.extend(not_proved(results))
    for what in surface.left_behind:
        run.emit(Note(message("phases.left-behind", what=what)))
    failed = [result for result in results if result.must and result.verdict is Verdict.FAILED]
    if failed:
        raise _failure(failed)
    return DONE


def _failure(failed: list[CheckResult]) -> DiagnosedError:
    """Explain a failed verification by its first failed check: those behind it often fail of the same cause."""
    fixes: list[Message] = []
    for one in failed:
        fixes += [one.fix] if one.fix and one.fix not in fixes else []
    quotes = tuple(quote for one in failed for quote in one.quotes)
    names = ", ".join(one.check for one in failed)
    return DiagnosedError(
        "phases.checks-failed", cause=failed[0].seen, fixes=tuple(fixes), quotes=quotes, count=len(failed), checks=names
    )


async def _let_pushes(run: Run, waiting: Waiting) -> Outcome:
    """Let pushes deploy what was verified, for the services this wizard held back; another's choice stays."""
    held = run.journal.held_pushes()
    if not held:
        return UNCHANGED
    services = [one for one in (await run.world.state()).services.values() if one.handle.id in held]
    waiting(message("phases.letting-pushes", services=", ".join(one.handle.name for one in services)))
    for one in services:
        if one.source:
            await switch_pushes(run, one.handle, enabled=True)
        run.journal.let_pushes(one.handle)
    letting = sorted(one.handle.name for one in services if one.source)
    if await run.world.until(
        lambda seen: all(name in seen.services and seen.services[name].auto_deploy for name in letting)
    ):
        return DONE
    why = message("phases.pushes-unseen", services=", ".join(letting))
    run.leave_unchecked("pushes", why)
    return Outcome(Status.UNKNOWN, why)


def _allowed(run: Run) -> frozenset[Effect]:
    """Write only after a deployment that nothing has proved yet, or where the operator asked for everything.

    Disrupt only what may be disrupted: the target says whether a database can be stopped.
    """
    writes = (bool(run.deployed) or run.unproved or run.scope.full) and not run.scope.read_only
    if not writes:
        return frozenset({"read"})
    return frozenset({"read", "write", "disruptive"} if run.platform.capabilities.stop_database else {"read", "write"})
