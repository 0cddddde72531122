"""The built bundle: what a browser is given names exactly the addresses the plan gave to the build.

A build freezes public variables into scripts. A stale or local address there is what no health check sees: pages
load, and every request of theirs goes to another machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urljoin, urlsplit

from wizard.checks.check import Check, Outcome, failed, passed, unchecked
from wizard.checks.html import read_page
from wizard.checks.surface import ServiceSurface, Surface, origin_of
from wizard.messages import message
from wizard.plan.references import parse
from wizard.platform.values import OutputRef, Reference
from wizard.source.written_addresses import ORIGIN
from wizard.text import Quote

PUBLIC_PREFIXES = ("NEXT_PUBLIC_", "VITE_", "REACT_APP_", "PUBLIC_", "NUXT_PUBLIC_", "GATSBY_")
"""Variables that build tools copy into what browsers get."""

_SCRIPT = re.compile(r"""["'`(]([^"'`()\s\\]*?static/[\w./~%()\[\]@-]+?\.js)(?:\?[^"'`]*)?\\?["'`)]""")
_LOOPBACKS = ("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "::1")  # noqa: S104 - names looked for, not bound
_PLATFORM_HOSTS = (".up.railway.app", ".railway.internal", ".localhost")
_MOST_FILES, _MOST_PAGES = 400, 25
_OK = 200
_NAMED, _NEAR = 3, 60


@dataclass(slots=True)
class _Bundle:
    """Everything a browser was given, with the addresses in it and where each was seen first."""

    pages: set[str] = field(default_factory=set)
    scripts: dict[str, None] = field(default_factory=dict)
    origins: dict[str, Quote] = field(default_factory=dict)

    def read(self, url: str, text: str) -> None:
        plain = text.replace("\\/", "/")
        for match in ORIGIN.finditer(plain):
            origin = match[0].lower()
            if origin not in self.origins:
                near = plain[max(0, match.start() - _NEAR) : match.end() + _NEAR]
                self.origins[origin] = Quote(urlsplit(url).path or "/", 0, " ".join(near.split()))


def bundle_checks(surface: Surface) -> Iterator[Check]:
    """One check a service of pages."""
    for service in surface.pages:
        title = message("checks.bundle", service=service.name)
        yield Check(id=f"bundle.{service.name}", title=title, run=partial(_check, service=service), seconds=120)


async def _check(surface: Surface, *, service: ServiceSurface) -> Outcome:
    expected = expected_origins(surface, service)
    bundle = await _fetch(surface, service)
    allowed = {*expected, *service.origins}
    strange = {origin: where for origin, where in bundle.origins.items() if origin not in allowed and _is_app(origin)}
    count = len(bundle.scripts)
    if strange:
        return _foreign(service, dict(list(strange.items())[:_NAMED]), ", ".join(expected) or "-")
    if not expected:
        return unchecked("checks.bundle-nothing")
    missing = [f"{origin} ({name})" for origin, name in expected.items() if origin not in bundle.origins]
    if missing:
        return failed("failures.bundle-missing", origins=", ".join(missing), count=count, service=service.name)
    return passed("checks.bundle-ok", origins=", ".join(expected), count=count, pages=len(bundle.pages))


def _foreign(service: ServiceSurface, strange: Mapping[str, Quote], expected: str) -> Outcome:
    """Tell which addresses browsers were given, in which chunks, and where the code has them from."""
    written = tuple(one.quote for one in service.written if one.origin in strange)[:_NAMED]
    told = {
        "origins": ", ".join(f"{origin} ({_file(quote.source)})" for origin, quote in strange.items()),
        "expected": expected,
        "service": service.name,
    }
    if not written:
        return failed("failures.bundle-foreign", *strange.values(), **told)
    where = ", ".join(quote.place for quote in written)
    return failed("failures.bundle-written", *strange.values(), *written, where=where, **told)


def expected_origins(surface: Surface, service: ServiceSurface) -> Mapping[str, str]:
    """Return the origins public variables refer to, with the first variable that does; unread variables count not."""
    found: dict[str, str] = {}
    for name, value in surface.plan.services[service.name].variables.items():
        if not name.startswith(PUBLIC_PREFIXES) or not isinstance(value, str):
            continue
        if service.reads is not None and name not in service.reads:
            continue
        parsed = parse(value)
        for output in parsed.outputs if isinstance(parsed, Reference) else ():
            for origin in _origins(surface, output):
                found.setdefault(origin, name)
    return found


def _origins(surface: Surface, output: OutputRef) -> tuple[str, ...]:
    target = surface.services.get(output.resource)
    if target is None:
        return ()
    by_output = {"url": (target.url,), "ws_url": (target.ws_url,), "urls": target.urls}
    return tuple(origin_of(url) for url in by_output.get(output.output, ()))


async def _fetch(surface: Surface, service: ServiceSurface) -> _Bundle:
    """Read the pages of the code and those one comes to by links, and every script they and their scripts name."""
    bundle, waiting = _Bundle(), [f"{service.url}{path}" for path in ("/", *service.paths)]
    while waiting and len(bundle.pages) < _MOST_PAGES:
        url = waiting.pop(0)
        if url in bundle.pages:
            continue
        bundle.pages.add(url)
        answer = await surface.get(url)
        if answer.status != _OK or "html" not in answer.headers.get("content-type", ""):
            continue
        bundle.read(url, answer.text)
        page = read_page(answer.text, answer.url)
        waiting += [link for link in page.links if origin_of(link) in service.origins]
        named = [*page.assets, *_scripts_in(answer.text, service)]
        await _fetch_scripts(surface, service, bundle, [one for one in named if urlsplit(one).path.endswith(".js")])
    return bundle


async def _fetch_scripts(surface: Surface, service: ServiceSurface, bundle: _Bundle, scripts: list[str]) -> None:
    waiting = list(scripts)
    while waiting and len(bundle.scripts) < _MOST_FILES:
        url = waiting.pop(0)
        if url in bundle.scripts or origin_of(url) not in service.origins:
            continue
        answer = await surface.get(url)
        if answer.status != _OK:
            continue
        bundle.scripts[url] = None
        bundle.read(url, answer.text)
        waiting += _scripts_in(answer.text, service)


def _scripts_in(text: str, service: ServiceSurface) -> list[str]:
    """Return scripts named inside other scripts or inline data: builders name them below their own folder."""
    found = []
    for path in dict.fromkeys(_SCRIPT.findall(text.replace("\\/", "/"))):
        inner = path.partition("static/")[2]
        relative = path if path.startswith(("/", "http")) else f"/_next/static/{inner}"
        found.append(urljoin(f"{service.url}/", relative))
    return found


def _is_app(origin: str) -> bool:
    """Tell an application's address from a link to the world; a loopback without a port is a library's dummy."""
    parts = urlsplit(origin)
    host = parts.hostname or ""
    if host in _LOOPBACKS:
        return parts.port is not None
    return host.endswith(_PLATFORM_HOSTS)


def _file(path: str) -> str:
    return path.rpartition("/")[2] or "/"
