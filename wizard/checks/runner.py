"""Runs checks one after the other, in stages, and turns whatever happens into a result with what was seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

import psycopg

from wizard.checks.check import INTERNET, Check, Outcome, Stage, excerpt, failed
from wizard.checks.health import still_answers
from wizard.checks.redaction import without_secrets
from wizard.checks.surface import Surface
from wizard.database.redis import RedisError
from wizard.errors import WizardError
from wizard.events import CheckResult, Verdict

THIRD_PARTY_SECONDS = 10.0
"""A third party that takes longer says nothing about the application."""

Heard = Callable[[CheckResult], None]


async def run_checks(checks: Iterable[Check], surface: Surface, heard: Heard) -> tuple[CheckResult, ...]:
    """Run every check of `select_checks`; each result is passed on at once and returned in the order of running."""
    results = []
    for check in sorted(checks, key=_stage):
        outcome, seconds = await _timed(check, surface)
        result = _result(check, without_secrets(outcome, surface), seconds)
        heard(result)
        results.append(result)
    return tuple(results)


def _stage(check: Check) -> Stage:
    return Stage.THIRD_PARTY if INTERNET in check.needs else check.stage


async def _timed(check: Check, surface: Surface) -> tuple[Outcome, float]:
    began = surface.clock.monotonic()
    outcome = await _attempt(check, surface)
    if INTERNET in check.needs and outcome.verdict is not Verdict.NOT_CHECKED:
        outcome = await still_answers(surface, outcome)
    return outcome, surface.clock.monotonic() - began


async def _attempt(check: Check, surface: Surface) -> Outcome:
    limit = min(check.seconds, THIRD_PARTY_SECONDS) if INTERNET in check.needs else check.seconds
    try:
        async with surface.clock.timeout(limit):
            return await check.run(surface)
    except WizardError as error:
        return Outcome(Verdict.FAILED, error.what, error.fix)
    except TimeoutError:
        return failed("failures.too-slow", seconds=round(limit))
    except (psycopg.Error, RedisError, OSError, asyncio.IncompleteReadError) as error:
        return failed("failures.broken", reason=excerpt(str(error)) or type(error).__name__)


def _result(check: Check, outcome: Outcome, seconds: float) -> CheckResult:
    must = check.weight == "must"
    verdict = outcome.verdict
    if verdict is Verdict.FAILED and not must:
        verdict = Verdict.WARNED
    return CheckResult(check.id, check.title, verdict, outcome.seen, must, outcome.fix, seconds, outcome.quotes)
