"""Every route that only reads is asked once as the administrator and once as nobody.

As administrator nothing may break or be forbidden; as nobody it is listed what the whole world may read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.admin import guarded_routes
from wizard.checks.check import Check, Outcome, Stage, failed, passed, unchecked
from wizard.checks.session import NOBODY, Session
from wizard.checks.surface import ServiceSurface, Surface
from wizard.errors import WizardError
from wizard.messages import message
from wizard.source.routes import Route

_MOST_ROUTES = 150
_ROUTE_SECONDS = 10.0
_NAMED = 12
_NOT_READING = (
    "logout",
    "log-out",
    "signout",
    "sign-out",
    "unsubscribe",
    "delete",
    "remove",
    "reset",
    "revoke",
    "callback",
)
"""Last parts of paths that do something even where they are asked for with GET."""
_SUCCESS, _REDIRECTS, _FORBIDDEN, _BROKEN = 200, 300, 403, 500


@dataclass(slots=True)
class _Seen:
    """What the sweep found, as sentences' lists."""

    asked: int = 0
    broken: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def sweep_checks(surface: Surface) -> Iterator[Check]:
    """Two checks a service: as somebody, and as nobody."""
    for service in surface.apis:
        name = service.name
        inside = partial(_as_somebody, service=service)
        title = message("checks.sweep", service=name)
        yield Check(id=f"sweep.{name}", title=title, run=inside, stage=Stage.SIGNED_IN, seconds=300)
        outside = partial(_as_nobody, service=service)
        title = message("checks.open", service=name)
        yield Check(id=f"open.{name}", title=title, run=outside, stage=Stage.SIGNED_IN, seconds=300)


async def _as_somebody(surface: Surface, *, service: ServiceSurface) -> Outcome:
    routes = surface.routes_of(service)
    if not routes:
        return unchecked("checks.no-routes")
    accounts = Accounts(surface, service)
    session = await accounts.session("admin") or await accounts.session("user") or NOBODY
    seen = await _sweep(surface, service, routes, session)
    if seen.broken:
        return failed("failures.sweep-broken", routes=listed(seen.broken), actor=session.actor)
    if seen.forbidden and session.actor == "admin":
        return failed("failures.sweep-forbidden", routes=listed(seen.forbidden))
    return passed(
        "checks.sweep-ok",
        count=seen.asked,
        actor=session.actor,
        skipped=listed(seen.skipped),
        slow=listed(seen.slow),
    )


async def _as_nobody(surface: Surface, *, service: ServiceSurface) -> Outcome:
    routes = surface.routes_of(service)
    if not routes:
        return unchecked("checks.no-routes")
    seen = await _sweep(surface, service, routes, NOBODY)
    if seen.broken:
        return failed("failures.sweep-broken", routes=listed(seen.broken), actor=NOBODY.actor)
    guarded = {route.path for route in guarded_routes(service)}
    leaks = [path for path in seen.open if path in guarded]
    if leaks:
        return failed("failures.open-guarded", routes=listed(leaks))
    return passed("checks.open-ok", count=seen.asked, open=len(seen.open), routes=listed(seen.open))


async def _sweep(surface: Surface, service: ServiceSurface, routes: Sequence[Route], session: Session) -> _Seen:
    seen = _Seen()
    for route in [route for route in routes if route.method == "GET"][:_MOST_ROUTES]:
        needed = _needed(route)
        if needed:
            seen.skipped.append(f"{route.path} ({needed})")
            continue
        seen.asked += 1
        await _ask(surface, service.url + route.path, route.path, session, seen)
    return seen


def _needed(route: Route) -> str:
    """Return why a route is left alone: values that nobody can invent, or a name that says it does something."""
    last = route.path.rstrip("/").rpartition("/")[2].lower()
    if last.replace("_", "-") in _NOT_READING:
        return "GET"
    required = [one.name for one in route.parameters if one.required and one.where in ("path", "query")]
    in_path = [part.strip("{}").partition(":")[0] for part in route.path.split("/") if part.startswith("{")]
    return ", ".join(dict.fromkeys([*in_path, *required]))


async def _ask(surface: Surface, url: str, path: str, session: Session, seen: _Seen) -> None:
    try:
        async with surface.clock.timeout(_ROUTE_SECONDS):
            status = (await surface.get(url, session.headers, follow=False)).status
    except TimeoutError:
        seen.slow.append(path)
        return
    except WizardError:
        seen.broken.append(f"{path} (-)")
        return
    if status >= _BROKEN:
        seen.broken.append(f"{path} ({status})")
    elif status == _FORBIDDEN:
        seen.forbidden.append(path)
    elif _SUCCESS <= status < _REDIRECTS:
        seen.open.append(path)


def listed(names: list[str]) -> str:
    """Return names for a sentence: the first ones, and how many more there are."""
    more = len(names) - _NAMED
    return (", ".join(names[:_NAMED]) + (f", +{more}" if more > 0 else "")) or "-"
