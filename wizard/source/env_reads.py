"""Every environment variable a Python service reads, whether it must be set, and which values come from which."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.source.location import SourceLocation
from wizard.source.python_module import FunctionNode, argument, parameters
from wizard.source.python_sources import Found, PythonSources, Scope
from wizard.source.python_values import Unknown, constant, default_of, instance_class, text
from wizard.source.settings_class import Setting, literal_options, settings_classes, settings_of, splits_text

_DEPTH = 8


class ReadKind(StrEnum):
    """What reads the variable."""

    CODE = "code"
    """A call or a subscript in Python."""
    SETTING = "setting"
    """A field of a settings class."""
    SCRIPT = "script"
    """JavaScript or TypeScript."""


@dataclass(frozen=True, slots=True)
class EnvRead:
    """One place that reads a variable.

    Attributes:
        name: of the variable.
        required: whether the program fails without it.
        default: text used when it is not set, None where there is none or it cannot be told.
        type: annotation of a setting, `str` for a plain read.
        setting: qualified name of the field, empty for a plain read.
        options: the only values allowed, where the code lists them.
        needs_json: whether a list must be written as JSON.
        used_at: places that use a setting's value; a setting without any has no effect.
        other_names: variables that fill the same field.
    """

    name: str
    location: SourceLocation
    required: bool
    default: str | None
    kind: ReadKind
    type: str = "str"
    setting: str = ""
    options: tuple[str, ...] = ()
    needs_json: bool = False
    used_at: tuple[SourceLocation, ...] = ()
    other_names: tuple[str, ...] = ()

    @property
    def has_effect(self) -> bool:
        """Whether anything uses the value."""
        return self.kind is not ReadKind.SETTING or bool(self.used_at)


class Environment:
    """The variables a service reads, and a trace from any expression back to them.

    Attributes:
        reads: every read, in order of name and place.
        env_files: files the settings classes read besides the environment.
    """

    def __init__(self, sources: PythonSources) -> None:
        self._sources = sources
        self._by_node: dict[ast.AST, EnvRead] = {}
        self._by_field: dict[str, EnvRead] = {}
        self._twins: list[EnvRead] = []
        """Variables of a nested model that is used for several fields."""
        self.env_files: tuple[str, ...] = ()
        self._read_code()
        self._read_settings()
        found = [*self._by_node.values(), *self._by_field.values(), *self._twins]
        self.reads = tuple(sorted(found, key=lambda read: (read.name, read.location)))

    def named(self, name: str) -> tuple[EnvRead, ...]:
        """Return the reads of one variable."""
        return tuple(read for read in self.reads if name in (read.name, *read.other_names))

    def behind(self, scope: Scope, expression: ast.AST | None) -> tuple[EnvRead, ...]:
        """Return the variables a value is made from, followed through names, settings, properties and functions."""
        found: dict[str, EnvRead] = {}
        self._trace(scope, expression, found, set(), _DEPTH)
        return tuple(found.values())

    def read_at(self, scope: Scope, node: ast.AST) -> EnvRead | None:
        """Return the read a node is: the call itself, or a settings attribute."""
        if node in self._by_node:
            return self._by_node[node]
        if isinstance(node, ast.Attribute):
            class_ = self._field_owner(scope, node)
            return self._by_field.get(class_) if class_ else None
        return None

    def _field_owner(self, scope: Scope, node: ast.Attribute) -> str | None:
        if node.attr not in self._attributes:
            return None
        class_ = instance_class(self._sources, scope, node.value)
        if class_ is None:
            return None
        candidates = (f"{name}.{node.attr}" for name in [class_.name, *self._heirs(class_)])
        return next((one for one in candidates if one in self._by_field), None)

    def _heirs(self, class_: Found) -> Iterator[str]:
        """Fields of a base are known under the class that inherits them."""
        for owner in self._owners:
            found = self._sources.definition(owner)
            if found and class_.name in self._sources.bases(found):
                yield owner

    def _trace(
        self, scope: Scope, expression: ast.AST | None, found: dict[str, EnvRead], seen: set[int], depth: int
    ) -> None:
        if expression is None or not depth or id(expression) in seen:
            return
        seen.add(id(expression))
        for node in ast.walk(expression):
            read = self.read_at(scope, node)
            if read:
                found.setdefault(read.name, read)
            elif isinstance(node, ast.Name | ast.Attribute):
                self._trace_name(scope, node, found, seen, depth)

    def _trace_name(
        self, scope: Scope, node: ast.Name | ast.Attribute, found: dict[str, EnvRead], seen: set[int], depth: int
    ) -> None:
        target = self._sources.resolve(scope, node) or self._property(scope, node)
        if target is None or isinstance(target.node, ast.ClassDef):
            return
        if not isinstance(target.node, FunctionNode):
            self._trace(target.scope, target.node, found, seen, depth - 1)
            return
        for inner in ast.walk(target.node):
            if isinstance(inner, ast.Return):
                self._trace(target.inner(), inner.value, found, seen, depth - 1)

    def _property(self, scope: Scope, node: ast.Name | ast.Attribute) -> Found | None:
        if not isinstance(node, ast.Attribute):
            return None
        class_ = instance_class(self._sources, scope, node.value)
        return self._sources.definition(f"{class_.name}.{node.attr}") if class_ else None

    def _read_code(self) -> None:
        fallbacks = {
            node.values[0]: node.values[-1]
            for _, node in self._sources.nodes()
            if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or)
        }
        wrappers: dict[str, _Wrapper] = {}
        for scope, node in self._sources.nodes():
            access = environment_access(self._sources, scope, node)
            if access is None:
                continue
            self._keep(scope, node, access, fallbacks.get(node) if isinstance(node, ast.expr) else None, wrappers)
        self._read_wrapped(wrappers)

    def _keep(
        self,
        scope: Scope,
        node: ast.AST,
        access: _Access,
        fallback: ast.expr | None,
        wrappers: dict[str, _Wrapper],
    ) -> None:
        name = text(self._sources, scope, access.name)
        default = fallback or access.default
        is_handed_on = isinstance(default, ast.Name) and _is_parameter(scope, default.id)
        required = access.required or ((default is None or is_handed_on) and _is_refused(scope, node))
        if name is not None:
            self._by_node[node] = EnvRead(
                name, scope.at(node), required, _shown(self._sources, scope, default), ReadKind.CODE
            )
        elif isinstance(access.name, ast.Name) and scope.functions:
            position = _position(scope.functions[-1], access.name.id)
            if position is not None:
                wrappers[scope.name] = _Wrapper(position, access.name.id, required)

    def _read_wrapped(self, wrappers: dict[str, _Wrapper]) -> None:
        """A function that is given the variable's name reads it for its caller."""
        for scope, node in self._sources.nodes() if wrappers else []:
            wrapper = (
                wrappers.get(self._sources.qualified(scope, node.func) or "") if isinstance(node, ast.Call) else None
            )
            if wrapper is None or not isinstance(node, ast.Call):
                continue
            name = text(self._sources, scope, argument(node, wrapper.position, wrapper.parameter))
            if name:
                default = argument(node, wrapper.position + 1, "default")
                shown = _shown(self._sources, scope, default)
                required = wrapper.required and default is None
                self._by_node[node] = EnvRead(name, scope.at(node), required, shown, ReadKind.CODE)

    def _read_settings(self) -> None:
        classes = settings_classes(self._sources)
        self._owners = tuple(class_.name for class_ in classes)
        self.env_files = tuple(dict.fromkeys(name for class_ in classes for name in class_.env_files))
        for class_ in classes:
            for setting in settings_of(self._sources, class_):
                read = _setting_read(self._sources, setting)
                if self._by_field.setdefault(setting.field, read) is not read:
                    self._twins.append(read)
        self._attributes = {field.rpartition(".")[2] for field in self._by_field}
        uses = {field: tuple(sorted(places)) for field, places in self._uses().items()}
        self._by_field = {key: replace(read, used_at=uses.get(key, ())) for key, read in self._by_field.items()}
        self._twins = [replace(read, used_at=uses.get(read.setting, ())) for read in self._twins]

    def _uses(self) -> dict[str, set[SourceLocation]]:
        uses: dict[str, set[SourceLocation]] = {}
        for scope, node in self._sources.nodes():
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                field = self._field_owner(scope, node)
                if field:
                    uses.setdefault(field, set()).add(scope.at(node))
        return uses


@dataclass(frozen=True, slots=True)
class _Access:
    """A read as syntax: the expression that names the variable, and what stands in when it is not set."""

    name: ast.expr
    default: ast.expr | None
    required: bool


@dataclass(frozen=True, slots=True)
class _Wrapper:
    position: int
    parameter: str
    required: bool


_LOOKUPS = frozenset({"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop"})
_READERS = frozenset({"decouple.config", "decouple.Config"})
_READER_CLASSES = frozenset({"environs.Env", "starlette.config.Config", "environ.Env", "decouple.Config"})


def environment_access(sources: PythonSources, scope: Scope, node: ast.AST) -> _Access | None:
    """Return what a node reads from the environment, None for any other node."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        is_environment = sources.qualified(scope, node.value) == "os.environ"
        return _Access(node.slice, None, required=True) if is_environment else None
    if not isinstance(node, ast.Call) or not node.args:
        return None
    name = sources.qualified(scope, node.func)
    if name in _LOOKUPS:
        return _Access(node.args[0], argument(node, 1, "default"), required=False)
    if name in _READERS or _is_reader(sources, scope, node.func):
        default = argument(node, 2, "default")
        return _Access(node.args[0], default, required=default is None)
    return None


def _is_reader(sources: PythonSources, scope: Scope, function: ast.expr) -> bool:
    """`env("X")` and `env.str("X")`, where `env` is an instance of a known reader."""
    target = function.value if isinstance(function, ast.Attribute) else function
    found = sources.resolve(scope, target) if isinstance(target, ast.Name | ast.Attribute) else None
    made = found.node if found else None
    return (
        isinstance(made, ast.Call)
        and found is not None
        and (sources.qualified(found.scope, made.func) in _READER_CLASSES)
    )


def _is_refused(scope: Scope, node: ast.AST) -> bool:
    """Tell whether the place raises when the variable is not set: `x = getenv(..)`, then `if not x: raise`."""
    body = scope.functions[-1].body if scope.functions else scope.module.syntax.body
    names = {
        target.id
        for statement in body
        if isinstance(statement, ast.Assign) and any(part is node for part in ast.walk(statement.value))
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    return any(_raises_for(statement, names) for statement in body) if names else False


def _raises_for(statement: ast.stmt, names: set[str]) -> bool:
    if not isinstance(statement, ast.If) or not any(isinstance(one, ast.Raise) for one in statement.body):
        return False
    tested = statement.test
    operand = tested.operand if isinstance(tested, ast.UnaryOp) and isinstance(tested.op, ast.Not) else None
    if isinstance(tested, ast.Compare) and isinstance(tested.ops[0], ast.Is):
        operand = tested.left
    return isinstance(operand, ast.Name) and operand.id in names


def _is_parameter(scope: Scope, name: str) -> bool:
    return bool(scope.functions) and _position(scope.functions[-1], name) is not None


def _position(function: FunctionNode, name: str) -> int | None:
    return next((index for index, (arg, _) in enumerate(parameters(function)) if arg.arg == name), None)


def _shown(sources: PythonSources, scope: Scope, default: ast.expr | None) -> str | None:
    value = constant(sources, scope, default)
    if default is None or value is None or isinstance(value, Unknown | tuple):
        return None
    return str(value)


def _setting_read(sources: PythonSources, setting: Setting) -> EnvRead:
    declared = setting.declared
    default = default_of(sources, Found(declared.scope, declared.default, "")) if declared.default else None
    return EnvRead(
        name=setting.names[0],
        location=declared.scope.at(declared.node),
        required=declared.required,
        default=None if declared.required else _shown(sources, declared.scope, default),
        kind=ReadKind.SETTING,
        type=declared.type,
        setting=setting.field,
        options=literal_options(sources, declared),
        needs_json=not splits_text(declared),
        other_names=setting.names[1:],
    )
