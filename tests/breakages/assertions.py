"""What every face must say of a breakage that was caught."""

from __future__ import annotations

import re

from tests.breakages.rehearsals import Breakage, Told
from wizard.errors import ExitCode
from wizard.locale import Language, render
from wizard.messages import Message

HEADINGS = {Language.ENGLISH: ("Why:", "Fix:"), Language.KOREAN: ("원인:", "해결 방법:")}
MOST_LINES = 8


def assert_caught(told: Told, breakage: Breakage) -> None:
    """Phase, step, cause, lines, what to do and exit code, as scripts and as people read them."""
    _assert_result(told, breakage)
    _assert_ndjson(told, breakage)
    for language in Language:
        _assert_plain(told, breakage, language)
    assert breakage.decisive in told.markdown


def _assert_result(told: Told, breakage: Breakage) -> None:
    assert (told.finished.result.value, told.finished.exit_code) == ("failed", ExitCode.FAILED), told.heard.why()
    assert told.heard.phases[breakage.phase] == "failed"
    before = [phase for phase in told.finished.phases if phase.status.value == "done"]
    assert {"preflight", "project", "variables"} <= {phase.phase for phase in before}


def _assert_ndjson(told: Told, breakage: Breakage) -> None:
    error = told.error
    assert (error["phase"], error["why"]["id"]) == (breakage.phase, breakage.cause)
    assert error["what"]["params"].get("step", "") == breakage.step, error["what"]
    assert [name for name in breakage.names if name not in error["why"]["text"]] == [], error["why"]["text"]
    assert breakage.fix in " ".join(fix["text"] for fix in (error["fix"], *error["more"]))
    assert any(breakage.decisive in quote["text"] for quote in error["quotes"]), error["quotes"]
    assert 0 < len(error["quotes"]) <= MOST_LINES
    assert all(quote["source"] for quote in error["quotes"])
    assert error["lines"] == [quote["text"] for quote in error["quotes"]]
    assert told.ndjson[-1]["exit_code"] == ExitCode.FAILED


def _assert_plain(told: Told, breakage: Breakage, language: Language) -> None:
    text, error = told.plain[language], told.error
    why = Message(error["why"]["id"], error["why"]["params"])
    fix = Message(error["fix"]["id"], error["fix"]["params"])
    for heading, sentence in zip(HEADINGS[language], (why, fix), strict=True):
        assert f"{heading} {render(sentence, language)}" in text
    assert f"{breakage.phase}." in text
    decisive = next(quote for quote in error["quotes"] if breakage.decisive in quote["text"])
    place = f"{decisive['source']}:{decisive['number']}" if decisive["number"] else decisive["source"]
    assert re.search(
        rf"^ +\| {re.escape(place)} (?:\d\d:\d\d:\d\d )? *{re.escape(decisive['text'].strip())}", text, re.MULTILINE
    )
