"""The plan's own requests: single ones, and flows whose steps use what the ones before them left."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.check import Check, Outcome, Stage, failed, milliseconds, passed, unchecked
from wizard.checks.expectation import Values, disappointment, perform
from wizard.checks.json_path import AbsentError
from wizard.checks.surface import ServiceSurface, Surface
from wizard.messages import message
from wizard.plan.checks import Actor, FlowCheck, HttpCheck, Request, Step


def flow_checks(surface: Surface) -> Iterator[Check]:
    """One check for every `http` and `flow` of the plan; each comes before or after logins as it needs them."""
    for number, declared in enumerate(surface.plan.checks):
        if not isinstance(declared, HttpCheck | FlowCheck):
            continue
        stage = Stage.WRITE if declared.effect == "write" else Stage.SIGNED_IN
        yield Check(
            id=f"{declared.kind}.{number + 1}",
            title=message("checks.plan-check", name=declared.name),
            run=partial(_check, declared=declared),
            stage=Stage.DISRUPTIVE if declared.effect == "disruptive" else stage,
            effect=declared.effect,
            weight=declared.weight,
            needs=declared.needs,
            seconds=declared.timeout,
        )


async def _check(surface: Surface, *, declared: HttpCheck | FlowCheck) -> Outcome:
    service = asked(surface, surface.plan.service_of(declared))
    if service is None:
        return unchecked("checks.no-service")
    session = await Accounts(surface, service).session(declared.actor)
    if session is None:
        return nobody_in(surface, declared.actor)
    steps: tuple[Request, ...] = declared.steps if isinstance(declared, FlowCheck) else (declared,)
    values, seconds = Values({"nonce": surface.nonce}), 0.0
    for number, step in enumerate(steps, 1):
        answer = await perform(surface, service.url, step, session, values)
        seconds += answer.seconds
        unmet = disappointment(step, answer, values)
        if unmet:
            return unmet
        try:
            values.keep(answer, step.keep if isinstance(step, Step) else {})
        except (AbsentError, ValueError) as error:
            return failed(
                "failures.nothing-to-keep", step=number, request=f"{step.method} {step.path}", path=str(error)
            )
    last = steps[-1]
    return passed(
        "checks.flow-ok",
        count=len(steps),
        last=f"{last.method} {last.path}",
        status=last.expect.status,
        ms=milliseconds(seconds),
        actor=declared.actor,
    )


def nobody_in(surface: Surface, actor: Actor) -> Outcome:
    """Say that nobody could log in: a failure, unless this run knows no such account and may not make one."""
    if actor == "admin" and surface.admin is None:
        return unchecked("checks.no-admin")
    if actor == "user" and "write" not in surface.allow:
        return unchecked("checks.login-nobody")
    return failed("failures.no-session", actor=actor)


def asked(surface: Surface, name: str | None) -> ServiceSurface | None:
    """Return the public service a check asks; None where it has no address."""
    return surface.services.get(name) if name else None
