"""A secret that is not needed while another variable has a certain value, where the code makes that certain."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizard.source.env_reads import Environment, EnvRead
from wizard.source.location import SourceLocation
from wizard.source.python_module import FunctionNode
from wizard.source.python_sources import PythonSources, Scope
from wizard.source.python_values import text

_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Alternative:
    """While `variable` has this value, the secret is never used."""

    variable: str
    value: str
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class _Switch:
    """A comparison of a variable with a text: `mailer == "console"`."""

    read: EnvRead
    value: str
    is_equal: bool

    def others(self) -> tuple[str, ...]:
        """Values that make the comparison false, where the code lists all there are."""
        return tuple(option for option in self.read.options if option != self.value)


def find_alternative(sources: PythonSources, environment: Environment, secret: EnvRead) -> Alternative | None:
    """Return the alternative to a secret, None where there is none or the code does not settle it."""
    if secret.required:
        return None
    search = _Search(sources, environment, secret.name)
    found = (one for scope, node in sources.nodes() for one in search.alternatives(scope, node))
    return None if search.is_used_on_import() else next(found, None)


@dataclass(frozen=True, slots=True)
class _Search:
    sources: PythonSources
    environment: Environment
    secret: str

    def alternatives(self, scope: Scope, node: ast.AST) -> Iterator[Alternative]:
        """Yield what one statement or expression settles."""
        if isinstance(node, ast.If):
            yield from self._demanded(scope, node)
            yield from self._chosen(scope, node, node.test, node.body, node.orelse or _after(scope, node))
        elif isinstance(node, ast.IfExp):
            yield from self._chosen(scope, node, node.test, [node.body], [node.orelse])
        elif isinstance(node, ast.Match):
            yield from self._matched(scope, node)

    def is_used_on_import(self) -> bool:
        """Tell whether a module hands the secret to a call when it is imported: then no switch keeps it away."""
        calls = ((scope, node) for scope, node in self.sources.nodes() if isinstance(node, ast.Call))
        return any(
            isinstance(given, ast.Name | ast.Attribute) and self._is_secret(scope, given)
            for scope, call in calls
            if not scope.functions
            for given in (*call.args, *(one.value for one in call.keywords))
        )

    def _demanded(self, scope: Scope, node: ast.If) -> Iterator[Alternative]:
        """`if mailer == "smtp" and not key: raise`: any other mailer goes without the key."""
        tests = (
            node.test.values if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And) else [node.test]
        )
        inner = [one for one in node.body if isinstance(one, ast.If)]
        raises = any(isinstance(one, ast.Raise) for one in node.body)
        asks = any(self._asks_for_secret(scope, test) for test in tests) and raises
        nested = any(self._asks_for_secret(scope, one.test) and _has_raise(one) for one in inner)
        switch = next((one for test in tests if (one := self._switch(scope, test))), None)
        if switch and (asks or nested):
            yield from self._without(switch, scope.at(node))

    def _without(self, switch: _Switch, location: SourceLocation) -> Iterator[Alternative]:
        """The secret is demanded where the switch holds; name a value for which it does not."""
        values = switch.others() if switch.is_equal else (switch.value,)
        yield from (Alternative(switch.read.name, value, location) for value in values[:1])

    def _asks_for_secret(self, scope: Scope, test: ast.expr) -> bool:
        """`not key`, `key is None`, `key == ""`."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            operand: ast.expr = test.operand
        elif isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is | ast.Eq):
            operand = test.left
        else:
            return False
        return self._is_secret(scope, operand)

    def _is_secret(self, scope: Scope, node: ast.expr) -> bool:
        return any(read.name == self.secret for read in self.environment.behind(scope, node))

    def _switch(self, scope: Scope, test: ast.expr) -> _Switch | None:
        if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq | ast.NotEq):
            return None
        value = text(self.sources, scope, test.comparators[0])
        reads = self.environment.behind(scope, test.left)
        if value is None or len(reads) != 1 or reads[0].name == self.secret:
            return None
        return _Switch(reads[0], value, isinstance(test.ops[0], ast.Eq))

    def _chosen(
        self, scope: Scope, node: ast.AST, test: ast.expr, body: Sequence[ast.AST], other: Sequence[ast.AST]
    ) -> Iterator[Alternative]:
        """`console() if mailer == "console" else smtp()`: only one branch reaches the secret."""
        switch = self._switch(scope, test)
        if switch is None:
            return
        here, there = self._reaches_any(scope, body), self._reaches_any(scope, other)
        if here == there:
            return
        where_equal = here if switch.is_equal else there
        values = switch.others() if where_equal else (switch.value,)
        yield from (Alternative(switch.read.name, value, scope.at(node)) for value in values[:1])

    def _matched(self, scope: Scope, node: ast.Match) -> Iterator[Alternative]:
        reads = self.environment.behind(scope, node.subject)
        reached = [(case, self._reaches_any(scope, case.body)) for case in node.cases]
        if len(reads) != 1 or not any(uses for _, uses in reached):
            return
        for case, uses in reached:
            value = case.pattern.value if isinstance(case.pattern, ast.MatchValue) else None
            if not uses and isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield Alternative(reads[0].name, value.value, scope.at(node))

    def _reaches_any(self, scope: Scope, nodes: Sequence[ast.AST]) -> bool:
        return any(self._reaches(scope, node, set(), _DEPTH) for node in nodes)

    def _reaches(self, scope: Scope, node: ast.AST, seen: set[int], depth: int) -> bool:
        """Tell whether running a node can use the secret, through functions and classes it names."""
        for inner in ast.walk(node):
            read = self.environment.read_at(scope, inner)
            if read and read.name == self.secret:
                return True
            if isinstance(inner, ast.Name | ast.Attribute) and depth and self._leads_to(scope, inner, seen, depth):
                return True
        return False

    def _leads_to(self, scope: Scope, node: ast.Name | ast.Attribute, seen: set[int], depth: int) -> bool:
        found = self.sources.resolve(scope, node)
        if found is None or id(found.node) in seen:
            return False
        seen.add(id(found.node))
        if isinstance(found.node, ast.ClassDef):
            members = (one for one in found.node.body if isinstance(one, FunctionNode))
            places = ((scope_of(found.scope, found.name, one), one) for one in members)
            return any(self._reaches(place, member, seen, depth - 1) for place, member in places)
        return self._reaches(found.inner(), found.node, seen, depth - 1)


def scope_of(module: Scope, class_name: str, method: FunctionNode) -> Scope:
    """Return the scope of a method's body."""
    label = class_name.removeprefix(f"{module.name}.")
    return module.entering(method, f"{label}.{method.name}")


def _after(scope: Scope, node: ast.If) -> Sequence[ast.AST]:
    """Return what runs when an `if` that leaves the function is not taken."""
    leaves = any(isinstance(one, ast.Return | ast.Raise) for one in node.body)
    body = scope.functions[-1].body if scope.functions else []
    return body[body.index(node) + 1 :] if leaves and node in body else []


def _has_raise(node: ast.If) -> bool:
    return any(isinstance(one, ast.Raise) for one in node.body)
