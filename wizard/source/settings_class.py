"""pydantic-settings classes: which environment variable fills which field."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.source.pydantic_models import ModelField, field_calls, is_model, model_fields
from wizard.source.python_module import keyword
from wizard.source.python_sources import Found, PythonSources, annotation_names
from wizard.source.python_values import constant, text

_SETTINGS = frozenset({"BaseSettings"})


@dataclass(frozen=True, slots=True)
class SettingsClass:
    """A class that is filled from the environment.

    Attributes:
        prefix: put before every field's name that has no alias.
        nested_delimiter: None where nested models are not split into variables.
    """

    found: Found
    prefix: str
    nested_delimiter: str | None
    env_files: tuple[str, ...]

    @property
    def name(self) -> str:
        """Dotted name of the class."""
        return self.found.name


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable that fills a field.

    Attributes:
        names: variables that can fill it, the first one wins.
        field: qualified name of the attribute, `app.config.Settings.api_key`.
    """

    names: tuple[str, ...]
    field: str
    declared: ModelField


def settings_classes(sources: PythonSources) -> tuple[SettingsClass, ...]:
    """Return the settings classes of a service; a class that only serves as a base speaks through its heirs."""
    found = [class_ for class_ in sources.classes() if is_model(sources, class_, _SETTINGS)]
    bases = {base for class_ in found for base in sources.bases(class_)}
    called = {sources.qualified(scope, node.func) for scope, node in sources.nodes() if isinstance(node, ast.Call)}
    leaves = (class_ for class_ in found if class_.name not in bases or class_.name in called)
    return tuple(_settings(sources, class_) for class_ in leaves)


def _settings(sources: PythonSources, found: Found) -> SettingsClass:
    files = _option(sources, found, "env_file")
    named = (files,) if isinstance(files, str) else files if isinstance(files, tuple) else ()
    prefix = _option(sources, found, "env_prefix")
    delimiter = _option(sources, found, "env_nested_delimiter")
    return SettingsClass(
        found=found,
        prefix=prefix if isinstance(prefix, str) else "",
        nested_delimiter=delimiter if isinstance(delimiter, str) else None,
        env_files=tuple(one for one in named if isinstance(one, str)),
    )


def _option(sources: PythonSources, found: Found, name: str) -> object:
    """Read an option from `model_config`, the inner `Config` class, or the class keywords; heirs before bases."""
    for class_ in [found, *filter(None, map(sources.definition, sources.bases(found)))]:
        for expression in _option_expressions(class_, name):
            return constant(sources, class_.scope, expression)
    return None


def _option_expressions(class_: Found, name: str) -> Iterator[ast.expr]:
    if not isinstance(class_.node, ast.ClassDef):
        return
    yield from (one.value for one in class_.node.keywords if one.arg == name)
    for statement in class_.node.body:
        if isinstance(statement, ast.ClassDef) and statement.name == "Config":
            yield from _assigned(statement.body, name)
    for config in _assigned(class_.node.body, "model_config"):
        if isinstance(config, ast.Call) and (given := keyword(config, name)):
            yield given
        elif isinstance(config, ast.Dict):
            pairs = zip(config.keys, config.values, strict=True)
            yield from (value for key, value in pairs if isinstance(key, ast.Constant) and key.value == name)


def _assigned(body: list[ast.stmt], name: str) -> Iterator[ast.expr]:
    for statement in body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        value = getattr(statement, "value", None)
        if isinstance(value, ast.expr) and any(isinstance(one, ast.Name) and one.id == name for one in targets):
            yield value


def settings_of(sources: PythonSources, class_: SettingsClass) -> Iterator[Setting]:
    """Yield the variables of a settings class, those of nested models included where they are split."""
    for field in model_fields(sources, class_.found):
        names = _names(sources, class_, field)
        nested = _nested_model(sources, field)
        if nested and class_.nested_delimiter:
            for inner in model_fields(sources, nested):
                split = tuple(f"{name}{class_.nested_delimiter}{inner.name}".upper() for name in names)
                yield Setting(split, f"{nested.name}.{inner.attribute}", inner)
        elif nested is None or not is_model(sources, nested, _SETTINGS):
            yield Setting(names, f"{class_.name}.{field.attribute}", field)


def _nested_model(sources: PythonSources, field: ModelField) -> Found | None:
    found = sources.class_of(field.scope, field.annotation)
    return found if found and is_model(sources, found) else None


def _names(sources: PythonSources, class_: SettingsClass, field: ModelField) -> tuple[str, ...]:
    statement = field.node
    calls = field_calls(sources, field.scope, statement) if isinstance(statement, ast.AnnAssign) else []
    for call in calls:
        for option in ("validation_alias", "alias", "env"):
            given = keyword(call, option)
            choices = given.args if isinstance(given, ast.Call) else [given] if given else []
            named = [one for choice in choices if (one := text(sources, field.scope, choice))]
            if named:
                return tuple(name.upper() for name in named)
    return (f"{class_.prefix}{field.attribute}".upper(),)


def literal_options(sources: PythonSources, field: ModelField) -> tuple[str, ...]:
    """Return the values a `Literal[...]` or an enum allows, empty for any other type."""
    found = sources.class_of(field.scope, field.annotation)
    if found and isinstance(found.node, ast.ClassDef):
        return enum_values(sources, found)
    for node in ast.walk(field.annotation) if field.annotation else []:
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).rpartition(".")[2] == "Literal":
            elements = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            return tuple(str(one.value) for one in elements if isinstance(one, ast.Constant))
    return ()


def enum_values(sources: PythonSources, found: Found) -> tuple[str, ...]:
    """Return the values of an enum's members, empty for any other class."""
    is_enum = any(base.rpartition(".")[2] in ("Enum", "StrEnum", "IntEnum") for base in sources.bases(found))
    if not is_enum or not isinstance(found.node, ast.ClassDef):
        return ()
    values = (one.value for one in found.node.body if isinstance(one, ast.Assign))
    return tuple(str(value.value) for value in values if isinstance(value, ast.Constant))


def splits_text(field: ModelField) -> bool:
    """Tell whether a list field takes plain text instead of JSON: NoDecode, or text is allowed beside the list."""
    if field.annotation is None:
        return True
    names = {ast.unparse(one).rpartition(".")[2] for one in annotation_names(field.annotation)}
    is_collection = bool(names & {"list", "set", "tuple", "frozenset", "List", "Set", "Tuple", "Sequence", "FrozenSet"})
    is_union_with_text = isinstance(field.annotation, ast.BinOp) or "Union" in names
    marked = "NoDecode" in ast.unparse(field.annotation)
    return not is_collection or marked or (is_union_with_text and "str" in names)
