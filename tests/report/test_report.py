from __future__ import annotations

import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len

from tests.cli.stories import START, failed_run, verified_run
from wizard.events import ErrorRaised, Event, NotChecked, PhaseSummary, Result, RunFinished, Stamped, Status
from wizard.locale import Language
from wizard.messages import message
from wizard.report import Format, report
from wizard.report.words import EFFECT, RESULT, SEVERITY, STATUS, VERDICT


def stamped(events: list[Event]) -> list[Stamped]:
    return [Stamped(i, START + timedelta(seconds=i), "run-1", event) for i, event in enumerate(events, 1)]


VERIFIED, FAILED = stamped(verified_run()), stamped(failed_run())


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("language", list(Language))
def test_the_same_events_give_the_same_text(form: Format, language: Language) -> None:
    assert report(VERIFIED, form, language) == report(iter(VERIFIED), form, language)


@pytest.mark.parametrize("language", list(Language))
def test_markdown_of_a_verified_run_says_everything_that_was_seen(language: Language) -> None:
    text = report(VERIFIED, Format.MARKDOWN, language)
    for part in ("rehearsal", "http://127.0.0.1:4001", "Local", "vision-mvp", "production", "prj-1", "env-1"):
        assert part in text
    for part in ("process", "LLM", "http://backend-abcd.localhost:5001", "redis", "14.2", "31", "PORT"):
        assert part in text


def test_markdown_is_in_the_language_asked_for() -> None:
    english, korean = (report(VERIFIED, Format.MARKDOWN, language) for language in Language)
    assert "## Not checked" in english
    assert "## 확인하지 않은 항목" in korean
    assert "Not checked" not in korean


def test_markdown_of_a_failed_run_has_cause_lines_and_fix() -> None:
    text = report(FAILED, Format.MARKDOWN)
    assert "deploy.backend" in text
    assert "```text\n  ModuleNotFoundError: redis" in text
    assert "run the same command again" in text


def test_text_from_outside_cannot_break_the_markup() -> None:
    error = ErrorRaised(
        "a.b",
        message("phases.verbatim", text="<img src=x> `tick` | *star*"),
        why=message("phases.verbatim", text="line\nbreak"),
        fix=message("questions.empty"),
        lines=("```", "# not a heading"),
    )
    text = report(stamped([error]), Format.MARKDOWN)
    assert r"\<img src=x\>" in text
    assert "line�break" in text
    assert "  ````text\n  ```\n  # not a heading\n  ````" in text


def test_json_ends_with_the_result_and_leaves_log_lines_out() -> None:
    document = json.loads(report(VERIFIED, Format.JSON))
    assert document["result"]["result"] == "verified"
    assert document["target"]["project_id"] == "prj-1"
    types = [event["type"] for event in document["events"]]
    assert types[0] == "RunStarted"
    assert types[-1] == "RunFinished"
    assert "LogLines" not in types


def test_junit_counts_failures_and_skips() -> None:
    suite = ET.fromstring(report(FAILED, Format.JUNIT))  # noqa: S314 - our own text
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "2", "0")
    phase = suite.find("testcase[@classname='railwizard.phases']/failure")
    assert phase is not None
    assert "ModuleNotFoundError: redis" in str(phase.text)
    verified = ET.fromstring(report(VERIFIED, Format.JUNIT))  # noqa: S314 - our own text
    assert (verified.get("tests"), verified.get("failures"), verified.get("skipped")) == ("6", "0", "2")


def test_junit_is_well_formed_whatever_came_from_outside() -> None:
    nasty = message("phases.verbatim", text="\x00\x1b[31m<&]]>\ufffe\udc00")
    events = stamped([RunFinished(Result.FAILED, 1, not_checked=(NotChecked("\x01<&", nasty),))])
    assert ET.fromstring(report(events, Format.JUNIT)).get("skipped") == "1"  # noqa: S314 - our own text


def test_a_run_that_never_finished_still_reports() -> None:
    for form in Format:
        assert report(VERIFIED[:5], form)
    assert "deploy --from deploy" in report(
        stamped([RunFinished(Result.APPLIED, 0, phases=(PhaseSummary("deploy", Status.STALE, 0.0),))]), Format.MARKDOWN
    ).replace("\\", "")


def test_every_state_has_a_glyph_of_one_cell_and_a_word_of_its_own_kind() -> None:
    for table in (STATUS, VERDICT, SEVERITY, RESULT):
        marks = list(table.values())
        assert all(cell_len(mark.glyph) == 1 and mark.ascii.isascii() for mark in marks)
        assert len({mark.word.id for mark in marks}) == len(marks)
    assert len({text.id for text in EFFECT.values()}) == len(EFFECT)
