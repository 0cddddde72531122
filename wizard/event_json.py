"""Events as JSON: the one encoding that the NDJSON stream, the report and the history share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from wizard.events import VERSION, Event, Stamped
from wizard.locale import known, render
from wizard.messages import Message

if TYPE_CHECKING:
    from pydantic import TypeAdapter


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


def decode_event(document: Mapping[str, Any]) -> Stamped:
    """Return what `encode_event` was given; raises ValueError for what is no event of this version."""
    kind = _EVENTS.get(document.get("type", "")) if isinstance(document, Mapping) else None
    if kind is None:
        raise ValueError("no event of this version")
    event = _adapter(kind.__name__).validate_python(_sayable(document))
    head = {name: document.get(name) for name in ("seq", "at", "run")}
    return Stamped(int(head["seq"] or 0), datetime.fromisoformat(str(head["at"])), str(head["run"]), event)


def _sayable(value: Any) -> Any:
    """Let a sentence of another version's catalogue say its English text."""
    if isinstance(value, list):
        return [_sayable(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    if value.keys() == {"id", "params", "text"} and not known(str(value["id"])):
        return {"id": "phases.verbatim", "params": {"text": value["text"]}}
    return {key: _sayable(item) for key, item in value.items()}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - only who reads events back pays for it

    return TypeAdapter(_EVENTS[kind])


_EVENTS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in get_args(Event)}
