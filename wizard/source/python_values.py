"""What an expression is worth without running it: constants, enum members, instances, settings' defaults."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, Final

from wizard.source.python_module import FunctionNode, argument, parameters
from wizard.source.python_sources import Found, PythonSources, Scope

_DEPTH = 10
_PATH_CLASSES = frozenset(
    {
        "pathlib.Path",
        "pathlib.PurePath",
        "pathlib.PurePosixPath",
        "os.fspath",
        "str",
        "os.path.abspath",
        "os.path.realpath",
    }
)
_PATH_JOINERS = frozenset({"os.path.join"})
_PATH_PARENTS = frozenset({"os.path.dirname"})
_ENV_WITH_DEFAULT = frozenset({"os.getenv", "os.environ.get"})


HERE: Final = "/@repository"
"""Stands before paths computed from `__file__`: the project root, wherever it will lie."""


class Unknown:
    """The value cannot be told from the source."""


UNKNOWN: Final = Unknown()
Value = str | int | float | bool | bytes | complex | None | tuple["Value", ...] | Unknown


def constant(sources: PythonSources, scope: Scope, node: object, depth: int = _DEPTH) -> Value:
    """Return the value of an expression where the source fixes it, else UNKNOWN; a default counts as the value."""
    if isinstance(node, ast.Constant):
        return node.value if not isinstance(node.value, type(Ellipsis)) else UNKNOWN
    reader = _READERS.get(type(node)) if depth else None
    return reader(sources, scope, node, depth) if reader else UNKNOWN


def _elements(sources: PythonSources, scope: Scope, node: ast.List | ast.Tuple | ast.Set, depth: int) -> Value:
    return tuple(constant(sources, scope, element, depth - 1) for element in node.elts)


def text(sources: PythonSources, scope: Scope, node: object) -> str | None:
    """Return the constant if it is text."""
    value = constant(sources, scope, node)
    return value if isinstance(value, str) else None


def _joined(sources: PythonSources, scope: Scope, node: ast.JoinedStr, depth: int) -> Value:
    parts = []
    for part in node.values:
        inner = part.value if isinstance(part, ast.FormattedValue) else part
        value = constant(sources, scope, inner, depth - 1)
        if isinstance(value, Unknown):
            return UNKNOWN
        parts.append(str(value))
    return "".join(parts)


def _combined(sources: PythonSources, scope: Scope, node: ast.BinOp, depth: int) -> Value:
    left = constant(sources, scope, node.left, depth - 1)
    right = constant(sources, scope, node.right, depth - 1)
    if isinstance(left, str) and isinstance(right, str):
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Div):
            return right if right.startswith("/") else f"{left.rstrip('/')}/{right}"
    return UNKNOWN


def _called(sources: PythonSources, scope: Scope, node: ast.Call, depth: int) -> Value:
    name = sources.qualified(scope, node.func)
    if name in _ENV_WITH_DEFAULT:
        default = argument(node, 1, "default")
        return constant(sources, scope, default, depth - 1) if default else UNKNOWN
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("resolve", "absolute", "expanduser", "as_posix"):
        return constant(sources, scope, node.func.value, depth - 1)
    if name in _PATH_CLASSES | _PATH_JOINERS | _PATH_PARENTS and node.args:
        return _path(name or "", [constant(sources, scope, one, depth - 1) for one in node.args])
    return UNKNOWN


def _path(function: str, parts: list[Value]) -> Value:
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) != len(parts):
        return UNKNOWN
    joined = str(PurePosixPath(*texts))
    return str(PurePosixPath(joined).parent) if function in _PATH_PARENTS else joined


def _named(sources: PythonSources, scope: Scope, node: ast.Name | ast.Attribute, depth: int) -> Value:
    if isinstance(node, ast.Attribute):
        if node.attr in ("value", "parent"):
            inner = constant(sources, scope, node.value, depth - 1)
            if isinstance(inner, str) and node.attr == "parent":
                return str(PurePosixPath(inner).parent)
            if not isinstance(inner, Unknown):
                return inner
        field = attribute_of_instance(sources, scope, node)
        if field:
            return constant(sources, field.scope, default_of(sources, field), depth - 1)
    elif node.id == "__file__":
        return f"{HERE}/{scope.module.path}"
    found = sources.resolve(scope, node)
    if found is None or isinstance(found.node, FunctionNode | ast.ClassDef):
        return UNKNOWN
    return constant(sources, found.scope, found.node, depth - 1)


def _parents(sources: PythonSources, scope: Scope, node: ast.Subscript, depth: int) -> Value:
    """`path.parents[1]` is the parent of the parent."""
    if not isinstance(node.value, ast.Attribute) or node.value.attr != "parents":
        return UNKNOWN
    path = constant(sources, scope, node.value.value, depth - 1)
    steps = constant(sources, scope, node.slice, depth - 1)
    if not isinstance(path, str) or not isinstance(steps, int):
        return UNKNOWN
    above = PurePosixPath(path).parents
    return str(above[steps]) if 0 <= steps < len(above) else UNKNOWN


_READERS: Final[dict[type, Callable[[PythonSources, Scope, Any, int], Value]]] = {
    ast.JoinedStr: _joined,
    ast.BinOp: _combined,
    ast.List: _elements,
    ast.Tuple: _elements,
    ast.Set: _elements,
    ast.Call: _called,
    ast.Subscript: _parents,
    ast.Name: _named,
    ast.Attribute: _named,
}


def attribute_of_instance(sources: PythonSources, scope: Scope, node: ast.Attribute) -> Found | None:
    """Return the class-body assignment behind `instance.attribute`, where the instance's class is known."""
    class_ = instance_class(sources, scope, node.value)
    return class_attribute(sources, class_, node.attr) if class_ else None


def class_attribute(sources: PythonSources, class_: Found, name: str) -> Found | None:
    """Return an attribute's value in a class or the nearest of its local bases that has it."""
    candidates = [class_.name, *sources.bases(class_)]
    found = (sources.definition(f"{candidate}.{name}") for candidate in candidates)
    return next((one for one in found if one), None)


def default_of(sources: PythonSources, field: Found) -> ast.expr | None:
    """Return a field's default: the assigned expression, or the `default` inside `Field(...)`."""
    node = field.node
    if not isinstance(node, ast.Call):
        return node if isinstance(node, ast.expr) else None
    name = (sources.qualified(field.scope, node.func) or "").rpartition(".")[2]
    return argument(node, 0, "default") if name in ("Field", "field") else node


def instance_class(sources: PythonSources, scope: Scope, node: ast.expr | None, depth: int = _DEPTH) -> Found | None:
    """Return the local class an expression is an instance of: made, returned by a function, or annotated so."""
    if not depth or node is None:
        return None
    if isinstance(node, ast.Call):
        return _class_of_call(sources, scope, node, depth)
    if isinstance(node, ast.Name):
        owner = scope.class_of_self(node.id)
        if owner:
            return sources.definition(owner)
        annotated = _annotated_parameter(sources, scope, node.id)
        if annotated:
            return annotated
    found = sources.resolve(scope, node)
    if found and isinstance(found.node, ast.Call) and (made := _class_of_call(sources, found.scope, found.node, depth)):
        return made
    return _annotated_attribute(sources, scope, node, depth) if isinstance(node, ast.Attribute) else None


def _annotated_attribute(sources: PythonSources, scope: Scope, node: ast.Attribute, depth: int) -> Found | None:
    """`settings.mail` is what the class of `settings` says `mail` is."""
    owner = instance_class(sources, scope, node.value, depth - 1)
    for name in [owner.name, *sources.bases(owner)] if owner else []:
        class_ = sources.definition(name)
        for statement in class_.node.body if class_ and isinstance(class_.node, ast.ClassDef) else []:
            target = statement.target if isinstance(statement, ast.AnnAssign) else None
            if isinstance(target, ast.Name) and target.id == node.attr and isinstance(statement, ast.AnnAssign):
                return sources.class_of(class_.scope, statement.annotation) if class_ else None
    return None


def _class_of_call(sources: PythonSources, scope: Scope, call: ast.Call, depth: int) -> Found | None:
    callee = sources.resolve(scope, call.func)
    if callee is None:
        callee = sources.definition(sources.qualified(scope, call.func))
    if callee is None:
        return None
    if isinstance(callee.node, ast.ClassDef):
        return callee
    if isinstance(callee.node, FunctionNode):
        return _returned_class(sources, callee, depth)
    if isinstance(callee.node, ast.Call) and callee.node.args:  # a decorator applied by hand: cache(get_settings)()
        return _class_of_call(sources, callee.scope, ast.Call(callee.node.args[0], [], []), depth - 1)
    return None


def _returned_class(sources: PythonSources, function: Found, depth: int) -> Found | None:
    node = function.node
    if not isinstance(node, FunctionNode):
        return None
    annotated = sources.class_of(function.scope, node.returns)
    if annotated:
        return annotated
    inner = function.inner()
    returned = (one.value for one in ast.walk(node) if isinstance(one, ast.Return))
    classes = (instance_class(sources, inner, value, depth - 1) for value in returned)
    return next((one for one in classes if one), None)


def _annotated_parameter(sources: PythonSources, scope: Scope, name: str) -> Found | None:
    for depth in range(len(scope.functions), 0, -1):
        for arg, _ in parameters(scope.functions[depth - 1]):
            if arg.arg == name:
                return sources.class_of(scope, arg.annotation)
    return None
