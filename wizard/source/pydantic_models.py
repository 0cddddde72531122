"""The fields of pydantic models, inherited ones included."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from wizard.source.python_module import keyword
from wizard.source.python_sources import Found, PythonSources, Scope
from wizard.source.python_values import text

_MODELS = frozenset({"BaseModel", "RootModel", "SQLModel", "BaseSettings"})
_LIBRARIES = frozenset({"pydantic", "sqlmodel", "pydantic_settings"})


@dataclass(frozen=True, slots=True)
class ModelField:
    """One field as it is written.

    Attributes:
        name: as sent: the alias where there is one.
        annotation: None for an assignment without one.
        default: the assigned expression, None where there is none.
        scope: where names in annotation and default are looked up.
    """

    name: str
    attribute: str
    annotation: ast.expr | None
    default: ast.expr | None
    node: ast.stmt
    scope: Scope
    required: bool

    @property
    def type(self) -> str:
        """The annotation as source text."""
        return ast.unparse(self.annotation) if self.annotation else "str"


def is_model(sources: PythonSources, found: Found, names: frozenset[str] = _MODELS) -> bool:
    """Tell whether a class derives from one of pydantic's bases."""
    return any(
        base.rpartition(".")[2] in names and base.partition(".")[0] in _LIBRARIES for base in sources.bases(found)
    )


def model_fields(sources: PythonSources, found: Found) -> tuple[ModelField, ...]:
    """Return a model's fields in order, those of its bases first, overridden ones once."""
    fields: dict[str, ModelField] = {}
    for class_ in [*reversed(list(_local_bases(sources, found))), found]:
        for statement in class_.node.body if isinstance(class_.node, ast.ClassDef) else []:
            field = _field(sources, class_.scope, statement)
            if field:
                fields[field.attribute] = field
    return tuple(fields.values())


def _local_bases(sources: PythonSources, found: Found) -> list[Found]:
    definitions = (sources.definition(base) for base in sources.bases(found))
    return [one for one in definitions if one and isinstance(one.node, ast.ClassDef)]


def _field(sources: PythonSources, scope: Scope, statement: ast.stmt) -> ModelField | None:
    if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
        return None
    name = statement.target.id
    if name.startswith("_") or name == "model_config" or "ClassVar" in ast.unparse(statement.annotation):
        return None
    alias = _alias(sources, scope, statement)
    required = _required(sources, scope, statement.value)
    return ModelField(alias or name, name, statement.annotation, statement.value, statement, scope, required)


def _alias(sources: PythonSources, scope: Scope, statement: ast.AnnAssign) -> str | None:
    for call in field_calls(sources, scope, statement):
        for argument in ("validation_alias", "alias"):
            named = text(sources, scope, keyword(call, argument))
            if named:
                return named
    return None


def field_calls(sources: PythonSources, scope: Scope, statement: ast.AnnAssign) -> list[ast.Call]:
    """Return the `Field(...)` calls of a field: its default, or metadata inside Annotated."""
    nodes = [*ast.walk(statement.annotation), *([statement.value] if statement.value else [])]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    return [call for call in calls if (sources.qualified(scope, call.func) or "").endswith("Field")]


def _required(sources: PythonSources, scope: Scope, value: ast.expr | None) -> bool:
    if value is None or _is_ellipsis(value):
        return True
    if isinstance(value, ast.Call) and (sources.qualified(scope, value.func) or "").endswith("Field"):
        default = value.args[0] if value.args else keyword(value, "default")
        return _is_ellipsis(default) or (default is None and keyword(value, "default_factory") is None)
    return False


def _is_ellipsis(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...
