"""Accounts that everybody knows, and those written in the code, must not open the door."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.check import Check, Outcome, Stage, failed, passed, unchecked
from wizard.checks.surface import ServiceSurface, Surface
from wizard.messages import message
from wizard.secrets import Secret

_EVERYBODY_KNOWS = (
    ("admin@example.com", "admin"),
    ("admin@example.com", "password"),
    ("admin@example.com", "admin123"),
    ("admin@admin.com", "admin"),
    ("admin", "admin"),
    ("admin", "password"),
    ("test@example.com", "test"),
)
_MOST_OF_THE_CODE = 8
_TOO_MANY = 429


def default_account_checks(surface: Surface) -> Iterator[Check]:
    """One check a service with a login."""
    for service in surface.apis:
        title = message("checks.default-accounts", service=service.name)
        check = partial(_check, service=service)
        yield Check(id=f"default-accounts.{service.name}", title=title, run=check, stage=Stage.SIGNED_IN)


async def _check(surface: Surface, *, service: ServiceSurface) -> Outcome:
    accounts = Accounts(surface, service)
    if accounts.login_route is None:
        return unchecked("checks.login-none")
    tried = 0
    for login, password in _known(surface, service):
        answer = await accounts.attempt(login, password)
        if answer is None or answer.status == _TOO_MANY:
            break
        if accounts.session_of("user", answer):
            return failed("failures.default-account-open", login=login, status=answer.status)
        tried += 1
    if not tried:
        return unchecked("checks.default-accounts-limited")
    return passed("checks.default-accounts-closed", count=tried)


def _known(surface: Surface, service: ServiceSurface) -> Iterator[tuple[str, Secret]]:
    """Yield accounts of the code, then the usual ones; the administrator's own login is not shaken at."""
    written = service.api.accounts[:_MOST_OF_THE_CODE] if service.api else ()
    usual = tuple((login, Secret(password)) for login, password in _EVERYBODY_KNOWS)
    route = Accounts(surface, service).login_route
    for login, password in dict.fromkeys([*written, *usual]):
        is_mail_only = route is not None and "mail" in route.identifier and "@" not in login
        if not is_mail_only:
            yield login, password
