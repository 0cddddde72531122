"""How a service's users register, log in and are recognised, and which setting signs their tokens."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from wizard.source.env_reads import Environment
from wizard.source.guards import AdminGuard, find_admin_guard
from wizard.source.location import SourceLocation
from wizard.source.passwords import PasswordScheme, read_password_scheme
from wizard.source.python_module import argument, keyword
from wizard.source.python_sources import PythonSources, Scope
from wizard.source.routes import BodyEncoding, Route

_LOGIN_WORDS = ("login", "signin", "sign-in", "sign_in", "token", "authenticate", "session", "sessions", "access-token")
_REGISTER_WORDS = ("register", "signup", "sign-up", "sign_up", "registration", "join", "users", "accounts", "user")
_ME_WORDS = ("me", "whoami", "current-user", "current_user", "current", "profile", "self")
_IDENTIFIERS = ("email", "username", "login", "user_name", "email_address", "identifier", "name")
_TOKEN_FIELDS = ("access_token", "accessToken", "token", "jwt", "id_token", "auth_token")
_SIGNERS = frozenset({"encode", "decode"})
_TOKEN_LIBRARIES = frozenset({"jwt", "jose", "authlib", "joserfc"})
_KEYED_CLASSES = frozenset({"URLSafeTimedSerializer", "URLSafeSerializer", "TimestampSigner", "Signer"})


@dataclass(frozen=True, slots=True)
class CredentialsRoute:
    """A route that takes a login and a password.

    Attributes:
        identifier: the field that names the account.
        password: the field that holds the password.
        extra_required: other fields that must be given, with their types.
    """

    route: Route
    identifier: str
    password: str
    encoding: BodyEncoding
    extra_required: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SigningSetting:
    """A key tokens are signed with.

    Attributes:
        variable: environment variable it comes from; empty where the key is written in the code.
    """

    variable: str
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class Auth:
    """What is known of a service's accounts.

    Attributes:
        token_field: field of the login's answer that holds the token, None for a cookie or an unknown answer.
    """

    register: CredentialsRoute | None
    login: CredentialsRoute | None
    me: Route | None
    token_field: str | None
    guard: AdminGuard | None
    passwords: PasswordScheme | None
    signing: tuple[SigningSetting, ...]


def read_auth(sources: PythonSources, routes: tuple[Route, ...], environment: Environment) -> Auth:
    """Read everything about accounts from a service's routes and code."""
    login, register = find_credentials(routes)
    fields = login.route.response_fields if login else ()
    return Auth(
        register=register,
        login=login,
        me=_me(routes),
        token_field=next((name for name in _TOKEN_FIELDS if name in fields), None),
        guard=find_admin_guard(sources, routes),
        passwords=read_password_scheme(sources),
        signing=_signing(sources, environment),
    )


def find_credentials(routes: tuple[Route, ...]) -> tuple[CredentialsRoute | None, CredentialsRoute | None]:
    """Return where one logs in and where one registers, from what the routes take: code need not be at hand."""
    login = _credentials_route(routes, _LOGIN_WORDS)
    others = tuple(route for route in routes if login is None or route != login.route)
    return login, _credentials_route(others, _REGISTER_WORDS)


def _credentials_route(routes: Iterable[Route], words: tuple[str, ...]) -> CredentialsRoute | None:
    found = (_credentials(route) for route in routes if route.method == "POST")
    ranked = [
        (rank, one.route.path, one) for one in found if one and (rank := _rank(one.route.path, words)) is not None
    ]
    return min(ranked, key=lambda entry: entry[:2])[2] if ranked else None


def _rank(path: str, words: tuple[str, ...]) -> int | None:
    """Rank by the last fixed part of the path; parts further left decide nothing."""
    fixed = [part.lower() for part in path.split("/") if part and not part.startswith("{")]
    if not fixed or path.rstrip("/").endswith("}"):
        return None
    if fixed[-1] in words:
        return words.index(fixed[-1])
    return next((index for index, word in enumerate(words[:4]) if word in fixed[-1]), None)


def _credentials(route: Route) -> CredentialsRoute | None:
    names = [field.name for field in route.body]
    identifier = next((name for name in _IDENTIFIERS if name in names), None)
    password = next((name for name in names if name.lower() in ("password", "passwd", "pw")), None)
    if identifier is None or password is None:
        return None
    extra = tuple(
        (field.name, field.type) for field in route.body if field.required and field.name not in (identifier, password)
    )
    return CredentialsRoute(route, identifier, password, route.encoding, extra)


def _me(routes: tuple[Route, ...]) -> Route | None:
    candidates = [route for route in routes if route.method == "GET" and "{" not in route.path and route.dependencies]
    ranked = [
        (_ME_WORDS.index(last), len(route.path), route.path, route)
        for route in candidates
        if (last := route.path.rstrip("/").rpartition("/")[2].lower()) in _ME_WORDS
    ]
    return min(ranked, key=lambda entry: entry[:3])[3] if ranked else None


def _signing(sources: PythonSources, environment: Environment) -> tuple[SigningSetting, ...]:
    found: dict[str, SigningSetting] = {}
    for scope, node in sources.nodes():
        key = _key(sources, scope, node) if isinstance(node, ast.Call) else None
        if key is None:
            continue
        reads = environment.behind(scope, key)
        for variable in [read.name for read in reads] or [""]:
            found.setdefault(variable, SigningSetting(variable, scope.at(node)))
    return tuple(found.values())


def _key(sources: PythonSources, scope: Scope, call: ast.Call) -> ast.expr | None:
    name = sources.qualified(scope, call.func) or ""
    library, last = name.partition(".")[0], name.rpartition(".")[2]
    if library in _TOKEN_LIBRARIES and last in _SIGNERS:
        return argument(call, 1, "key")
    if last in _KEYED_CLASSES and library == "itsdangerous":
        return argument(call, 0, "secret_key")
    return keyword(call, "secret_key") if any("SessionMiddleware" in ast.unparse(one) for one in call.args) else None
