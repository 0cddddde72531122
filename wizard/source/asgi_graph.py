"""Which application and router objects a service makes, and what is hung onto which, before any prefix is known.

An object is named by the dotted name of the variable that holds it; a variable inside a function carries the
function's name. Objects that travel as arguments or return values are the same object under another name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.source.python_module import FunctionNode, own_expressions, parameters, statements
from wizard.source.python_sources import Found, PythonSources, Scope


class ObjectKind(StrEnum):
    """What the object is made from."""

    FASTAPI = "fastapi"
    STARLETTE = "starlette"
    ROUTER = "router"


_CONSTRUCTORS = {
    "FastAPI": ObjectKind.FASTAPI,
    "Starlette": ObjectKind.STARLETTE,
    "APIRouter": ObjectKind.ROUTER,
    "Router": ObjectKind.ROUTER,
}
_LIBRARIES = frozenset({"fastapi", "starlette"})
_HOPS = 8


@dataclass(frozen=True, slots=True)
class AsgiObject:
    """An application or a router, where it is made."""

    name: str
    kind: ObjectKind
    call: ast.Call
    scope: Scope


@dataclass(frozen=True, slots=True)
class Use:
    """A method called on an object: `include_router`, `mount`, `add_middleware`, or a route decorator.

    Attributes:
        handler: the decorated function, None for a plain call.
    """

    method: str
    call: ast.Call
    scope: Scope
    handler: FunctionNode | None = None


@dataclass(slots=True)
class AsgiGraph:
    """All objects of a service and what was called on each."""

    sources: PythonSources
    objects: dict[str, AsgiObject] = field(default_factory=dict)
    uses: dict[str, list[Use]] = field(default_factory=dict)
    _aliases: dict[str, str] = field(default_factory=dict)
    _returns: dict[str, str] = field(default_factory=dict)
    _loops: dict[tuple[str, str], list[ast.expr]] = field(default_factory=dict)

    def uses_of(self, name: str) -> list[Use]:
        """Return what is called on an object, under any of its names, in source order."""
        same = [key for key in self.uses if self.real_name(key) == name]
        return [use for key in same for use in self.uses[key]]

    def real_name(self, name: str) -> str:
        """Return the name the object was made under."""
        for _ in range(_HOPS):
            following = self._aliases.get(name)
            if following is None or following == name:
                return name
            name = following
        return name

    def objects_of(self, scope: Scope, expression: ast.expr) -> list[AsgiObject]:
        """Return the objects an expression can stand for: several where a loop hands them over."""
        if isinstance(expression, ast.Call):
            made = self._made_by(scope, expression)
            return [made] if made else []
        names = (self.real_name(name) for name in self.names(scope, expression))
        return [self.objects[name] for name in names if name in self.objects]

    def _made_by(self, scope: Scope, call: ast.Call) -> AsgiObject | None:
        function = self.sources.canonical(self.sources.qualified(scope, call.func) or "")
        name = self._returns.get(function)
        return self.objects.get(self.real_name(name)) if name else None

    def names(self, scope: Scope, expression: ast.expr) -> list[str]:
        """Return the dotted names of an expression, one an element where its root is a loop's variable."""
        if isinstance(expression, ast.Name):
            elements = self._loops.get((scope.name, expression.id))
            if elements:
                return [name for element in elements for name in self.names(scope, element)]
        if isinstance(expression, ast.Attribute):
            inner = self.names(scope, expression.value)
            return [self.sources.canonical(f"{name}.{expression.attr}") for name in inner]
        name = self.sources.qualified(scope, expression)
        return [name] if name else []

    def factories(self) -> Iterator[tuple[str, AsgiObject]]:
        """Yield functions that return an application, with it."""
        for function, name in self._returns.items():
            made = self.objects.get(self.real_name(name))
            if made and made.kind is not ObjectKind.ROUTER:
                yield function, made

    def module_names(self) -> Iterator[tuple[str, AsgiObject]]:
        """Yield names at module level that hold an application, with it."""
        for name in [*self.objects, *self._aliases]:
            made = self.objects.get(self.real_name(name))
            found = self.sources.definition(name)
            if made and made.kind is not ObjectKind.ROUTER and found and found.name == name:
                yield name, made


def read_graph(sources: PythonSources) -> AsgiGraph:
    """Read every application and router object of a service."""
    graph = AsgiGraph(sources)
    places = [(scope, list(statements(_body(scope)))) for scope in sources.scopes()]
    for scope, body in places:
        for statement in body:
            _read_loop(graph, scope, statement)
            _read_constructor(graph, scope, statement)
    for scope, body in places:
        for statement in body:
            _read_return(graph, scope, statement)
            _read_decorators(graph, scope, statement)
            _read_calls(graph, scope, statement)
    for scope, body in places:
        for statement in body:
            _read_alias(graph, scope, statement)
    return graph


def _body(scope: Scope) -> list[ast.stmt]:
    return scope.functions[-1].body if scope.functions else scope.module.syntax.body


def _read_loop(graph: AsgiGraph, scope: Scope, statement: ast.stmt) -> None:
    if not isinstance(statement, ast.For) or not isinstance(statement.target, ast.Name):
        return
    iterated: Found | None = Found(scope, statement.iter, "")
    if isinstance(statement.iter, ast.Name | ast.Attribute):
        iterated = graph.sources.resolve(scope, statement.iter)
    if iterated and isinstance(iterated.node, ast.List | ast.Tuple | ast.Set):
        graph._loops[scope.name, statement.target.id] = iterated.node.elts  # noqa: SLF001 - its builder


def _bound_name(scope: Scope, statement: ast.stmt) -> tuple[str, ast.expr] | None:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value:
        target, value = statement.target, statement.value
    else:
        return None
    return (f"{scope.name}.{target.id}", value) if isinstance(target, ast.Name) else None


def _read_constructor(graph: AsgiGraph, scope: Scope, statement: ast.stmt) -> None:
    bound = _bound_name(scope, statement)
    if bound and isinstance(bound[1], ast.Call):
        kind = constructor_kind(graph.sources, scope, bound[1])
        if kind:
            graph.objects[bound[0]] = AsgiObject(bound[0], kind, bound[1], scope)
    elif isinstance(statement, ast.Return) and isinstance(statement.value, ast.Call):
        kind = constructor_kind(graph.sources, scope, statement.value)
        if kind:
            name = f"{scope.name}.<returned>"
            graph.objects[name] = AsgiObject(name, kind, statement.value, scope)
            graph._returns[scope.name] = name  # noqa: SLF001 - its builder


def constructor_kind(sources: PythonSources, scope: Scope, call: ast.Call) -> ObjectKind | None:
    """Tell what a call makes, a local subclass of an application or a router included."""
    name = sources.qualified(scope, call.func)
    if name is None:
        return None
    found = sources.definition(name)
    candidates = [name, *(sources.bases(found) if found and isinstance(found.node, ast.ClassDef) else [])]
    kinds = (
        _CONSTRUCTORS.get(candidate.rpartition(".")[2])
        for candidate in candidates
        if candidate.partition(".")[0] in _LIBRARIES
    )
    return next((kind for kind in kinds if kind), None)


def _read_return(graph: AsgiGraph, scope: Scope, statement: ast.stmt) -> None:
    if isinstance(statement, ast.Return) and isinstance(statement.value, ast.Name) and scope.functions:
        name = graph.sources.qualified(scope, statement.value)
        if name:
            graph._returns.setdefault(scope.name, name)  # noqa: SLF001 - its builder


def _read_alias(graph: AsgiGraph, scope: Scope, statement: ast.stmt) -> None:
    bound = _bound_name(scope, statement)
    if bound is None or bound[0] in graph.objects:
        return
    made = graph.objects_of(scope, bound[1])
    if len(made) == 1:
        graph._aliases[bound[0]] = made[0].name  # noqa: SLF001 - its builder


def _read_decorators(graph: AsgiGraph, scope: Scope, statement: ast.stmt) -> None:
    if not isinstance(statement, FunctionNode):
        return
    for decorator in statement.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute):
            _add_use(graph, scope, decorator, statement)


def _read_calls(graph: AsgiGraph, scope: Scope, statement: ast.stmt) -> None:
    if isinstance(statement, FunctionNode | ast.ClassDef):
        return
    for node in own_expressions(statement):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                _add_use(graph, scope, node, None)
            _pass_arguments(graph, scope, node)


def _add_use(graph: AsgiGraph, scope: Scope, call: ast.Call, handler: FunctionNode | None) -> None:
    if isinstance(call.func, ast.Attribute):
        for name in graph.names(scope, call.func.value):
            graph.uses.setdefault(name, []).append(Use(call.func.attr, call, scope, handler))


def _pass_arguments(graph: AsgiGraph, scope: Scope, call: ast.Call) -> None:
    """An object given to a local function is the function's parameter inside it."""
    given: list[tuple[int | str, ast.expr]] = list(enumerate(call.args))
    given += [(one.arg, one.value) for one in call.keywords if one.arg]
    objects = [(key, made) for key, value in given for made in _known(graph, scope, value)]
    if not objects:
        return
    found = graph.sources.definition(graph.sources.qualified(scope, call.func))
    if found is None or not isinstance(found.node, FunctionNode):
        return
    names = [arg.arg for arg, _ in parameters(found.node)]
    for key, made in objects:
        parameter = key if isinstance(key, str) else names[key] if key < len(names) else None
        if parameter:
            graph._aliases[f"{found.name}.{parameter}"] = made.name  # noqa: SLF001 - its builder


def _known(graph: AsgiGraph, scope: Scope, value: ast.expr) -> list[AsgiObject]:
    return graph.objects_of(scope, value) if isinstance(value, ast.Name | ast.Attribute) else []
