"""Events as JSON: the one encoding that the NDJSON stream and the report share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from wizard.events import VERSION, Stamped
from wizard.locale import render
from wizard.messages import Message


def encode_event(stamped: Stamped) -> dict[str, Any]:
    """Return `{v, type, seq, at, run, ...}` with the event's own fields behind the stamp."""
    head = {"v": VERSION, "type": stamped.type, "seq": stamped.seq, "at": encode(stamped.at), "run": stamped.run}
    return head | _members(stamped.event)


def to_line(stamped: Stamped) -> str:
    """Return the event as one line of JSON, without the newline."""
    return json.dumps(encode_event(stamped), ensure_ascii=False, separators=(",", ":"))


def encode(value: object) -> Any:
    """Return a value in terms of JSON: a message with its English text, times in UTC, tuples as arrays."""
    match value:
        case Message():
            encoded: Any = {"id": value.id, "params": dict(value.params), "text": render(value)}
        case datetime():
            encoded = value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case Enum():
            encoded = value.value
        case tuple() | list():
            encoded = [encode(item) for item in value]
        case Mapping():
            encoded = {str(key): encode(item) for key, item in value.items()}
        case _ if is_dataclass(value):
            encoded = _members(value)
        case _:
            encoded = value
    return encoded


def _members(value: object) -> dict[str, Any]:
    return {item.name: encode(getattr(value, item.name)) for item in fields(value)}  # type: ignore[arg-type]
