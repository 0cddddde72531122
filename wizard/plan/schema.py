"""The plan's JSON Schema, for editors that complete and check TOML: `python -m wizard.plan.schema` prints it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from wizard.plan.model import Plan

COMMITTED = Path(__file__).with_name("schema.json")
"""The generated schema that is committed with the code."""
_WHOLE = ("services", "databases", "shared", "project", "migration", "admin", "checks")
_OVERLAYS = ("Profile", "EnvironmentOverride")
_PART = "Part"
"""Appended to a definition's name for its form without required keys."""


def schema() -> dict[str, Any]:
    """Return the schema; an overlay's parts are those of the plan with no key required."""
    found = Plan.model_json_schema(by_alias=True)
    found["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    found["title"] = "wizard.toml"
    definitions = found["$defs"]
    definitions |= {f"{name}{_PART}": _part(node) for name, node in definitions.items() if name not in _OVERLAYS}
    for name in _OVERLAYS:
        for key in _WHOLE:
            definitions[name]["properties"][key] = _part(found["properties"][key])
    return found


def _part(node: Any) -> Any:
    """Copy a node without required keys, referring to such copies."""
    if isinstance(node, list):
        return [_part(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _part(value) for key, value in node.items() if key not in {"required", "minItems", "minProperties"}}
    if isinstance(reference := kept.get("$ref"), str):
        kept["$ref"] = reference + _PART
    if "mapping" in kept and isinstance(kept["mapping"], dict):
        kept["mapping"] = {tag: f"{reference}{_PART}" for tag, reference in kept["mapping"].items()}
    return kept


def render() -> str:
    """Return the schema as the committed file has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
