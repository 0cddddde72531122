"""Which keys a table of the plan may have: read from the models' JSON Schema, so it can never lag behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from wizard.plan.model import Plan

Node = Mapping[str, Any]


def valid_keys(place: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys valid at a place as pydantic names it: union members may stand between keys."""
    nodes = list(_variants(_schema()))
    for part in place:
        nodes = [variant for node in nodes for child in _children(node, part) for variant in _variants(child)]
    return tuple(dict.fromkeys(key for node in nodes for key in node.get("properties", {})))


@cache
def _schema() -> Node:
    return Plan.model_json_schema(by_alias=True)


def _variants(node: Node) -> Iterator[Node]:
    """Yield the alternatives a node stands for; a union told apart by a key stays whole until its tag comes."""
    if "$ref" in node:
        yield from _variants(_definition(node["$ref"]))
    elif "discriminator" in node:
        yield node
    elif alternatives := node.get("anyOf", node.get("oneOf")):
        for alternative in alternatives:
            yield from _variants(alternative)
    else:
        yield node


def _children(node: Node, part: str | int) -> Iterator[Node]:
    if "discriminator" in node:
        yield _definition(node["discriminator"]["mapping"][part])
    elif isinstance(part, int):
        yield node.get("items", {})
    elif part.startswith("<"):
        yield node
    elif part in node.get("properties", {}):
        yield node["properties"][part]
    else:
        yield from node.get("patternProperties", {}).values()
        if isinstance(others := node.get("additionalProperties"), Mapping):
            yield others


def _definition(reference: str) -> Node:
    found: Node = _schema()["$defs"][reference.rpartition("/")[2]]
    return found
