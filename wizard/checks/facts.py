"""What the code says about a service that answers programs: routes, accounts, guard, CORS, what it reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.secrets import Secret
from wizard.source.auth import Auth, read_auth
from wizard.source.env_reads import Environment
from wizard.source.fastapi_app import AsgiApp, read_apps
from wizard.source.location import SourceLocation
from wizard.source.models import Table, UsersTable, read_tables, users_table
from wizard.source.python_module import keyword
from wizard.source.python_sources import PythonSources
from wizard.source.python_values import text
from wizard.source.routes import Route
from wizard.text import Quote

_LOGINS, _PASSWORDS = ("email", "username", "login"), ("password", "hashed_password", "password_hash", "plain_password")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiFacts:
    """What is known before the service is asked.

    Attributes:
        app: None where the code was not understood: the deployed application is asked instead.
        cors_variables: variables the allowed origins come from.
        cors_lines: lines that list allowed origins literally.
        reads: environment variables the code reads; None where unknown.
        accounts: (login, password) pairs written in the code.
    """

    app: AsgiApp | None = None
    auth: Auth | None = None
    tables: tuple[Table, ...] = ()
    cors_variables: tuple[str, ...] = ()
    cors_lines: tuple[Quote, ...] = ()
    reads: frozenset[str] | None = None
    accounts: tuple[tuple[str, Secret], ...] = ()

    @property
    def routes(self) -> tuple[Route, ...]:
        """The routes of the code."""
        return self.app.routes if self.app else ()

    @property
    def users(self) -> UsersTable | None:
        """The table of accounts as the models declare it."""
        return users_table(self.tables)

    @property
    def written_origins(self) -> tuple[str, ...]:
        """Origins that CORS lets in whatever the variables say."""
        return tuple(origin for cors in self.app.cors for origin in cors.literal_origins) if self.app else ()

    @property
    def allow_credentials(self) -> bool:
        """Whether CORS lets a browser send cookies."""
        return any(cors.allow_credentials for cors in self.app.cors) if self.app else False


def read_api_facts(sources: PythonSources) -> ApiFacts:
    """Read a Python service; the application with most routes is the one that is deployed."""
    apps = read_apps(sources)
    environment = Environment(sources)
    app = apps[0] if apps else None
    cors = app.cors if app else ()
    behind = [read.name for one in cors for read in environment.behind(one.scope, one.origins)]
    return ApiFacts(
        app=app,
        auth=read_auth(sources, app.routes, environment) if app else None,
        tables=read_tables(sources),
        cors_variables=tuple(dict.fromkeys(behind)),
        cors_lines=tuple(_line(sources, one.written_at) for one in cors if one.literal_origins),
        reads=frozenset(read.name for read in environment.reads),
        accounts=tuple(dict.fromkeys([*_called(sources), *_defaults(environment)])),
    )


def _line(sources: PythonSources, place: SourceLocation) -> Quote:
    text = sources.tree.text(place.path)
    lines = text.split("\n") if isinstance(text, str) else []
    return Quote(place.path, place.line, lines[place.line - 1].strip() if place.line <= len(lines) else "")


def _called(sources: PythonSources) -> Iterator[tuple[str, Secret]]:
    """Yield accounts a call creates: `User(email="a@b.c", password=hash_password("word"))`."""
    for scope, node in sources.nodes():
        if not isinstance(node, ast.Call):
            continue
        login = next((found for name in _LOGINS if (found := text(sources, scope, keyword(node, name)))), None)
        given = next((word for name in _PASSWORDS if (word := keyword(node, name))), None)
        inner = given.args[0] if isinstance(given, ast.Call) and given.args else given
        password = text(sources, scope, inner)
        if login and password:
            yield login, Secret(password)


def _defaults(environment: Environment) -> Iterator[tuple[str, Secret]]:
    """Yield an administrator that settings bring as their defaults."""
    admin = {read.name.lower(): read.default for read in environment.reads if read.default}
    for name, password in admin.items():
        prefix, found, _ = name.partition("password")
        if not found or not any(word in prefix for word in ("admin", "superuser", "root")):
            continue
        for end in ("email", "username", "login", "user"):
            login = admin.get(f"{prefix}{end}")
            if login:
                yield login, Secret(password)
