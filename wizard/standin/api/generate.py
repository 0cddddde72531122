"""Cuts the stand-in's SDL out of Railway's introspection result, so that it can only ever be a true subset of it.

`python -m wizard.standin.api.generate schema.json` writes `schema.graphql` beside this module: the root fields
of `root_fields`, and every type reachable from them with all its fields. Descriptions are Railway's prose and stay
behind; deprecations are behaviour and stay.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, build_client_schema, print_schema

from wizard.standin.api.root_fields import MUTATIONS, QUERIES, SUBSCRIPTIONS

SDL_PATH = Path(__file__).with_name("schema.graphql")


def read_introspection(path: Path) -> Any:
    """Return the introspection result in the file, with or without its `data` envelope."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return document.get("data", document)


def subset(introspection: Any) -> str:
    """Return the SDL of our root fields and all they reach; KeyError for a root field Railway does not have."""
    whole = build_client_schema(_without_descriptions(introspection), assume_valid=True)
    schema = GraphQLSchema(
        query=_only(whole.query_type, QUERIES),
        mutation=_only(whole.mutation_type, MUTATIONS),
        subscription=_only(whole.subscription_type, SUBSCRIPTIONS),
        assume_valid=True,
    )
    return print_schema(schema) + "\n"


def _only(root: GraphQLObjectType | None, names: list[str]) -> GraphQLObjectType:
    if root is None:
        raise KeyError(names[0])
    return GraphQLObjectType(root.name, {name: root.fields[name] for name in sorted(names)})


def _without_descriptions(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_descriptions(value) for key, value in node.items() if key != "description"}
    return [_without_descriptions(item) for item in node] if isinstance(node, list) else node


if __name__ == "__main__":
    SDL_PATH.write_text(subset(read_introspection(Path(sys.argv[1]))), encoding="utf-8")
