"""The account that checks act as is removed where the application removes accounts, else named as staying."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.check import Check, Outcome, Stage, passed, unchecked
from wizard.checks.session import Session
from wizard.checks.surface import ServiceSurface, Surface
from wizard.messages import message
from wizard.source.routes import Route

_OWN = ("me", "account", "profile", "self")
_SUCCESS, _REDIRECT = 200, 300


def cleanup_checks(surface: Surface) -> Iterator[Check]:
    """Last of the writes: the probe account is removed where a route removes it, else it is named as staying."""
    for service in surface.apis:
        title = message("checks.cleanup", service=service.name)
        check = partial(_check, service=service)
        yield Check(
            id=f"cleanup.{service.name}", title=title, run=check, stage=Stage.CLEANUP, effect="write", weight="should"
        )


async def _check(surface: Surface, *, service: ServiceSurface) -> Outcome:
    accounts = Accounts(surface, service)
    session = await accounts.session("user") if accounts.login_route else None
    if session is None:
        return unchecked("checks.cleanup-nothing")
    email = surface.probe.email
    route = _removal(surface, service)
    if route and await _remove(surface, service, route, session):
        accounts.forget("user")
        if not await _still_there(accounts):
            return passed("checks.cleanup-ok", email=email, path=route.path)
    surface.left_behind.append(email)
    return passed("checks.cleanup-stays", email=email)


def _removal(surface: Surface, service: ServiceSurface) -> Route | None:
    """Find a route by which an account removes itself."""
    deletes = [route for route in surface.routes_of(service) if route.method == "DELETE" and "{" not in route.path]
    return next((route for route in deletes if route.path.rstrip("/").rpartition("/")[2].lower() in _OWN), None)


async def _remove(surface: Surface, service: ServiceSurface, route: Route, session: Session) -> bool:
    answer = await surface.http.request("DELETE", service.url + route.path, headers=session.headers)
    return _SUCCESS <= answer.status < _REDIRECT


async def _still_there(accounts: Accounts) -> bool:
    return await accounts.session("user") is not None
