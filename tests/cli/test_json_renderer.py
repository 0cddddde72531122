from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Sequence
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from tests.cli.stories import failed_run, verified_run
from wizard.cli.json_renderer import JsonRenderer
from wizard.cli.schema import SCHEMA_FILE, event_schema, schema_text
from wizard.events import Event, Note, Stamped
from wizard.messages import message

Stamp = Callable[[Sequence[Event]], list[Stamped]]


def stream_of(events: Sequence[Stamped]) -> list[dict[str, Any]]:
    out = io.BytesIO()
    renderer = JsonRenderer(out)
    for event in events:
        renderer(event)
    return [json.loads(line) for line in out.getvalue().decode().splitlines()]


def test_every_line_carries_the_stamp_and_the_last_is_the_result(verified: list[Stamped]) -> None:
    lines = stream_of(verified)
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert {(line["v"], line["run"]) for line in lines} == {(1, "run-1")}
    assert lines[0]["at"] == "2026-03-01T09:00:01.000Z"
    last = lines[-1]
    assert (last["type"], last["result"], last["exit_code"]) == ("RunFinished", "verified", 0)
    assert last["urls"] == [["backend", "http://backend-abcd.localhost:5001"]]
    assert last["checks"][0]["verdict"] == "passed"


def test_a_message_is_id_params_and_english(stamp: Stamp) -> None:
    [line] = stream_of(stamp([Note(message("source.absent", path="한글.py"))]))
    assert line["text"] == {"id": "source.absent", "params": {"path": "한글.py"}, "text": "한글.py does not exist."}


def test_every_event_type_is_in_the_stories_and_validates_against_the_committed_schema(stamp: Stamp) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8")))
    lines = stream_of(stamp([*verified_run(), *failed_run()]))
    for line in lines:
        validator.validate(line)
    assert {line["type"] for line in lines} == {event.__name__ for event in get_args(Event)}


@pytest.mark.parametrize("damage", [{"seq": "1"}, {"type": "Nothing"}, {"surplus": 1}, {"text": "bare"}])
def test_the_schema_refuses_a_line_that_is_not_an_event(stamp: Stamp, damage: dict[str, object]) -> None:
    [line] = stream_of(stamp([Note(message("questions.empty"))]))
    validator = Draft202012Validator(event_schema())
    validator.validate(line)
    assert not validator.is_valid(line | damage)


def test_the_committed_schema_is_what_the_event_classes_say() -> None:
    Draft202012Validator.check_schema(event_schema())
    assert SCHEMA_FILE.read_text("utf-8") == schema_text(), "run `python -m wizard.cli.schema`"


def test_a_reader_that_left_does_not_stop_the_run(verified: list[Stamped]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb", buffering=0) as stream:
        renderer = JsonRenderer(stream)
        for event in verified:
            renderer(event)


def test_text_that_is_no_unicode_still_leaves_as_utf8(stamp: Stamp) -> None:
    [line] = stream_of(stamp([Note(message("source.absent", path="\udcff"))]))
    assert line["text"]["params"]["path"] == "?"
