"""Events survive their encoding: what was written is read back as it was."""

from __future__ import annotations

import dataclasses
import json

import pytest

from tests.cli.stories import START, failed_run, verified_run
from wizard.event_json import decode_event, encode_event, to_line
from wizard.events import Event, Stamped

EVENTS = [*verified_run(), *failed_run()]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_read_back_as_it_was(event: Event) -> None:
    stamped = Stamped(7, START, "run-1", event)
    assert decode_event(json.loads(to_line(stamped))) == stamped


def test_a_sentence_of_another_version_says_its_english_text() -> None:
    document = encode_event(Stamped(1, START, "run-1", EVENTS[-2]))
    document["what"] = {"id": "gone.for-good", "params": {"a": 1}, "text": "It went."}
    event = decode_event(document).event
    assert dataclasses.asdict(event)["what"]["params"] == {"text": "It went."}


@pytest.mark.parametrize("document", [{}, {"type": "Unheard"}, {"type": "Note"}, {"type": "Note", "text": 3}])
def test_what_is_no_event_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_event(document)
