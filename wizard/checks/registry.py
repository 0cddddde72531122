"""Which checks apply to this deployment, in the order of their families, and what nothing here could look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wizard.checks.admin import admin_checks
from wizard.checks.bundle import bundle_checks
from wizard.checks.check import INTERNET, Check
from wizard.checks.cors import cors_checks
from wizard.checks.default_accounts import default_account_checks
from wizard.checks.docs import docs_checks
from wizard.checks.flow import flow_checks
from wizard.checks.health import health_checks
from wizard.checks.login import login_checks
from wizard.checks.openapi import openapi_checks
from wizard.checks.outage import outage_checks
from wizard.checks.page import page_checks
from wizard.checks.probe import cleanup_checks
from wizard.checks.redis import redis_checks, redis_used
from wizard.checks.surface import Surface
from wizard.checks.sweep import sweep_checks
from wizard.checks.websocket import websocket_checks
from wizard.events import CheckResult, NotChecked, Verdict
from wizard.messages import Message, message

FAMILIES: tuple[Callable[[Surface], Iterator[Check]], ...] = (
    health_checks,
    docs_checks,
    openapi_checks,
    page_checks,
    bundle_checks,
    login_checks,
    admin_checks,
    default_account_checks,
    cors_checks,
    sweep_checks,
    redis_checks,
    websocket_checks,
    flow_checks,
    outage_checks,
    cleanup_checks,
)
"""Every family of checks; within a stage they run in this order."""


def select_checks(surface: Surface) -> tuple[tuple[Check, ...], tuple[NotChecked, ...]]:
    """Return the checks this deployment gives rise to and that may run now, and the others with the reason."""
    checks: list[Check] = []
    left = list(_out_of_reach(surface))
    for check in (check for family in FAMILIES for check in family(surface)):
        why = hindrance(check, surface)
        if why is None:
            checks.append(check)
        else:
            left.append(NotChecked(check.id, why))
    return tuple(checks), tuple(left)


def _out_of_reach(surface: Surface) -> Iterator[NotChecked]:
    """Yield what no check concerns: services without an address, and a Redis that nobody with one reads."""
    for name in surface.plan.services:
        if name not in surface.services:
            yield NotChecked(name, message("checks.not-public", service=name))
    used = {database for service in surface.apis for database in redis_used(surface, service)}
    for name, spec in surface.plan.databases.items():
        if spec.engine == "redis" and name not in used:
            yield NotChecked(name, message("checks.redis-unread", database=name))


def hindrance(check: Check, surface: Surface) -> Message | None:
    """Say why a check may not run now; None where it may."""
    if check.effect == "disruptive" and surface.outage is None:
        return message("checks.outage-impossible")
    if check.effect not in surface.allow:
        return message(f"checks.skipped-{check.effect}")
    if INTERNET in check.needs and not surface.internet:
        return message("checks.skipped-internet")
    known = {INTERNET, *surface.plan.databases, *surface.plan.services}
    absent = next((need for need in check.needs if need not in known), None)
    return message("checks.skipped-need", need=absent) if absent else None


def not_proved(results: Iterable[CheckResult]) -> tuple[NotChecked, ...]:
    """List the checks that ran and could not tell."""
    return tuple(NotChecked(one.check, one.seen) for one in results if one.verdict is Verdict.NOT_CHECKED)
