"""Accounts: one is registered and stored in the plan's database, logs in, and not with a wrong password."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.check import Check, Outcome, Stage, excerpt, failed, milliseconds, passed, unchecked
from wizard.checks.flow import asked
from wizard.checks.placement import databases_of, stored_account
from wizard.checks.surface import Credential, ServiceSurface, Surface
from wizard.http import HttpAnswer
from wizard.messages import message
from wizard.plan.checks import LoginCheck
from wizard.secrets import Secret

_SUCCESS, _REDIRECT = 200, 300
_REFUSALS = frozenset({400, 401, 403, 404, 422})
_TOO_MANY = 429


def login_checks(surface: Surface) -> Iterator[Check]:
    """Registration, the stored row and login for every service that has them; the plan's own logins."""
    for service in surface.apis:
        name = service.name
        register = partial(_register, service=service)
        title = message("checks.register", service=name)
        yield Check(id=f"register.{name}", title=title, run=register, stage=Stage.ACCOUNTS, effect="write")
        title = message("checks.stored", service=name)
        stored = partial(_stored, service=service)
        yield Check(id=f"stored.{name}", title=title, run=stored, stage=Stage.SIGNED_IN, effect="write")
        title = message("checks.login", service=name)
        yield Check(id=f"login.{name}", title=title, run=partial(_login, service=service), stage=Stage.ACCOUNTS)
    for number, declared in enumerate(surface.plan.checks, 1):
        if isinstance(declared, LoginCheck) and declared.actor == "admin":
            yield Check(
                id=f"login.{number}",
                title=message("checks.plan-check", name=declared.name),
                run=partial(_declared, declared=declared),
                stage=Stage.ACCOUNTS,
                weight=declared.weight,
                seconds=declared.timeout,
            )


async def _register(surface: Surface, *, service: ServiceSurface) -> Outcome:
    accounts = Accounts(surface, service)
    if accounts.register_route is None:
        return unchecked("checks.register-none")
    if accounts.login_route and await accounts.session("user"):
        return passed("checks.register-before", email=surface.probe.email)
    path = accounts.register_route.route.path
    answer = await accounts.register()
    if answer is None or not _SUCCESS <= answer.status < _REDIRECT:
        status, body = (answer.status, excerpt(answer.text)) if answer else (0, "")
        return failed("failures.register-refused", path=path, status=status, body=body, email=surface.probe.email)
    accounts.forget("user")
    return passed(
        "checks.register-ok",
        path=path,
        status=answer.status,
        ms=milliseconds(answer.seconds),
        email=surface.probe.email,
    )


async def _stored(surface: Surface, *, service: ServiceSurface) -> Outcome:
    """Prove that accounts live in the database the plan made, not in a file inside the container."""
    if surface.databases is None:
        return unchecked("checks.no-access")
    if not databases_of(surface.plan, service.name, "postgres"):
        return unchecked("checks.no-postgres")
    known = Accounts(surface, service)
    who = surface.probe if known.register_route else surface.admin
    if who is None:
        return unchecked("checks.register-none")
    table, account = await stored_account(surface, service, who.email, who.username)
    if account is None:
        return failed("failures.stored-nowhere", login=who.email, table=table)
    return passed("checks.stored-ok", login=account.login, table=table)


async def _login(surface: Surface, *, service: ServiceSurface) -> Outcome:
    accounts = Accounts(surface, service)
    if accounts.login_route is None:
        return unchecked("checks.login-none")
    who = await _known_account(surface, accounts)
    if who is None:
        return _nobody_known(surface, accounts)
    return await _proved(surface, accounts, who)


async def _known_account(surface: Surface, accounts: Accounts) -> Credential | None:
    """Return somebody who can log in; the probe first."""
    if await accounts.session("user"):
        return surface.probe
    return surface.admin if surface.admin and await accounts.session("admin") else None


def _nobody_known(surface: Surface, accounts: Accounts) -> Outcome:
    path = accounts.login_route.route.path if accounts.login_route else "-"
    may_register = accounts.register_route is not None and "write" in surface.allow
    if may_register or surface.admin is not None:
        return failed("failures.login-refused", path=path, email=surface.probe.email)
    return unchecked("checks.login-nobody")


async def _proved(surface: Surface, accounts: Accounts, who: Credential) -> Outcome:
    route = accounts.login_route
    path = route.route.path if route else "-"
    answer = await accounts.log_in(who)
    if answer is None or not accounts.session_of("user", answer):
        return failed("failures.login-refused", path=path, email=who.email)
    wrong = await accounts.log_in(Credential(email=who.email, username=who.username, password=_wrong(surface)))
    if wrong is None or wrong.status not in _REFUSALS | {_TOO_MANY}:
        return _wrong_accepted(accounts, wrong, path)
    return passed(
        "checks.login-ok", path=path, status=answer.status, ms=milliseconds(answer.seconds), wrong=wrong.status
    )


def _wrong_accepted(accounts: Accounts, answer: HttpAnswer | None, path: str) -> Outcome:
    status = answer.status if answer else 0
    if answer and accounts.session_of("user", answer):
        return failed("failures.login-any-password", path=path, status=status)
    return failed("failures.login-wrong-status", path=path, status=status, body=excerpt(answer.text if answer else ""))


def _wrong(surface: Surface) -> Secret:
    """Return a password nobody has, of a form that validation lets through."""
    return Secret(f"Wrong-1-{surface.nonce}"[:40])


async def _declared(surface: Surface, *, declared: LoginCheck) -> Outcome:
    service = asked(surface, surface.plan.service_of(declared))
    if service is None:
        return unchecked("checks.no-service")
    if surface.admin is None:
        return unchecked("checks.no-admin")
    return await _proved(surface, Accounts(surface, service), surface.admin)
