"""The guard in front of administrators' routes: which dependency compares which attribute with which value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.source.fastapi_parameters import callables
from wizard.source.location import SourceLocation
from wizard.source.python_module import FunctionNode, argument, parameters
from wizard.source.python_sources import Found, PythonSources, Scope
from wizard.source.python_values import Value, constant
from wizard.source.routes import Route

_PRIVILEGED = ("admin", "super", "staff", "owner", "root", "관리자")
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class AdminGuard:
    """What an account must have to pass.

    Attributes:
        dependency: full dotted name of the function that decides.
        attribute: of the account: `role`, `is_admin`.
        values: what the attribute may be: texts, an administrator's first, or True for a flag.
        members: names of the enum members compared with, in the same order, where an enum is used.
        routes: full paths of the GET routes behind it that take no parameter, then all others.
    """

    dependency: str
    attribute: str
    values: tuple[str | bool, ...]
    members: tuple[str, ...]
    routes: tuple[str, ...]
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class _Condition:
    attribute: str
    values: tuple[str | bool, ...]
    members: tuple[str, ...]


def find_admin_guard(sources: PythonSources, routes: tuple[Route, ...]) -> AdminGuard | None:
    """Return the guard most routes depend on; a handler that checks for itself is the last resort."""
    names = dict.fromkeys(name for route in routes for name in route.dependencies)
    dependencies = [guard for name in names for guard in _guards(sources, name, routes)]
    handlers = dict.fromkeys(route.handler for route in routes)
    found = dependencies or [guard for name in handlers for guard in _guards(sources, name, routes)]
    return max(found, key=lambda guard: (_privilege(guard), len(guard.routes), guard.dependency), default=None)


def _privilege(guard: AdminGuard) -> int:
    named = [guard.attribute, *(str(value) for value in guard.values)]
    return sum(word in one.lower() for one in named for word in ("admin", "super"))


def _guards(sources: PythonSources, name: str, routes: tuple[Route, ...]) -> Iterator[AdminGuard]:
    found = sources.definition(name)
    if found is None:
        return
    behind = _routes_behind(name, routes)
    for function in _decisive(sources, found):
        for condition in _conditions(sources, function.inner(), function.node, _DEPTH):
            if _is_privileged(condition):
                yield AdminGuard(
                    name, condition.attribute, condition.values, condition.members, behind, function.location
                )


def _decisive(sources: PythonSources, found: Found) -> list[Found]:
    """Return the functions a dependency runs: its own, or those of the call or class it is made by."""
    if isinstance(found.node, FunctionNode):
        inner = [node for node in found.node.body if isinstance(node, FunctionNode)]
        return [found, *(Found(found.inner(), node, f"{found.name}.{node.name}") for node in inner)]
    if isinstance(found.node, ast.Call):
        return callables(sources, found.scope, found.node.func)
    if isinstance(found.node, ast.ClassDef):
        call = sources.definition(f"{found.name}.__call__")
        return [call] if call else []
    return []


def _routes_behind(name: str, routes: tuple[Route, ...]) -> tuple[str, ...]:
    behind = [route for route in routes if name in (*route.dependencies, route.handler)]
    easy = [one.path for one in behind if one.method == "GET" and "{" not in one.path and not one.required_query]
    return tuple(dict.fromkeys([*easy, *(one.path for one in behind)]))


def _is_privileged(condition: _Condition) -> bool:
    written = [condition.attribute, *(value for value in condition.values if isinstance(value, str))]
    return any(word in text.lower() for text in written for word in _PRIVILEGED)


def _conditions(sources: PythonSources, scope: Scope, node: ast.AST, depth: int) -> Iterator[_Condition]:
    """Yield what a function's refusals compare."""
    for statement in ast.walk(node):
        if isinstance(statement, ast.Assert) or (isinstance(statement, ast.If) and _refuses(statement)):
            yield from _compared(sources, scope, statement.test, depth)


def _refuses(statement: ast.If) -> bool:
    """A refusal raises in one branch: `if not admin: raise`, or `if admin: return user` before a raise."""
    branches = [*statement.body, *statement.orelse]
    return any(isinstance(one, ast.Raise | ast.Return) for one in branches)


def _compared(sources: PythonSources, scope: Scope, test: ast.expr, depth: int) -> Iterator[_Condition]:
    for node in ast.walk(test):
        if isinstance(node, ast.Compare):
            yield from _comparison(sources, scope, node)
        elif isinstance(node, ast.Call) and depth:
            yield from _helper(sources, scope, node, depth)
    for flag in _flags(test):
        yield _Condition(flag.attr, (True,), ())


def _flags(test: ast.expr) -> Iterator[ast.Attribute]:
    """Yield attributes used as truth values: `not user.is_admin`, also within `and` and `or`."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _flags(test.operand)
    elif isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _flags(value)
    elif isinstance(test, ast.Attribute):
        yield test


def _helper(sources: PythonSources, scope: Scope, call: ast.Call, depth: int) -> Iterator[_Condition]:
    """A test may be a function of its own: `if not is_admin(user)`, or a property."""
    found = sources.resolve(scope, call.func)
    if found and isinstance(found.node, FunctionNode):
        for node in ast.walk(found.node):
            if isinstance(node, ast.Return) and node.value is not None:
                yield from _compared(sources, found.inner(), node.value, depth - 1)


def _comparison(sources: PythonSources, scope: Scope, node: ast.Compare) -> Iterator[_Condition]:
    sides = [node.left, *node.comparators]
    for side in sides:
        attribute = _plain_attribute(side)
        others = [other for other in sides if other is not side]
        for other in others if attribute else []:
            for place, expression in _bindings(sources, scope, other):
                values = _values(constant(sources, place, expression))
                if values and attribute:
                    members = sorted(_members(sources, place, expression), key=_is_ordinary)
                    yield _Condition(attribute, tuple(sorted(values, key=_is_ordinary)), tuple(members))


def _is_ordinary(value: object) -> bool:
    """Privileged values come first."""
    return not any(word in str(value).lower() for word in ("admin", "super"))


def _plain_attribute(node: ast.expr) -> str | None:
    """Return `role` for `user.role` and `user.role.value`, and for `payload["role"]`."""
    if isinstance(node, ast.Attribute):
        return _plain_attribute(node.value) if node.attr == "value" else node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        return node.slice.value
    return None


def _values(value: Value) -> tuple[str | bool, ...]:
    many = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in many if isinstance(one, str | bool))


def _members(sources: PythonSources, scope: Scope, node: ast.expr) -> tuple[str, ...]:
    elements = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]
    names = (_member(sources, scope, one) for one in elements)
    return tuple(name for name in names if name)


def _member(sources: PythonSources, scope: Scope, node: ast.expr) -> str | None:
    target = node.value if isinstance(node, ast.Attribute) and node.attr == "value" else node
    if not isinstance(target, ast.Attribute):
        return None
    class_ = sources.class_of(scope, target.value)
    is_enum = class_ is not None and any(base.endswith("Enum") for base in sources.bases(class_))
    return target.attr if is_enum else None


def _bindings(sources: PythonSources, scope: Scope, node: ast.expr) -> Iterator[tuple[Scope, ast.expr]]:
    """Yield what a compared expression stands for; a parameter of a factory is what its callers give it."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = scope.class_of_self(node.value.id)
        given = _constructor_parameter(sources, owner, node.attr) if owner else None
        if owner and given:
            yield from _given(sources, owner, given)
            return
    if isinstance(node, ast.Name):
        for depth in range(len(scope.functions), 0, -1):
            function = scope.functions[depth - 1]
            place = _parameter(function, node.id)
            if place:
                yield from _given(sources, scope.outer(depth).name, place)
                yield from ((scope, value) for arg, value in parameters(function) if value and arg.arg == node.id)
                return
    yield scope, node


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A parameter by name and place; a starred one takes all that follows."""

    name: str
    position: int
    is_starred: bool


def _parameter(function: FunctionNode, name: str, skipped: int = 0) -> _Parameter | None:
    positional = [*function.args.posonlyargs, *function.args.args][skipped:]
    if function.args.vararg and function.args.vararg.arg == name:
        return _Parameter(name, len(positional), is_starred=True)
    names = [arg.arg for arg, _ in parameters(function)][skipped:]
    return _Parameter(name, names.index(name), is_starred=False) if name in names else None


def _constructor_parameter(sources: PythonSources, owner: str, attribute: str) -> _Parameter | None:
    """Return the `__init__` parameter that is kept as `self.attribute`."""
    found = sources.definition(f"{owner}.__init__")
    if found is None or not isinstance(found.node, FunctionNode):
        return None
    for statement in found.node.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        if isinstance(target, ast.Attribute) and target.attr == attribute and isinstance(statement, ast.Assign):
            kept = [one.id for one in ast.walk(statement.value) if isinstance(one, ast.Name)]
            places = (_parameter(found.node, name, skipped=1) for name in kept)
            return next((place for place in places if place), None)
    return None


def _given(sources: PythonSources, function: str, place: _Parameter) -> Iterator[tuple[Scope, ast.expr]]:
    for scope, node in sources.nodes():
        if isinstance(node, ast.Call) and sources.qualified(scope, node.func) == function:
            if place.is_starred:
                yield scope, ast.Tuple(node.args[place.position :], ast.Load())
            elif value := argument(node, place.position, place.name):
                yield scope, value
