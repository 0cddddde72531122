"""The ASGI applications of a service with every route under its full path, CORS settings and health candidates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wizard.source.asgi_graph import AsgiGraph, AsgiObject, ObjectKind, Use, read_graph
from wizard.source.fastapi_parameters import Signature, dependencies_of, read_signature
from wizard.source.location import SourceLocation
from wizard.source.pydantic_models import model_fields
from wizard.source.python_module import FunctionNode, argument, keyword
from wizard.source.python_sources import PythonSources, Scope
from wizard.source.python_values import constant, text
from wizard.source.routes import BodyEncoding, Route

_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
_HEALTH_NAMES = ("health", "healthz", "healthcheck", "health-check", "health_check", "livez", "readyz", "ready", "live",
                 "status", "ping", "up")  # fmt: skip
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class CorsSettings:
    """What the CORS middleware is given.

    Attributes:
        origins: as an expression with its scope, to be traced to the variable it comes from.
        literal_origins: origins written in the code, if they all are.
        written_at: where the origins are listed, be it another place than the call.
    """

    location: SourceLocation
    scope: Scope
    origins: ast.expr | None
    origin_regex: ast.expr | None
    literal_origins: tuple[str, ...]
    allow_credentials: bool
    written_at: SourceLocation


@dataclass(frozen=True, slots=True)
class AsgiApp:
    """An application object.

    Attributes:
        target: what a server is started with, `package.module:name`.
        is_factory: whether the target is a function that returns the application.
        openapi_url: None where the code switches it off; then there are no docs either.
    """

    target: str
    is_factory: bool
    framework: str
    location: SourceLocation
    routes: tuple[Route, ...]
    cors: tuple[CorsSettings, ...]
    openapi_url: str | None
    docs_url: str | None

    def health_candidates(self) -> tuple[Route, ...]:
        """Return GET routes that look like a health check, the likeliest first."""
        plain = (route for route in self.routes if route.method == "GET" and "{" not in route.path)
        ranked = sorted(
            (rank, len(route.path), route.path, route) for route in plain if (rank := _rank(route)) is not None
        )
        return tuple(route for *_, route in ranked)

    def find(self, method: str, path: str) -> Route | None:
        """Return the route of a method and full path."""
        return next((one for one in self.routes if (one.method, one.path) == (method, path)), None)


def _rank(route: Route) -> int | None:
    last = route.path.rstrip("/").rpartition("/")[2].lower()
    return _HEALTH_NAMES.index(last) if last in _HEALTH_NAMES and not route.required_query else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the tree of routers a route hangs."""

    prefix: str
    dependencies: tuple[str, ...]
    in_schema: bool
    seen: tuple[str, ...]


def read_apps(sources: PythonSources) -> tuple[AsgiApp, ...]:
    """Read every application of a service; module-level names before factories, most routes first."""
    graph = read_graph(sources)
    named = {made.name: (name, False, made) for name, made in _outermost(graph)}
    for function, made in graph.factories():
        if sources.definition(function):
            named.setdefault(made.name, (function, True, made))
    mounted = _mounted(graph)
    apps = [_app(graph, *entry) for name, entry in named.items() if name not in mounted]
    return tuple(sorted(apps, key=lambda app: (-len(app.routes), app.is_factory, app.target)))


def _outermost(graph: AsgiGraph) -> Iterator[tuple[str, AsgiObject]]:
    """An application known under several names goes by the shortest."""
    return iter(sorted(graph.module_names(), key=lambda pair: -len(pair[0])))


def _mounted(graph: AsgiGraph) -> set[str]:
    found: set[str] = set()
    for uses in graph.uses.values():
        for use in uses:
            if use.method == "mount" and (app := argument(use.call, 1, "app")):
                found |= {made.name for made in graph.objects_of(use.scope, app)}
    return found


def _app(graph: AsgiGraph, name: str, is_factory: bool, made: AsgiObject) -> AsgiApp:  # noqa: FBT001 - one of its facts
    module, _, attribute = name.rpartition(".")
    routes = tuple(_routes(graph, made, _Place("", (), in_schema=True, seen=()), _DEPTH))
    is_fastapi = made.kind is ObjectKind.FASTAPI
    schema = _url(graph.sources, made, "openapi_url", "/openapi.json") if is_fastapi else None
    return AsgiApp(
        target=f"{module}:{attribute}",
        is_factory=is_factory,
        framework=made.kind.value,
        location=made.scope.at(made.call),
        routes=routes,
        cors=tuple(_cors(graph, made)),
        openapi_url=schema,
        docs_url=_url(graph.sources, made, "docs_url", "/docs") if schema else None,
    )


def _url(sources: PythonSources, made: AsgiObject, name: str, default: str) -> str | None:
    given = keyword(made.call, name)
    if given is None:
        return default
    value = constant(sources, made.scope, given)
    return value if isinstance(value, str) else None if value is None else default


def _routes(graph: AsgiGraph, made: AsgiObject, place: _Place, depth: int) -> Iterator[Route]:
    if not depth or made.name in place.seen:
        return
    sources = graph.sources
    own_prefix = text(sources, made.scope, keyword(made.call, "prefix")) or ""
    own = tuple(dependencies_of(sources, made.scope, keyword(made.call, "dependencies")))
    hidden = constant(sources, made.scope, keyword(made.call, "include_in_schema")) is False
    here = _Place(
        place.prefix + own_prefix, place.dependencies + own, place.in_schema and not hidden, (*place.seen, made.name)
    )
    yield from _listed_routes(graph, made.scope, keyword(made.call, "routes"), here)
    for use in graph.uses_of(made.name):
        yield from _used(graph, use, here, depth)


def _used(graph: AsgiGraph, use: Use, place: _Place, depth: int) -> Iterator[Route]:
    if use.method in ("include_router", "mount"):
        yield from _included(graph, use, place, depth)
    elif use.handler is not None or use.method in _ADDERS:
        yield from _declared_routes(graph.sources, use, place)


def _included(graph: AsgiGraph, use: Use, place: _Place, depth: int) -> Iterator[Route]:
    is_mount = use.method == "mount"
    target = argument(use.call, 1, "app") if is_mount else argument(use.call, 0, "router")
    given = argument(use.call, 0, "path") if is_mount else keyword(use.call, "prefix")
    prefix = text(graph.sources, use.scope, given) or ""
    more = tuple(dependencies_of(graph.sources, use.scope, keyword(use.call, "dependencies")))
    hidden = is_mount or constant(graph.sources, use.scope, keyword(use.call, "include_in_schema")) is False
    inner = replace(
        place,
        prefix=place.prefix + prefix.rstrip("/"),
        dependencies=place.dependencies + more,
        in_schema=place.in_schema and not hidden,
    )
    for made in graph.objects_of(use.scope, target) if target else []:
        yield from _routes(graph, made, inner, depth - 1)


_ADDERS = {
    "add_api_route": "GET",
    "add_route": "GET",
    "add_api_websocket_route": "WEBSOCKET",
    "add_websocket_route": "WEBSOCKET",
}


def _declared_routes(sources: PythonSources, use: Use, place: _Place) -> Iterator[Route]:
    methods = _methods_of(sources, use)
    path = text(sources, use.scope, argument(use.call, 0, "path"))
    if not methods or path is None:
        return
    scope, handler, name = _handler(sources, use)
    for method in methods:
        yield _route(sources, _Handled(scope, handler, name, use), method, path, place)


@dataclass(frozen=True, slots=True)
class _Handled:
    """A handler with the call that registers it."""

    scope: Scope
    handler: FunctionNode | None
    name: str
    use: Use


def _methods_of(sources: PythonSources, use: Use) -> tuple[str, ...]:
    if use.method in _METHODS and use.handler:
        return (use.method.upper(),)
    if use.method in ("websocket", "websocket_route"):
        return ("WEBSOCKET",)
    if use.method in ("api_route", "route", *_ADDERS):
        given = constant(sources, use.scope, keyword(use.call, "methods"))
        named = tuple(str(one).upper() for one in given) if isinstance(given, tuple) else ()
        return named or (_ADDERS.get(use.method, "GET"),)
    return ()


def _handler(sources: PythonSources, use: Use) -> tuple[Scope, FunctionNode | None, str]:
    if use.handler is not None:
        return use.scope, use.handler, f"{use.scope.name}.{use.handler.name}"
    given = argument(use.call, 1, "endpoint") or keyword(use.call, "route")
    found = sources.resolve(use.scope, given)
    if found and isinstance(found.node, FunctionNode):
        return found.scope, found.node, found.name
    return use.scope, None, sources.qualified(use.scope, given) or ""


def _route(sources: PythonSources, handled: _Handled, method: str, path: str, place: _Place) -> Route:
    call, scope = handled.use.call, handled.use.scope
    whole = (place.prefix + path) or "/"
    signature = read_signature(sources, handled.scope, handled.handler, whole) if handled.handler else Signature()
    own = dependencies_of(sources, scope, keyword(call, "dependencies"))
    reads_body = method not in ("GET", "HEAD", "WEBSOCKET") or bool(signature.fields)
    unknown = BodyEncoding.UNKNOWN in signature.encodings and not signature.fields
    encoding = BodyEncoding.UNKNOWN if unknown else signature.encoding
    return Route(
        method=method,
        path=whole,
        handler=handled.name,
        location=handled.scope.at(handled.handler or call),
        dependencies=tuple(dict.fromkeys([*place.dependencies, *own, *signature.dependencies])),
        encoding=encoding if reads_body else BodyEncoding.NONE,
        body=tuple(signature.fields),
        parameters=tuple(signature.parameters),
        response_fields=_response_fields(sources, handled),
        in_schema=place.in_schema and constant(sources, scope, keyword(call, "include_in_schema")) is not False,
    )


def _response_fields(sources: PythonSources, handled: _Handled) -> tuple[str, ...]:
    given = keyword(handled.use.call, "response_model")
    scope, annotation = handled.use.scope, given
    if given is None and handled.handler:
        scope, annotation = handled.scope, handled.handler.returns
    model = sources.class_of(scope, annotation)
    if model:
        return tuple(field.name for field in model_fields(sources, model))
    return _returned_keys(handled.handler) if handled.handler else ()


def _returned_keys(handler: FunctionNode) -> tuple[str, ...]:
    keys: list[str] = []
    for node in ast.walk(handler):
        returned = node.value if isinstance(node, ast.Return) else None
        if isinstance(returned, ast.Dict):
            keys += [str(key.value) for key in returned.keys if isinstance(key, ast.Constant)]
    return tuple(dict.fromkeys(keys))


def _listed_routes(graph: AsgiGraph, scope: Scope, routes: ast.expr | None, place: _Place) -> Iterator[Route]:
    """Starlette's `routes=[Route(path, endpoint), Mount(path, routes=[...])]`."""
    sources = graph.sources
    found = sources.resolve(scope, routes) if isinstance(routes, ast.Name | ast.Attribute) else None
    where, listed = (found.scope, found.node) if found else (scope, routes)
    for element in listed.elts if isinstance(listed, ast.List | ast.Tuple) else []:
        if not isinstance(element, ast.Call):
            continue
        kind = (sources.qualified(where, element.func) or "").rpartition(".")[2]
        if kind == "Mount":
            prefix = text(sources, where, argument(element, 0, "path")) or ""
            inner = replace(place, prefix=place.prefix + prefix.rstrip("/"))
            yield from _listed_routes(graph, where, keyword(element, "routes"), inner)
        elif kind in ("Route", "WebSocketRoute"):
            method = "add_websocket_route" if kind == "WebSocketRoute" else "add_route"
            yield from _declared_routes(sources, Use(method, element, where), place)


def _cors(graph: AsgiGraph, made: AsgiObject) -> Iterator[CorsSettings]:
    for use in graph.uses_of(made.name):
        first = argument(use.call, 0, "middleware_class") if use.method == "add_middleware" else None
        if first is not None and _is_cors(graph.sources, use.scope, first):
            yield _cors_settings(graph.sources, use.scope, use.call)
    listed = keyword(made.call, "middleware")
    for element in listed.elts if isinstance(listed, ast.List | ast.Tuple) else []:
        if isinstance(element, ast.Call) and element.args and _is_cors(graph.sources, made.scope, element.args[0]):
            yield _cors_settings(graph.sources, made.scope, element)


def _is_cors(sources: PythonSources, scope: Scope, class_: ast.expr) -> bool:
    return (sources.qualified(scope, class_) or "").rpartition(".")[2] == "CORSMiddleware"


def _cors_settings(sources: PythonSources, scope: Scope, call: ast.Call) -> CorsSettings:
    origins = keyword(call, "allow_origins")
    values = constant(sources, scope, origins)
    literal = tuple(one for one in values if isinstance(one, str)) if isinstance(values, tuple) else ()
    credentials = constant(sources, scope, keyword(call, "allow_credentials")) is True
    regex = keyword(call, "allow_origin_regex")
    return CorsSettings(scope.at(call), scope, origins, regex, literal, credentials, _listed_at(sources, scope, call))


def _listed_at(sources: PythonSources, scope: Scope, call: ast.Call) -> SourceLocation:
    origins = keyword(call, "allow_origins")
    found = sources.resolve(scope, origins) if isinstance(origins, ast.Name | ast.Attribute) else None
    return found.location if found else scope.at(origins or call)
