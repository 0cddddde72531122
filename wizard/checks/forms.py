"""Bodies of requests that carry an account: filled by the names and types the route's fields have."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from wizard.checks.surface import Credential
from wizard.http import HttpAnswer, HttpClient
from wizard.secrets import Secret
from wizard.source.auth import CredentialsRoute
from wizard.source.routes import BodyEncoding

Body = Mapping[str, object]

_BY_WORD: tuple[tuple[tuple[str, ...], str], ...] = (
    (("email", "mail"), "email"),
    (("passw", "pwd"), "password"),
    (("username", "user_name", "login", "nickname", "handle", "userid", "user_id"), "username"),
)
_AGREEMENTS = ("agree", "terms", "consent", "accept", "privacy")
_BY_TYPE: tuple[tuple[tuple[str, ...], object], ...] = (
    (("bool",), True),
    (("int",), 1),
    (("float", "Decimal"), 1.0),
    (("list", "List", "set", "tuple"), []),
    (("dict", "Dict"), {}),
    (("datetime",), "2000-01-01T00:00:00Z"),
    (("date",), "2000-01-01"),
)
_NAME = "Railwizard Probe"


def credentials_body(route: CredentialsRoute, identity: str, password: Secret) -> Body:
    """Return what a login sends."""
    extra = {
        name: _by_type(type_, "password" if name == "grant_type" else "probe") for name, type_ in route.extra_required
    }
    return {**extra, route.identifier: identity, route.password: password.reveal()}


def registration_body(route: CredentialsRoute, account: Credential) -> Body:
    """Return what a registration sends: required fields, and others that name the account."""
    values = {"email": account.email, "password": account.password.reveal(), "username": account.username}
    body: dict[str, object] = {}
    for one in route.route.body:
        kind = "email" if "Email" in one.type else _kind(one.name)
        if kind:
            body[one.name] = values[kind]
        elif one.required:
            body[one.name] = _filled(one.name, one.type)
    by_mail = "email" in body.values() or "mail" in route.identifier or account.email in body.values()
    body.setdefault(route.identifier, account.email if by_mail else account.username)
    body.setdefault(route.password, account.password.reveal())
    return body


def _kind(name: str) -> str | None:
    return next((kind for words, kind in _BY_WORD if any(word in name.lower() for word in words)), None)


def _filled(name: str, type_: str) -> object:
    lowered = name.lower()
    if any(word in lowered for word in _AGREEMENTS):
        return True
    if "phone" in lowered or lowered == "tel":
        return "01012345678"
    return _by_type(type_, _NAME)


def _by_type(type_: str, otherwise: object) -> object:
    options = _literal_options(type_)
    if options:
        return options[0]
    names = type_.replace("[", " ").replace("|", " ").replace(".", " ").split()
    return next((value for words, value in _BY_TYPE if names and names[0] in words), otherwise)


def _literal_options(type_: str) -> list[object]:
    """Return what `Literal['a', 'b']` allows."""
    try:
        node = ast.parse(type_, mode="eval").body
    except SyntaxError:
        return []
    if not isinstance(node, ast.Subscript) or not ast.unparse(node.value).endswith("Literal"):
        return []
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return [one.value for one in inner if isinstance(one, ast.Constant)]


async def send(http: HttpClient, url: str, route: CredentialsRoute, body: Body) -> HttpAnswer:
    """Post a body in the route's encoding; one nobody could read from the code goes as JSON."""
    target = url + route.route.path
    if route.encoding in (BodyEncoding.FORM, BodyEncoding.MULTIPART):
        return await http.request("POST", target, form={name: str(value) for name, value in body.items()})
    return await http.request("POST", target, json=dict(body))
