"""One Python file as syntax: what it imports, what it defines, what its functions bind. Nothing is executed."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from wizard.messages import message
from wizard.source.location import SourceLocation, Unreadable
from wizard.source.tree import Tree

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Definition = ast.expr | FunctionNode | ast.ClassDef
"""What a name can stand for: an expression it was assigned, a function, a class."""


@dataclass(frozen=True, eq=False)
class PythonModule:
    """A parsed file.

    Attributes:
        name: dotted name under which the service imports it.
        path: relative to the project root.
        imports: local name to the dotted name it stands for, whatever the depth of the statement.
        stars: modules imported with `*`.
        definitions: names bound at module level, the last binding winning; those of `if` and `try` count.
        annotations: annotations of names at module level.
    """

    name: str
    path: str
    syntax: ast.Module
    imports: dict[str, str] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    definitions: dict[str, Definition] = field(default_factory=dict)
    annotations: dict[str, ast.expr] = field(default_factory=dict)
    bindings: dict[FunctionNode, dict[str, list[ast.expr]]] = field(default_factory=dict)

    def at(self, node: ast.AST) -> SourceLocation:
        """Return where a node of this module stands."""
        return SourceLocation(self.path, getattr(node, "lineno", 1))

    def is_package(self) -> bool:
        """Tell whether the module is a package's `__init__`."""
        return self.path.rpartition("/")[2] == "__init__.py"

    def locals_of(self, function: FunctionNode) -> dict[str, list[ast.expr]]:
        """Return the names a function assigns, with what it assigns to them."""
        if function not in self.bindings:
            self.bindings[function] = _bound(function.body)
        return self.bindings[function]


def read_module(tree: Tree, path: str, name: str) -> PythonModule | Unreadable:
    """Parse one file; a file that is no Python becomes a fact with the line of the mistake."""
    text = tree.text(path)
    if isinstance(text, Unreadable):
        return text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            syntax = ast.parse(text, filename=path)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        return Unreadable(path, message("source.syntax", path=path, language="Python", line=line, detail=str(error)))
    module = PythonModule(name, path, syntax)
    _read_imports(module)
    _read_definitions(module, module.syntax.body)
    return module


def _read_imports(module: PythonModule) -> None:
    for node in ast.walk(module.syntax):
        if isinstance(node, ast.Import):
            for alias in node.names:
                target = alias.name if alias.asname else alias.name.partition(".")[0]
                module.imports[alias.asname or target] = target
        elif isinstance(node, ast.ImportFrom):
            _read_from(module, node)


def _read_from(module: PythonModule, node: ast.ImportFrom) -> None:
    base = absolute_name(module, node)
    for alias in node.names:
        if alias.name == "*":
            module.stars.append(base)
        else:
            module.imports[alias.asname or alias.name] = f"{base}.{alias.name}" if base else alias.name


def absolute_name(module: PythonModule, node: ast.ImportFrom) -> str:
    """Return the module a `from` statement names, relative ones resolved."""
    if not node.level:
        return node.module or ""
    steps = node.level - 1 if module.is_package() else node.level
    parts = module.name.split(".")
    base = parts[: len(parts) - steps] if steps <= len(parts) else []
    return ".".join([*base, *([node.module] if node.module else [])])


def _read_definitions(module: PythonModule, body: list[ast.stmt]) -> None:
    for statement in statements(body):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            module.definitions[statement.name] = statement
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            module.annotations[statement.target.id] = statement.annotation
        for name, value in assignments(statement):
            module.definitions[name] = value


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of one scope, those inside `if`, `try`, `with` and loops included, in order."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for part in ("body", "orelse", "finalbody"):
            yield from statements(getattr(statement, part, []))
        for handler in getattr(statement, "handlers", []):
            yield from statements(handler.body)
        for case in getattr(statement, "cases", []):
            yield from statements(case.body)


def own_expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the nodes of a statement, without those of the statements and functions inside it."""
    pending: list[ast.AST] = [
        child for child in ast.iter_child_nodes(statement) if not isinstance(child, ast.stmt | ast.ExceptHandler)
    ]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt))


def assignments(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names a statement binds, each with the expression it may stand for afterwards."""
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _targets(target, statement.value)
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        yield statement.target.id, statement.value
    elif isinstance(statement, ast.For | ast.AsyncFor) and isinstance(statement.target, ast.Name):
        if isinstance(statement.iter, ast.Tuple | ast.List | ast.Set):
            yield from ((statement.target.id, element) for element in statement.iter.elts)
    elif isinstance(statement, ast.With | ast.AsyncWith):
        for item in statement.items:
            if isinstance(item.optional_vars, ast.Name):
                yield item.optional_vars.id, item.context_expr


def _targets(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _targets(one, other)


def _bound(body: list[ast.stmt]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for statement in statements(body):
        for name, value in assignments(statement):
            found.setdefault(name, []).append(value)
    return found


def parameters(function: FunctionNode) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """Yield a function's parameters with their defaults."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    padding: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    yield from zip(positional, [*padding, *arguments.defaults], strict=True)
    yield from zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return a keyword argument of a call."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """Return an argument given by position or by keyword."""
    if position < len(call.args) and not any(isinstance(one, ast.Starred) for one in call.args[: position + 1]):
        return call.args[position]
    return keyword(call, name)
