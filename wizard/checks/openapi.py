"""The interface description: it is served, and the deployed application has the routes of the code.

Where the code switches it off, the interactive documentation is asked for its address; where there is neither, the
routes of the code are asked themselves. A service whose code could not be read is learnt from its document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from wizard.checks.check import Check, Outcome, excerpt, failed, milliseconds, passed, unchecked
from wizard.checks.surface import ServiceSurface, Surface
from wizard.http import HttpAnswer
from wizard.messages import message
from wizard.source.location import SourceLocation
from wizard.source.routes import BodyEncoding, BodyField, Parameter, Route

_METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
_ENCODINGS = {
    "application/json": BodyEncoding.JSON,
    "application/x-www-form-urlencoded": BodyEncoding.FORM,
    "multipart/form-data": BodyEncoding.MULTIPART,
}
_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list", "object": "dict"}
_DOCUMENT_URL = re.compile(r"""url:\s*['"]([^'"]+)['"]|spec-url=['"]([^'"]+)['"]""")
_NAMED = 8
"""Routes named in a sentence before the rest is counted."""
_OK, _NOT_FOUND, _METHOD_NOT_ALLOWED = 200, 404, 405

Json = Mapping[str, object]


def openapi_checks(surface: Surface) -> Iterator[Check]:
    """One check a service that answers programs."""
    for service in surface.apis:
        title = message("checks.openapi", service=service.name)
        yield Check(id=f"openapi.{service.name}", title=title, run=partial(_check, service=service))


async def _check(surface: Surface, *, service: ServiceSurface) -> Outcome:
    path = await _document_path(surface, service)
    if path is None:
        return await _route_table(surface, service)
    answer = await surface.get(service.url + path)
    document = _document(answer)
    if document is None:
        return failed("failures.openapi-none", path=path, status=answer.status, body=excerpt(answer.text))
    routes = tuple(routes_of(document))
    surface.routes[service.name] = routes
    absent = _absent(service, routes)
    if absent:
        return failed("failures.openapi-lacks", path=path, count=len(absent), routes=_named(absent))
    return passed("checks.openapi-ok", path=path, ms=milliseconds(answer.seconds), count=len(routes))


async def _document_path(surface: Surface, service: ServiceSurface) -> str | None:
    app = service.api.app if service.api else None
    if app is None or app.openapi_url:
        return app.openapi_url if app else "/openapi.json"
    if app.docs_url is None:
        return None
    page = await surface.get(service.url + app.docs_url)
    found = _DOCUMENT_URL.search(page.text)
    return (found[1] or found[2]) if found else None


def _document(answer: HttpAnswer) -> Json | None:
    try:
        content = answer.json()
    except ValueError:
        return None
    known = answer.status == _OK and isinstance(content, dict) and isinstance(content.get("paths"), dict)
    return content if known else None


def _absent(service: ServiceSurface, routes: tuple[Route, ...]) -> list[str]:
    """Return routes of the code that the deployed application does not have: an older build serves, or another."""
    served = {(route.method, _bare(route.path)) for route in routes}
    wanted = [route for route in (service.api.routes if service.api else ()) if route.in_schema]
    return [
        f"{route.method} {route.path}"
        for route in wanted
        if route.method.lower() in _METHODS and (route.method, _bare(route.path)) not in served
    ]


def _bare(path: str) -> str:
    """Return a path whose parameters have no names or converters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


async def _route_table(surface: Surface, service: ServiceSurface) -> Outcome:
    plain = [route for route in service.api.routes if _is_plain(route)] if service.api else []
    if not plain:
        return unchecked("checks.openapi-off")
    absent = []
    for route in plain:
        answer = await surface.get(service.url + route.path, follow=False)
        if answer.status in (_NOT_FOUND, _METHOD_NOT_ALLOWED):
            absent.append(f"GET {route.path}")
    if absent:
        return failed("failures.openapi-lacks", path="-", count=len(absent), routes=_named(absent))
    return passed("checks.openapi-routes", count=len(plain))


def _is_plain(route: Route) -> bool:
    return route.method == "GET" and "{" not in route.path


def _named(routes: list[str]) -> str:
    more = len(routes) - _NAMED
    return ", ".join(routes[:_NAMED]) + (f", +{more}" if more > 0 else "")


def routes_of(document: Json) -> Iterator[Route]:
    """Yield the routes of an OpenAPI document, as if they were read from code."""
    for path, item in _table(document.get("paths")).items():
        for method in _METHODS:
            operation = _table(item).get(method)
            if isinstance(operation, dict):
                yield _route(document, method, path, _table(item), operation)


def _route(document: Json, method: str, path: str, item: Json, operation: Json) -> Route:
    encoding, fields = _body(document, _table(operation.get("requestBody")))
    shared, own = item.get("parameters"), operation.get("parameters")
    listed = [*(shared if isinstance(shared, list) else []), *(own if isinstance(own, list) else [])]
    parameters = tuple(_parameter(_resolved(document, one)) for one in listed)
    secured = operation.get("security") or document.get("security")
    return Route(
        method=method.upper(),
        path=path,
        handler="",
        location=SourceLocation(""),
        dependencies=("security",) if secured else (),
        encoding=encoding,
        body=fields,
        parameters=parameters,
    )


def _body(document: Json, body: Json) -> tuple[BodyEncoding, tuple[BodyField, ...]]:
    content = _table(_resolved(document, body).get("content"))
    for media, encoding in _ENCODINGS.items():
        if media in content:
            schema = _resolved(document, _table(content[media]).get("schema"))
            return encoding, tuple(_fields(document, schema))
    return BodyEncoding.NONE, ()


def _fields(document: Json, schema: Json) -> Iterator[BodyField]:
    required = schema.get("required")
    names = required if isinstance(required, list) else []
    for name, inner in _table(schema.get("properties")).items():
        described = _resolved(document, inner)
        is_email = described.get("format") == "email"
        type_ = "EmailStr" if is_email else _TYPES.get(str(described.get("type")), "str")
        yield BodyField(name, type_, name in names)


def _parameter(described: Json) -> Parameter:
    type_ = _TYPES.get(str(_table(described.get("schema")).get("type")), "str")
    return Parameter(str(described.get("name")), str(described.get("in")), type_, described.get("required") is True)


def _resolved(document: Json, value: object) -> Json:
    """Follow a `$ref` inside the document."""
    reference = _table(value).get("$ref")
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return _table(value)
    found: object = document
    for part in reference[2:].split("/"):
        found = _table(found).get(part)
    return _table(found)


def _table(value: object) -> Json:
    return value if isinstance(value, dict) else {}
