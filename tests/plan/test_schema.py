"""The committed JSON Schema is what the models say, overlays in parts included."""

from __future__ import annotations

from typing import Any

from wizard.plan.schema import COMMITTED, render, schema


def test_the_committed_schema_is_current() -> None:
    assert COMMITTED.read_text() == render(), "run: make gen"


def test_every_reference_of_the_schema_exists() -> None:
    found = schema()
    names = {f"#/$defs/{name}" for name in found["$defs"]}
    assert set(references(found)) <= names


def test_an_overlay_requires_nothing_and_still_knows_its_keys() -> None:
    part = schema()["$defs"]["ServiceSpecPart"]
    assert "required" not in part
    assert part["additionalProperties"] is False
    assert "port" in part["properties"]


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in references(value)]
    return [found for value in node for found in references(value)] if isinstance(node, list) else []
