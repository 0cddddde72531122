"""Writes queries that ask for everything a schema offers, so that every field is resolved once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

_SAMPLES: Mapping[str, Any] = {"Int": 3, "Boolean": False, "DateTime": "2026-01-01T00:00:00.000Z"}


def everything(type_: Any, depth: int, met: frozenset[str] = frozenset()) -> str:
    """Return the selection of every field without required arguments, `depth` objects deep, no type inside itself."""
    named = get_named_type(type_)
    if not isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    met |= {named.name}
    chosen = [
        f"{name}{_inside(field, depth, met)}" for name, field in named.fields.items() if _askable(field, depth, met)
    ]
    return "{ " + " ".join(chosen) + " }" if chosen else "{ __typename }"


def _askable(field: GraphQLField, depth: int, met: frozenset[str]) -> bool:
    if any(isinstance(argument.type, GraphQLNonNull) for argument in field.args.values()):
        return False
    named = get_named_type(field.type)
    is_object = isinstance(named, GraphQLObjectType | GraphQLInterfaceType)
    return is_leaf_type(named) or (is_object and depth > 0 and named.name not in met)


def _inside(field: GraphQLField, depth: int, met: frozenset[str]) -> str:
    return "" if is_leaf_type(get_named_type(field.type)) else everything(field.type, depth - 1, met)


def question(root: str, field: GraphQLField, known: Mapping[str, Any], depth: int) -> tuple[str, dict[str, Any]]:
    """Return a query of one root field with all it offers, and its variables: the required and the known ones."""
    given = {
        name: _value(name, argument.type, known)
        for name, argument in field.args.items()
        if isinstance(argument.type, GraphQLNonNull) or name in known
    }
    declared = ", ".join(f"${name}: {field.args[name].type}" for name in given)
    passed = ", ".join(f"{name}: ${name}" for name in given)
    head, arguments = (f"query({declared})", f"({passed})") if given else ("query", "")
    return f"{head} {{ {root}{arguments} {everything(field.type, depth)} }}", given


def _value(name: str, type_: Any, known: Mapping[str, Any]) -> Any:
    if isinstance(type_, GraphQLNonNull):
        return _value(name, type_.of_type, known)
    if name in known:
        return known[name]
    if isinstance(type_, GraphQLList):
        return [_value(name, type_.of_type, known)]
    if isinstance(type_, GraphQLInputObjectType):
        fields = {key: one.type for key, one in type_.fields.items()}
        return {
            key: _value(key, one, known)
            for key, one in fields.items()
            if isinstance(one, GraphQLNonNull) or key in known
        }
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    return _SAMPLES.get(type_.name, "x")
