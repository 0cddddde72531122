"""Where resolvers register: by operation kind and root field, or by type and field."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

Resolver = Callable[..., Any]
F = TypeVar("F", bound=Resolver)

ROOTS: dict[tuple[str, str], Resolver] = {}
"""(`Query` or `Mutation`, field) to a function of the context and the arguments."""
FIELDS: dict[tuple[str, str], Resolver] = {}
"""(type, field) to a function of the row, the context and the arguments."""
STREAMS: dict[str, Callable[..., AsyncIterator[Any]]] = {}
"""Subscription field to an async generator of the context and the arguments."""


def query(name: str) -> Callable[[F], F]:
    """Register a query's root field."""
    return _into(ROOTS, ("Query", name))


def mutation(name: str) -> Callable[[F], F]:
    """Register a mutation's root field."""
    return _into(ROOTS, ("Mutation", name))


def field(type_name: str, name: str) -> Callable[[F], F]:
    """Register a field that is more than an attribute of its row."""
    return _into(FIELDS, (type_name, name))


def subscription(name: str) -> Callable[[F], F]:
    """Register a subscription's root field."""
    return _into(STREAMS, name)


def _into(table: dict[Any, Any], key: object) -> Callable[[F], F]:
    def register(resolver: F) -> F:
        if key in table:
            raise KeyError(key)
        table[key] = resolver
        return resolver

    return register
