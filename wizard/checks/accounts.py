"""Acting as somebody: the probe account, the administrator, or nobody, logged in once for all checks of a service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.checks.forms import credentials_body, registration_body, send
from wizard.checks.json_path import AbsentError, at_path
from wizard.checks.session import NOBODY, Session
from wizard.checks.surface import Credential, ServiceSurface, Surface
from wizard.http import HttpAnswer
from wizard.plan.checks import Actor, LoginCheck
from wizard.secrets import Secret
from wizard.source.auth import CredentialsRoute, find_credentials
from wizard.source.location import SourceLocation
from wizard.source.routes import BodyEncoding, Route

_TOKENS = ("access_token", "accessToken", "token", "jwt", "id_token", "auth_token", "session_token")
_COOKIES = re.compile(r",\s*(?=[^;,\s]+=)")
_DEPTH = 4
_SUCCESS, _REDIRECTS, _ERRORS = 200, 300, 400


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one service; sessions are the surface's, so that nobody logs in twice."""

    surface: Surface
    service: ServiceSurface

    @property
    def declared(self) -> LoginCheck | None:
        """The plan's own word on how to log in."""
        plan = self.surface.plan
        logins = (check for check in plan.checks if isinstance(check, LoginCheck))
        return next((check for check in logins if plan.service_of(check) == self.service.name), None)

    @property
    def login_route(self) -> CredentialsRoute | None:
        """Where one logs in: the plan's word, else the code's, else the deployed application's own."""
        known = self._found("login")
        return _declared(self.declared, known) if self.declared else known

    @property
    def register_route(self) -> CredentialsRoute | None:
        """Where one registers."""
        return self._found("register")

    def _found(self, purpose: str) -> CredentialsRoute | None:
        auth = self.service.api.auth if self.service.api else None
        if auth is not None:
            return auth.login if purpose == "login" else auth.register
        login, register = find_credentials(self.surface.routes_of(self.service))
        return login if purpose == "login" else register

    async def session(self, actor: Actor) -> Session | None:
        """Return a session of the actor; None where there is no account or no way to log in."""
        if actor == "nobody":
            return NOBODY
        known, key = self.surface.sessions, (self.service.name, actor)
        if key not in known:
            credential = self.surface.admin if actor == "admin" else self.surface.probe
            known[key] = await self._logged_in(actor, credential) if credential else None
        return known[key]

    def forget(self, actor: Actor) -> None:
        """Log in again at the next question."""
        self.surface.sessions.pop((self.service.name, actor), None)

    async def _logged_in(self, actor: Actor, credential: Credential) -> Session | None:
        answer = await self.log_in(credential)
        return self.session_of(actor, answer) if answer else None

    async def log_in(self, credential: Credential) -> HttpAnswer | None:
        """Try to log in by e-mail, then by name; returns the last answer, None where no route is known."""
        route, answer = self.login_route, None
        for identity in _identities(route, credential):
            answer = await self.attempt(identity, credential.password)
            if answer is None or _SUCCESS <= answer.status < _ERRORS:
                break
        return answer

    async def attempt(self, identity: str, password: Secret) -> HttpAnswer | None:
        """Send one login with this very identity and password."""
        route = self.login_route
        if route is None:
            return None
        return await send(self.surface.http, self.service.url, route, credentials_body(route, identity, password))

    async def register(self) -> HttpAnswer | None:
        """Register the probe account; None where no route is known."""
        route = self.register_route
        if route is None:
            return None
        body = registration_body(route, self.surface.probe)
        return await send(self.surface.http, self.service.url, route, body)

    def session_of(self, actor: Actor, answer: HttpAnswer) -> Session | None:
        """Read token or cookie from a login's answer; None where it was refused or carries neither."""
        if not _SUCCESS <= answer.status < _ERRORS:
            return None
        token = self._token(answer)
        if token:
            return Session(actor, {"Authorization": f"Bearer {token}"}, Secret(token))
        cookies = "; ".join(_cookies(answer))
        return Session(actor, {"Cookie": cookies}) if cookies else None

    def _token(self, answer: HttpAnswer) -> str | None:
        try:
            content = answer.json()
            declared = self.declared
            if declared and declared.token:
                found = at_path(content, declared.token)
                return found if isinstance(found, str) else None
        except (ValueError, AbsentError):
            return None
        return next(_tokens(content, _DEPTH), None)


def _declared(check: LoginCheck, known: CredentialsRoute | None) -> CredentialsRoute:
    encodings = {"json": BodyEncoding.JSON, "form": BodyEncoding.FORM}
    encoding = encodings[check.encoding] if check.encoding else known.encoding if known else BodyEncoding.JSON
    route = Route("POST", check.path, "", SourceLocation("wizard.toml"), encoding=encoding)
    identifier = check.email_field or (known.identifier if known else "email")
    password = check.password_field or (known.password if known else "password")
    return CredentialsRoute(route, identifier, password, encoding, known.extra_required if known else ())


def _identities(route: CredentialsRoute | None, credential: Credential) -> tuple[str, ...]:
    """An identifier called `email` takes nothing else; one called `username` is often the e-mail in truth."""
    if route is None or "mail" in route.identifier:
        return (credential.email,)
    return tuple(dict.fromkeys((credential.email, credential.username)))


def _tokens(value: object, depth: int) -> Iterator[str]:
    if not isinstance(value, dict) or not depth:
        return
    yield from (found for name in _TOKENS if isinstance(found := value.get(name), str) and found)
    for inner in value.values():
        yield from _tokens(inner, depth - 1)


def _cookies(answer: HttpAnswer) -> Iterator[str]:
    """Yield `name=value` of every cookie that is set; several headers arrive joined by commas."""
    for cookie in _COOKIES.split(answer.headers.get("set-cookie", "")):
        pair = cookie.partition(";")[0].strip()
        if pair.partition("=")[2]:
            yield pair
