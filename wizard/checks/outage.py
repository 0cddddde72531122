"""Whether health notices a dead database: only where the target can stop one, so only in a rehearsal."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.check import Check, Outcome, Stage, failed, passed, unchecked
from wizard.checks.placement import databases_of
from wizard.checks.surface import ServiceSurface, Surface
from wizard.errors import WizardError
from wizard.messages import message

NOTICE_SECONDS, RECOVERY_SECONDS = 30.0, 60.0
_POLL_SECONDS = 0.5
_ERRORS = 400


def outage_checks(surface: Surface) -> Iterator[Check]:
    """One check a service with a health path and a database behind it."""
    for service in surface.apis:
        spec = surface.plan.services[service.name].health
        databases = databases_of(surface.plan, service.name, "postgres")
        if spec and databases:
            title = message("checks.outage", service=service.name, database=databases[0])
            check = partial(_check, service=service, path=spec.path, database=databases[0])
            yield Check(
                id=f"outage.{service.name}",
                title=title,
                run=check,
                stage=Stage.DISRUPTIVE,
                effect="disruptive",
                weight="should",
                seconds=NOTICE_SECONDS + 2 * RECOVERY_SECONDS,
            )


async def _check(surface: Surface, *, service: ServiceSurface, path: str, database: str) -> Outcome:
    if surface.outage is None:
        return unchecked("checks.skipped-disruptive")
    async with surface.outage(database):
        noticed = await _until(surface, service.url + path, well=False, patience=NOTICE_SECONDS)
    recovered = await _until(surface, service.url + path, well=True, patience=RECOVERY_SECONDS)
    if recovered is None:
        return failed("failures.outage-no-recovery", database=database, seconds=round(RECOVERY_SECONDS))
    if noticed is None:
        return failed("failures.outage-unnoticed", database=database, path=path, seconds=round(NOTICE_SECONDS))
    return passed("checks.outage-ok", database=database, noticed=noticed, recovered=recovered)


async def _until(surface: Surface, url: str, *, well: bool, patience: float) -> float | None:
    """Ask until health is as wanted; returns after how many seconds, None when patience ends."""
    began = surface.clock.monotonic()
    while (elapsed := surface.clock.monotonic() - began) < patience:
        if await _is_well(surface, url) == well:
            return round(elapsed, 1)
        await surface.clock.sleep(_POLL_SECONDS)
    return None


async def _is_well(surface: Surface, url: str) -> bool:
    try:
        return (await surface.get(url)).status < _ERRORS
    except WizardError:
        return False
