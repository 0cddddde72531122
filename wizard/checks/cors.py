"""Whether browsers may ask: the real frontend's origin is let in, a foreign one and everybody are not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wizard.checks.accounts import Accounts
from wizard.checks.check import Check, Outcome, Stage, failed, passed
from wizard.checks.session import NOBODY, Session
from wizard.checks.surface import ServiceSurface, Surface
from wizard.http import HttpAnswer
from wizard.messages import message
from wizard.plan.references import parse
from wizard.platform.values import Reference
from wizard.text import Quote

ALLOWED, CREDENTIALS = "access-control-allow-origin", "access-control-allow-credentials"
_HEADERS = "authorization, content-type"
_ERRORS, _BROKEN = 400, 500


def cors_checks(surface: Surface) -> Iterator[Check]:
    """One check a service that answers programs and an origin whose pages ask it."""
    for service in surface.apis:
        origins = _origins(surface, service)
        for origin in origins:
            title = message("checks.cors", service=service.name, origin=origin)
            id_ = f"cors.{service.name}" if len(origins) == 1 else f"cors.{service.name}.{origin.partition('://')[2]}"
            check = partial(_check, service=service, origin=origin)
            yield Check(id=id_, title=title, run=check, stage=Stage.SIGNED_IN)


def _origins(surface: Surface, service: ServiceSurface) -> tuple[str, ...]:
    """Return the origins of pages; without pages, those that the service's own variables let in."""
    pages = surface.pages or tuple(
        surface.services[name] for name in _let_in(surface, service) if name in surface.services
    )
    return tuple(dict.fromkeys(origin for page in pages for origin in page.origins))


def _let_in(surface: Surface, service: ServiceSurface) -> Iterator[str]:
    for value in surface.plan.services[service.name].variables.values():
        parsed = parse(value) if isinstance(value, str) else None
        if isinstance(parsed, Reference):
            yield from (output.resource for output in parsed.outputs if output.output in ("url", "urls"))


async def _check(surface: Surface, *, service: ServiceSurface, origin: str) -> Outcome:
    variables = ", ".join(service.api.cors_variables) if service.api else ""
    names = {"origin": origin, "variables": variables or "CORS"}
    preflight = await _preflight(surface, service, origin)
    allowed = preflight.headers.get(ALLOWED, "-")
    if allowed == "*":
        return failed("failures.cors-everybody", *_lines(service), **names)
    if preflight.status >= _ERRORS or allowed != origin:
        return await _refused(surface, service, origin, preflight, names)
    session = await _session(surface, service)
    path = _me(service) if session.headers else None
    answer = await surface.get(
        service.url + (path or _readable(surface, service)), {**session.headers, "Origin": origin}
    )
    if answer.headers.get(ALLOWED) != origin:
        return failed("failures.cors-unreadable", allowed=answer.headers.get(ALLOWED, "-"), **names)
    if _needs_credentials(service, session) and answer.headers.get(CREDENTIALS) != "true":
        return failed("failures.cors-credentials", **names)
    foreign = f"https://{surface.nonce}.example"
    seen = (await _preflight(surface, service, foreign)).headers.get(ALLOWED, "-")
    if seen in (foreign, "*"):
        return failed("failures.cors-foreign", foreign=foreign, allowed=seen, **names)
    return passed("checks.cors-ok", status=preflight.status, origin=origin)


async def _refused(
    surface: Surface, service: ServiceSurface, origin: str, preflight: HttpAnswer, names: dict[str, str]
) -> Outcome:
    """Tell why a page is not let in: nobody answers, the code lists others, or the variable holds others."""
    allowed = preflight.headers.get(ALLOWED, "-")
    seen = _quoted(origin, preflight)
    if preflight.status >= _BROKEN:
        return failed("failures.cors-broken", seen, status=preflight.status, service=service.name, **names)
    written = service.api.written_origins if service.api else ()
    if written and service.api:
        let_in = _quoted(written[0], await _preflight(surface, service, written[0]))
        lines, where = service.api.cors_lines, ", ".join(line.place for line in service.api.cors_lines)
        told = {"written": ", ".join(written), "where": where, "service": service.name, **names}
        return failed("failures.cors-written", seen, let_in, *lines, **told)
    return failed("failures.cors-refused", seen, status=preflight.status, allowed=allowed, **names)


def _quoted(origin: str, answer: HttpAnswer) -> Quote:
    """Return what a page of this origin is answered, as one line."""
    return Quote("OPTIONS", 0, f"Origin: {origin} -> {answer.status}, {ALLOWED}: {answer.headers.get(ALLOWED, '-')}")


def _lines(service: ServiceSurface) -> tuple[Quote, ...]:
    return service.api.cors_lines if service.api else ()


async def _preflight(surface: Surface, service: ServiceSurface, origin: str) -> HttpAnswer:
    route = Accounts(surface, service).login_route
    path = route.route.path if route else _readable(surface, service)
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST" if route else "GET",
        "Access-Control-Request-Headers": _HEADERS,
    }
    return await surface.http.request("OPTIONS", service.url + path, headers=headers)


def _readable(surface: Surface, service: ServiceSurface) -> str:
    """Return a path that answers anybody."""
    health = surface.plan.services[service.name].health
    return health.path if health else "/"


async def _session(surface: Surface, service: ServiceSurface) -> Session:
    accounts = Accounts(surface, service)
    return await accounts.session("user") or await accounts.session("admin") or NOBODY


def _me(service: ServiceSurface) -> str | None:
    auth = service.api.auth if service.api else None
    return auth.me.path if auth and auth.me else None


def _needs_credentials(service: ServiceSurface, session: Session) -> bool:
    """Cookies only travel where the server says so; a token in a header needs no such word."""
    declared = service.api.allow_credentials if service.api else False
    return declared or "Cookie" in session.headers
