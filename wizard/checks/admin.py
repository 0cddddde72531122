"""The administrator: logs in, passes the application's own guard, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.check import Check, Outcome, Stage, excerpt, failed, milliseconds, passed, unchecked
from wizard.checks.session import Session
from wizard.checks.surface import ServiceSurface, Surface
from wizard.messages import message
from wizard.source.routes import Route

_ERRORS = 400
_REFUSALS = frozenset({401, 403, 404})
_FORBIDDEN = 403


def admin_checks(surface: Surface) -> Iterator[Check]:
    """One check a service with accounts, where the plan wants an administrator."""
    if surface.plan.admin is None:
        return
    for service in surface.apis:
        title = message("checks.admin", service=service.name)
        yield Check(
            id=f"admin.{service.name}", title=title, run=partial(_check, service=service), stage=Stage.SIGNED_IN
        )


async def _check(surface: Surface, *, service: ServiceSurface) -> Outcome:
    accounts = Accounts(surface, service)
    if accounts.login_route is None:
        return unchecked("checks.login-none")
    if surface.admin is None:
        return unchecked("checks.no-admin")
    admin = await accounts.session("admin")
    if admin is None:
        return failed("failures.admin-no-login", email=surface.admin.email, path=accounts.login_route.route.path)
    user = await accounts.session("user")
    paths = _guarded(service) or await _guarded_by_behaviour(surface, service, user)
    if not paths:
        return unchecked("checks.admin-no-route", email=surface.admin.email)
    return await _guard_holds(surface, service, paths[0], admin, user)


async def _guard_holds(
    surface: Surface, service: ServiceSurface, path: str, admin: Session, user: Session | None
) -> Outcome:
    answer = await surface.get(service.url + path, admin.headers)
    if answer.status >= _ERRORS:
        return failed("failures.admin-refused", path=path, status=answer.status, body=excerpt(answer.text))
    nobody = (await surface.get(service.url + path, follow=False)).status
    if nobody not in _REFUSALS:
        return failed("failures.admin-open", path=path, status=nobody)
    if user is None:
        return passed("checks.admin-ok-nobody", path=path, ms=milliseconds(answer.seconds), nobody=nobody)
    ordinary = (await surface.get(service.url + path, user.headers, follow=False)).status
    if ordinary not in _REFUSALS:
        return failed("failures.admin-ordinary", path=path, status=ordinary)
    return passed("checks.admin-ok", path=path, ms=milliseconds(answer.seconds), user=ordinary, nobody=nobody)


def guarded_routes(service: ServiceSurface) -> tuple[Route, ...]:
    """Return the routes that the code puts behind its admin guard."""
    auth = service.api.auth if service.api else None
    guard = auth.guard if auth else None
    routes = service.api.routes if service.api else ()
    return tuple(route for route in routes if guard and guard.dependency in (*route.dependencies, route.handler))


def _guarded(service: ServiceSurface) -> tuple[str, ...]:
    return tuple(route.path for route in guarded_routes(service) if easy_to_ask(route))


def easy_to_ask(route: Route) -> bool:
    """Tell whether a GET needs nothing but its path."""
    return route.method == "GET" and "{" not in route.path and not route.required_query


async def _guarded_by_behaviour(surface: Surface, service: ServiceSurface, user: Session | None) -> tuple[str, ...]:
    """Find what refuses an ordinary account though it is logged in: so the guard shows where the code does not tell."""
    if user is None:
        return ()
    for route in surface.routes_of(service):
        if easy_to_ask(route) and (await surface.get(service.url + route.path, user.headers)).status == _FORBIDDEN:
            return (route.path,)
    return ()
