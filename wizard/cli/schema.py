"""The JSON Schema of the event stream, made from the event classes: `python -m wizard.cli.schema` writes it.

What a script may rely on is committed as `wizard/events.schema.json`; a test regenerates it and finds no difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import TypeAdapter

from wizard.events import VERSION, Event

SCHEMA_FILE = Path(__file__).parents[1] / "events.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def event_schema() -> dict[str, Any]:
    """Return the schema of one line of the stream."""
    mode: Literal["serialization"] = "serialization"
    inputs = [(event, mode, TypeAdapter(event)) for event in get_args(Event)]
    _, bundle = TypeAdapter.json_schemas(inputs, ref_template="#/$defs/{model}")
    definitions: dict[str, Any] = bundle["$defs"]
    lines = {
        f"{event.__name__}Line": _stamped(event.__name__, definitions[event.__name__]) for event in get_args(Event)
    }
    _speak(definitions["Message"])
    return {
        "$schema": _DIALECT,
        "title": "railwizard event",
        "description": "One line of the NDJSON that --json writes; the last line is a RunFinished.",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in lines],
        "$defs": dict(sorted((lines | _referenced(definitions)).items())),
    }


def _stamped(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    stamp = {
        "v": {"const": VERSION},
        "type": {"const": name},
        "seq": {"type": "integer", "minimum": 1},
        "at": {"type": "string", "format": "date-time"},
        "run": {"type": "string"},
    }
    own = schema.get("properties", {})
    return schema | {"properties": stamp | own, "required": [*stamp, *own], "additionalProperties": False}


def _referenced(definitions: dict[str, Any]) -> dict[str, Any]:
    """Return what other definitions refer to: an event inside another one carries no stamp."""
    text = json.dumps(definitions)
    return {name: schema for name, schema in definitions.items() if f'"#/$defs/{name}"' in text}


def _speak(schema: dict[str, Any]) -> None:
    schema["properties"]["text"] = {"type": "string", "title": "Text", "description": "The sentence in English."}
    schema["required"] = list(schema["properties"])


def schema_text() -> str:
    """Return the schema as it is committed."""
    return json.dumps(event_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
