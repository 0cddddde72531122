"""A connection to PostgreSQL through a way that may need a moment to open: patience for it, none for a refusal."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

from wizard.clock import Clock
from wizard.errors import FailedError
from wizard.secrets import Secret

Connection = psycopg.AsyncConnection[tuple[object, ...]]
"""What the modules of this package read and write through; rows are tuples."""

READY_SECONDS = 60.0
"""A fresh proxy answers within seconds; this is when waiting ends."""
RETRY_SECONDS = 0.5
_CONNECT_SECONDS = 10
_LOOPBACK = "127.0.0.1"
_TRANSIENT = ("starting up", "shutting down", "too many", "recovery mode")
"""What PostgreSQL's FATAL lines say when another try makes sense."""

_VARIABLES = {
    "postgres": ("DATABASE_URL", ("PGUSER", "POSTGRES_USER"), ("PGPASSWORD", "POSTGRES_PASSWORD")),
    "redis": ("REDIS_URL", ("REDISUSER",), ("REDISPASSWORD", "REDIS_PASSWORD")),
}
_DATABASE_NAMES = ("PGDATABASE", "POSTGRES_DB")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a database answers from here.

    Attributes:
        database: its name in the plan.
    """

    database: str
    host: str
    port: int

    @property
    def address(self) -> str | None:
        """The IP address, where it is known without asking a resolver: `*.localhost` is loopback by definition."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return _LOOPBACK
        try:
            return str(ipaddress.ip_address(self.host))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Login:
    """Who enters a database; `database` is PostgreSQL's name of it."""

    user: str
    password: Secret
    database: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


def login_of(engine: str, name: str, variables: Mapping[str, Secret]) -> Login:
    """Read the login from a database's rendered variables: single ones first, else its URL; raises FailedError."""
    url_name, users, passwords = _VARIABLES[engine]
    url = urlsplit(variables[url_name].reveal()) if url_name in variables else urlsplit("")
    user = _first(variables, users) or unquote(url.username or "")
    password = _first(variables, passwords) or unquote(url.password or "")
    database = _first(variables, _DATABASE_NAMES) or unquote(url.path.lstrip("/"))
    if not password:
        raise FailedError("database.no-credential", name=name, variables=", ".join((url_name, *passwords)))
    return Login(user or "default", Secret(password), database)


def _first(variables: Mapping[str, Secret], names: tuple[str, ...]) -> str:
    return next((variables[name].reveal() for name in names if variables.get(name)), "")


async def connect_postgres(endpoint: Endpoint, login: Login, clock: Clock) -> Connection:
    """Connect with autocommit on; raises FailedError for a refusal, or for silence after READY_SECONDS."""
    deadline = clock.monotonic() + READY_SECONDS
    while True:
        try:
            with clock.busy():
                return await psycopg.AsyncConnection.connect(_conninfo(endpoint, login), autocommit=True)
        except psycopg.OperationalError as error:
            reason = _reason(error, login)
            if _is_refusal(reason):
                raise FailedError("database.refused", name=endpoint.database, reason=reason) from None
            if clock.monotonic() >= deadline:
                raise FailedError(
                    "database.unreachable", name=endpoint.database, address=_shown(endpoint), reason=reason
                ) from None
        await clock.sleep(RETRY_SECONDS)


def _conninfo(endpoint: Endpoint, login: Login) -> str:
    """Build libpq's connection string; TLS is taken where it is offered: the platform's certificate is self-signed."""
    return make_conninfo(
        host=endpoint.host,
        hostaddr=endpoint.address,
        port=endpoint.port,
        user=login.user,
        password=login.password.reveal(),
        dbname=login.database or login.user,
        sslmode="prefer",
        connect_timeout=_CONNECT_SECONDS,
        application_name="railwizard",
    )


def _reason(error: psycopg.Error, login: Login) -> str:
    """Return the last line libpq said, without the password should it ever be quoted."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[-1].strip().replace(login.password.reveal(), "***")


def _is_refusal(reason: str) -> bool:
    """Tell a server's final no from a way that is not open yet."""
    return "FATAL:" in reason and not any(word in reason for word in _TRANSIENT)


def _shown(endpoint: Endpoint) -> str:
    return f"{endpoint.host}:{endpoint.port}"
