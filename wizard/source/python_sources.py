"""All Python files of a service, and what a name in one of them stands for, followed through imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.source.location import SourceLocation, Unreadable
from wizard.source.python_module import (
    Definition,
    FunctionNode,
    PythonModule,
    own_expressions,
    parameters,
    read_module,
    statements,
)
from wizard.source.tree import Tree

_HOPS = 12
"""How many aliases and re-exports are followed before giving up: cycles exist."""
_SKIPPED_FOLDERS = frozenset({"node_modules", ".venv", "venv", "site-packages", "__pycache__", ".git"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a name is looked up: a module, inside it the functions that enclose the place, outermost first.

    Attributes:
        labels: each function's name, a method's with its classes: `Settings.check`.
    """

    module: PythonModule
    functions: tuple[FunctionNode, ...] = ()
    labels: tuple[str, ...] = ()

    def entering(self, function: FunctionNode, label: str = "") -> Scope:
        """Return the scope of a function's body."""
        return Scope(self.module, (*self.functions, function), (*self.labels, label or function.name))

    def outer(self, depth: int) -> Scope:
        """Return the scope of the outermost `depth` functions."""
        return Scope(self.module, self.functions[:depth], self.labels[:depth])

    @property
    def name(self) -> str:
        """Dotted name of the module or function."""
        return ".".join([self.module.name, *self.labels])

    def class_of_self(self, name: str) -> str | None:
        """Return the class whose instance a name is, where it is the first parameter of a method."""
        for depth in range(len(self.functions), 0, -1):
            first = next(parameters(self.functions[depth - 1]), None)
            owner = self.labels[depth - 1].rpartition(".")[0]
            if owner and first and first[0].arg == name:
                return f"{self.outer(depth - 1).name}.{owner}"
        return None

    def at(self, node: ast.AST) -> SourceLocation:
        """Return where a node stands."""
        return self.module.at(node)


@dataclass(frozen=True, slots=True)
class Found:
    """What a name stands for, with the scope its own names are looked up in."""

    scope: Scope
    node: Definition
    name: str

    @property
    def location(self) -> SourceLocation:
        """Where it is defined."""
        return self.scope.at(self.node)

    def inner(self) -> Scope:
        """Return the scope of a function's body, the place itself for anything else."""
        if not isinstance(self.node, FunctionNode):
            return self.scope
        return self.scope.entering(self.node, self.name.removeprefix(f"{self.scope.name}."))


class PythonSources:
    """The modules of a service by dotted name.

    Attributes:
        root: the folder commands run in, relative to the project root.
        import_roots: folders that are on the import path, the nearest first.
        unreadable: files that could not be parsed.
    """

    def __init__(self, tree: Tree, root: str, import_roots: Iterable[str]) -> None:
        self.tree = tree
        self.root = root
        self.import_roots = tuple(import_roots)
        self.modules: dict[str, PythonModule] = {}
        self.unreadable: list[Unreadable] = []
        self._nodes: list[tuple[Scope, ast.AST]] = []
        self._canonical: dict[str, str] = {}
        self._load()

    @classmethod
    def of_service(cls, tree: Tree, root: str) -> PythonSources:
        """Read a service's Python files; a `src` folder without `__init__` is an import root too."""
        source = f"{root}/src" if root not in ("", ".") else "src"
        has_layout = bool(tree.below(source, ".py")) and f"{source}/__init__.py" not in tree
        return cls(tree, root, [source, root] if has_layout else [root])

    def _load(self) -> None:
        paths = [path for path in self.tree.below(self.root, ".py") if _SKIPPED_FOLDERS.isdisjoint(path.split("/"))]
        self.tree.preload(paths)
        for path in paths:
            module = read_module(self.tree, path, self._dotted(path))
            if isinstance(module, Unreadable):
                self.unreadable.append(module)
            else:
                self.modules[module.name] = module

    def _dotted(self, path: str) -> str:
        for root in self.import_roots:
            prefix = "" if root in ("", ".") else f"{root}/"
            if path.startswith(prefix):
                inner = path[len(prefix) :].removesuffix(".py").removesuffix("/__init__")
                return inner.replace("/", ".")
        return path.removesuffix(".py").replace("/", ".")

    def scopes(self) -> Iterator[Scope]:
        """Yield every module and every function of it, methods and nested ones included."""
        for module in self.modules.values():
            yield Scope(module)
            yield from _inner_scopes(Scope(module), module.syntax.body)

    def nodes(self) -> list[tuple[Scope, ast.AST]]:
        """Return every syntax node with the scope its names are looked up in, computed once."""
        if not self._nodes:
            self._nodes = [
                pair
                for scope in self.scopes()
                for pair in _own_nodes(scope, scope.functions[-1].body if scope.functions else scope.module.syntax.body)
            ]
        return self._nodes

    def qualified(self, scope: Scope, expression: ast.expr | None) -> str | None:
        """Return the full dotted name an expression stands for, None when it is no name.

        A local variable is named after its function: `app.main.create_app.api`.
        """
        if isinstance(expression, ast.Name):
            return self._named(scope, expression.id)
        if isinstance(expression, ast.Attribute):
            base = self.qualified(scope, expression.value)
            return self.canonical(f"{base}.{expression.attr}") if base else None
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
            return self._quoted(scope, expression.value)
        return None

    def _quoted(self, scope: Scope, text: str) -> str | None:
        """A forward reference is a name in quotes."""
        try:
            parsed = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError):
            return None
        return self.qualified(scope, parsed) if isinstance(parsed, ast.Name | ast.Attribute) else None

    def _named(self, scope: Scope, name: str) -> str:
        for depth in range(len(scope.functions), 0, -1):
            function = scope.functions[depth - 1]
            if name in scope.module.locals_of(function) or any(arg.arg == name for arg, _ in parameters(function)):
                return f"{scope.outer(depth).name}.{name}"
        return self._in_module(scope.module, name) or name

    def _in_module(self, module: PythonModule, name: str) -> str | None:
        if name in module.definitions:
            return f"{module.name}.{name}" if module.name else name
        if name in module.imports:
            return self.canonical(module.imports[name])
        stars = (self.modules.get(star) for star in module.stars)
        return next((f"{star.name}.{name}" for star in stars if star and name in star.definitions), None)

    def canonical(self, dotted: str) -> str:
        """Return where a dotted name is really defined: re-exports of local packages are followed."""
        if dotted not in self._canonical:
            self._canonical[dotted] = self._follow(dotted, _HOPS)
        return self._canonical[dotted]

    def _follow(self, dotted: str, hops: int) -> str:
        module, rest = self._split(dotted)
        if module is None or not rest or rest[0] in module.definitions or not hops:
            return dotted
        target = module.imports.get(rest[0])
        if target is None or target == dotted:
            star = self._in_module(module, rest[0])
            return ".".join([star, *rest[1:]]) if star else dotted
        return self._follow(".".join([target, *rest[1:]]), hops - 1)

    def _split(self, dotted: str) -> tuple[PythonModule | None, list[str]]:
        parts = dotted.split(".")
        for length in range(len(parts), 0, -1):
            module = self.modules.get(".".join(parts[:length]))
            if module:
                return module, parts[length:]
        return None, parts

    def definition(self, dotted: str | None) -> Found | None:
        """Return what a full dotted name is bound to at module level, or inside classes there."""
        if dotted is None:
            return None
        name = self.canonical(dotted)
        module, rest = self._split(name)
        node = module.definitions.get(rest[0]) if module and rest else None
        for inner in rest[1:]:
            node = _member(node, inner) if isinstance(node, ast.ClassDef) else None
        return Found(Scope(module), node, name) if module and node else None

    def resolve(self, scope: Scope, expression: ast.expr | None) -> Found | None:
        """Follow names and aliases until something that is no name, or a name nothing more is known of."""
        current: ast.expr | None = expression
        place, last = scope, None
        for _ in range(_HOPS):
            found = self._step(place, current)
            if found is None or not isinstance(found.node, ast.Name | ast.Attribute):
                return found or last
            place, current, last = found.scope, found.node, found
        return last

    def _step(self, scope: Scope, expression: ast.expr | None) -> Found | None:
        if isinstance(expression, ast.Name):
            for depth in range(len(scope.functions), 0, -1):
                values = scope.module.locals_of(scope.functions[depth - 1]).get(expression.id)
                if values and not (isinstance(values[-1], ast.Name) and values[-1].id == expression.id):
                    return Found(scope.outer(depth), values[-1], expression.id)
        return self.definition(self.qualified(scope, expression))

    def class_of(self, scope: Scope, annotation: ast.expr | None) -> Found | None:
        """Return the local class an annotation names, seen through Annotated, Optional, unions and quotes."""
        for candidate in annotation_names(annotation):
            found = self.resolve(scope, candidate)
            if found is None:
                found = self.definition(self.qualified(scope, candidate))
            if found and isinstance(found.node, ast.ClassDef):
                return found
            if found and isinstance(found.node, ast.Subscript):
                return self.class_of(found.scope, found.node)
        return None

    def bases(self, found: Found) -> Iterator[str]:
        """Yield the qualified names of a class's bases, transitively, the nearest first."""
        pending, seen = [found], set[str]()
        while pending:
            current = pending.pop(0)
            for base in current.node.bases if isinstance(current.node, ast.ClassDef) else []:
                target = base.value if isinstance(base, ast.Subscript) else base
                name = self.qualified(current.scope, target)
                if name is None or name in seen:
                    continue
                seen.add(name)
                yield name
                parent = self.definition(name)
                if parent:
                    pending.append(parent)

    def classes(self) -> Iterator[Found]:
        """Yield every class at module level."""
        for module in self.modules.values():
            for name, node in module.definitions.items():
                if isinstance(node, ast.ClassDef):
                    yield Found(Scope(module), node, f"{module.name}.{name}")


def _inner_scopes(outer: Scope, body: list[ast.stmt], classes: str = "") -> Iterator[Scope]:
    for statement in statements(body):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = outer.entering(statement, f"{classes}{statement.name}")
            yield inner
            yield from _inner_scopes(inner, statement.body)
        elif isinstance(statement, ast.ClassDef):
            yield from _inner_scopes(outer, statement.body, f"{classes}{statement.name}.")


def _own_nodes(scope: Scope, body: list[ast.stmt]) -> Iterator[tuple[Scope, ast.AST]]:
    for statement in statements(body):
        yield scope, statement
        yield from ((scope, node) for node in own_expressions(statement))
        if isinstance(statement, ast.ClassDef):
            yield from _own_nodes(scope, statement.body)


def _member(class_: ast.ClassDef, name: str) -> Definition | None:
    for statement in class_.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and statement.name == name:
            return statement
        if isinstance(statement, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == name for t in statement.targets
        ):
            return statement.value
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and statement.target.id == name
        ):
            return statement.value
    return None


def annotation_names(annotation: ast.expr | None) -> Iterator[ast.expr]:
    """Yield the names an annotation is made of, the outermost type first, metadata of Annotated left out."""
    if isinstance(annotation, ast.BinOp):
        yield from annotation_names(annotation.left)
        yield from annotation_names(annotation.right)
    elif isinstance(annotation, ast.Subscript):
        inner = annotation.slice
        is_annotated = _last_name(annotation.value) == "Annotated"
        elements = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        for element in elements[:1] if is_annotated else elements:
            yield from annotation_names(element)
        yield annotation.value
    elif isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        yield from _quoted_names(annotation)
    elif annotation is not None:
        yield annotation


def _quoted_names(annotation: ast.Constant) -> Iterator[ast.expr]:
    try:
        yield from annotation_names(ast.parse(str(annotation.value), mode="eval").body)
    except (SyntaxError, ValueError):
        return


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
