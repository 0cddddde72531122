"""Everything a check may use: addresses, facts of the code, the plan, accounts, databases, time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from wizard.checks.facts import ApiFacts
from wizard.checks.session import Session
from wizard.clock import Clock
from wizard.database.access import DatabaseAccess
from wizard.http import HttpAnswer, HttpClient
from wizard.plan.checks import Actor, Effect
from wizard.plan.model import Plan
from wizard.secrets import Secret
from wizard.source.routes import Route
from wizard.source.written_addresses import WrittenAddress

READ_ONLY: frozenset[Effect] = frozenset({"read"})
_OTHER_SCHEME = {"http": "ws", "https": "wss"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSurface:
    """A public service as the world sees it.

    Attributes:
        urls: every address without a trailing slash, the generated one first.
        api: its facts where it answers programs; None for a service of pages.
        reads: variables the code of a service of pages reads; None where unknown.
        paths: pages the code has; those that links lead to are found anyway.
        written: addresses that stand in the code of a service of pages.
    """

    name: str
    urls: tuple[str, ...]
    api: ApiFacts | None = None
    reads: frozenset[str] | None = None
    paths: tuple[str, ...] = ()
    written: tuple[WrittenAddress, ...] = ()

    @property
    def url(self) -> str:
        """The first address."""
        return self.urls[0]

    @property
    def origins(self) -> tuple[str, ...]:
        """Scheme, host and port of every address: what a browser calls an origin."""
        return tuple(dict.fromkeys(origin_of(url) for url in self.urls))

    @property
    def ws_url(self) -> str:
        """The first address with the scheme of sockets."""
        scheme, _, rest = self.url.partition("://")
        return f"{_OTHER_SCHEME.get(scheme, scheme)}://{rest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """An account of the deployed application."""

    email: str
    username: str
    password: Secret


Outage = Callable[[str], AbstractAsyncContextManager[None]]
"""Stops a database of the plan for as long as the context lasts."""


@dataclass(slots=True, kw_only=True)
class Surface:
    """What one verification works with.

    Attributes:
        services: public services by plan name.
        probe: the one account of this project that checks act as.
        admin: None where nobody knows the administrator's password.
        databases: None where this run opens no way in; nothing is proved inside a database then.
        nonce: a text that occurs nowhere else.
        allow: effects that are allowed now.
        internet: whether the application may be made to call third parties.
        outage: None where the target cannot stop a database.
        left_behind: what stays in the application after the checks, for people.
        routes: those of services whose code could not be read, once their document was.
        sessions: who is logged in where; None where that was refused.
    """

    plan: Plan
    services: Mapping[str, ServiceSurface]
    clock: Clock
    http: HttpClient
    probe: Credential
    nonce: str
    admin: Credential | None = None
    databases: DatabaseAccess | None = None
    allow: frozenset[Effect] = READ_ONLY
    internet: bool = False
    outage: Outage | None = None
    left_behind: list[str] = field(default_factory=list)
    routes: dict[str, tuple[Route, ...]] = field(default_factory=dict)
    sessions: dict[tuple[str, Actor], Session | None] = field(default_factory=dict)

    @property
    def apis(self) -> tuple[ServiceSurface, ...]:
        """Services that answer programs."""
        return tuple(service for service in self.services.values() if service.api is not None)

    @property
    def pages(self) -> tuple[ServiceSurface, ...]:
        """Services that answer people."""
        return tuple(service for service in self.services.values() if service.api is None)

    def routes_of(self, service: ServiceSurface) -> tuple[Route, ...]:
        """Return the service's routes: those of the code, or else those its OpenAPI document named."""
        known = service.api.routes if service.api else ()
        return known or self.routes.get(service.name, ())

    async def get(self, url: str, headers: Mapping[str, str] | None = None, *, follow: bool = True) -> HttpAnswer:
        """Ask for a URL; raises UnreachableError where no answer comes."""
        return await self.http.request("GET", url, headers=headers, follow_redirects=follow)


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
