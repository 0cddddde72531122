"""The executable schema: our SDL, or Railway's whole introspection result, with the registered resolvers.

A non-null field that a row does not have answers the empty value of its type, because an unset one would void the
whole answer; what a client decides by is always set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    build_client_schema,
    build_schema,
    is_enum_type,
    is_list_type,
    is_object_type,
)

from wizard.standin.api.generate import SDL_PATH, read_introspection
from wizard.standin.api.left_out import LEFT_OUT
from wizard.standin.api.permissions import check
from wizard.standin.api.registry import FIELDS, ROOTS, STREAMS
from wizard.standin.state.refusals import LeftOut

_RESOLVERS = (
    "identity",
    "tokens",
    "standing",
    "limits",
    "notifications",
    "surroundings",
    "projects",
    "environments",
    "services",
    "variables",
    "domains",
    "custom_domains",
    "backups",
    "volumes",
    "templates",
    "patches",
    "change_sets",
    "deployments",
    "executions",
    "logs",
    "http_logs",
    "metrics",
    "usage",
    "repositories",
    "streams",
    "triggers",
)
_BLANKS: Mapping[str, Any] = {"Int": 0, "Float": 0.0, "BigInt": 0, "Boolean": False, "String": "", "ID": ""}
_OBJECTS = {"EnvironmentConfig", "EnvironmentVariables", "SerializedTemplateConfig"}
"""Scalars that take a JSON object and nothing else."""
_NOTHING: Mapping[str, Any] = {}
"""What stands where the schema demands an object and there is none."""
_EPOCH = "1970-01-01T00:00:00.000Z"


class UnusableSchemaError(Exception):
    """The file holds no introspection result of Railway's API."""


@cache
def executable_schema(introspection: Path | None = None) -> GraphQLSchema:
    """Build the schema once a process: our SDL, or the introspection result in the file.

    A root field without a resolver answers that it is not part of the local Railway.

    Raises:
        UnusableSchemaError: the file cannot be read as an introspection result of Railway's.
    """
    for name in _RESOLVERS:
        import_module(f"wizard.standin.api.{name}")
    schema = _whole(introspection) if introspection else build_schema(SDL_PATH.read_text("utf-8"), assume_valid=True)
    _attach_scalars(schema)
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            _attach(type_)
        elif isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            type_.resolve_type = _class_name
    return schema


def _class_name(row: object, *_: object) -> str:
    """Name the type of a row behind an interface: rows are called as their types are."""
    return type(row).__name__


def _whole(introspection: Path) -> GraphQLSchema:
    """Return Railway's own schema; it deprecates fields in ways graphql-core's self-check does not take."""
    try:
        schema = build_client_schema(read_introspection(introspection), assume_valid=True)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UnusableSchemaError(str(error)) from error
    missing = {"DateTime", *_OBJECTS} - schema.type_map.keys()
    if missing:
        raise UnusableSchemaError(f"no type {min(missing)}")
    return schema


def _attach(type_: GraphQLObjectType) -> None:
    for name, field in type_.fields.items():
        if type_.name == "Subscription":
            field.subscribe = _streaming(STREAMS.get(name) or _absent(name))
            field.resolve = lambda value, _info, **_arguments: value
        elif type_.name in {"Query", "Mutation"}:
            field.resolve = _permitted(ROOTS.get((type_.name, name)) or _absent(name), name)
        elif (type_.name, name) in FIELDS:
            field.resolve = _of_row(FIELDS[type_.name, name])
        else:
            field.resolve = _default


def _absent(name: str) -> Callable[..., Any]:
    def refuse(_context: object, **_arguments: Any) -> Any:
        raise LeftOut(name, LEFT_OUT.get(name, ""))

    return refuse


def _permitted(resolver: Callable[..., Any], name: str) -> Callable[..., Any]:
    def resolve(_root: object, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        check(info.context, name)
        return resolver(info.context, **arguments)

    return resolve


def _streaming(resolver: Callable[..., Any]) -> Callable[..., Any]:
    def subscribe(_root: object, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        check(info.context, info.field_name)
        return resolver(info.context, **arguments)

    return subscribe


def _of_row(resolver: Callable[..., Any]) -> Callable[..., Any]:
    def resolve(row: object, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        if row == _NOTHING:
            return _default(row, info)
        return resolver(row, info.context, **arguments)

    return resolve


def _default(row: object, info: GraphQLResolveInfo, **_arguments: Any) -> Any:
    value = row.get(info.field_name) if isinstance(row, Mapping) else getattr(row, _snake(info.field_name), None)
    if value is None and isinstance(info.return_type, GraphQLNonNull):
        return _blank(info.return_type.of_type)
    return value


def _blank(type_: Any) -> Any:
    if is_list_type(type_):
        return []
    if is_enum_type(type_):
        return next(iter(type_.values))
    if is_object_type(type_):
        return _NOTHING
    return _EPOCH if type_.name == "DateTime" else _BLANKS.get(type_.name, {})


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z]+)", lambda match: f"_{match[1].lower()}", name)


def _attach_scalars(schema: GraphQLSchema) -> None:
    moment = schema.type_map["DateTime"]
    assert isinstance(moment, GraphQLScalarType)  # noqa: S101 - the SDL says so
    moment.serialize = _iso  # type: ignore[method-assign]
    for name in _OBJECTS:
        scalar = schema.type_map[name]
        assert isinstance(scalar, GraphQLScalarType)  # noqa: S101
        scalar.parse_value = _object_only(name)  # type: ignore[method-assign,assignment]


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return str(value)


def _object_only(name: str) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        if not isinstance(value, dict):
            raise GraphQLError(f"{name} must be an object")
        return value

    return parse
