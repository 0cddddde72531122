"""Every fault of a plan has its sentences, in both languages, and no sentence is left over."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import wizard.plan
from wizard.locale.checklist import CATALOGUE as CHECKLIST
from wizard.locale.plan import CATALOGUE
from wizard.plan.checklist import Acts, State
from wizard.plan.precedence import ValueSource

SOURCES = "\n".join(path.read_text() for path in Path(wizard.plan.__file__).parent.glob("*.py"))
CODES = {
    *re.findall(r'"(plan\.[a-z-]+)"', SOURCES),
    *(f"plan.invalid-{kind}" for kind in re.findall(r'Shape\(\s*"([a-z-]+)"', SOURCES)),
}
ERRORS = sorted(code for code in CODES if not code.startswith("plan.draft-"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_codes_are_found_in_the_sources() -> None:
    assert {"plan.unknown-key", "plan.invalid-name", "plan.cycle", "plan.missing-file"} <= CODES


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_says_what_why_and_fix(code: str) -> None:
    assert {f"{code}.what", f"{code}.why", f"{code}.fix"} <= CATALOGUE.keys()


def test_no_sentence_is_left_over() -> None:
    assert {id_.rsplit(".", 1)[0] if id_.count(".") > 1 else id_ for id_ in CATALOGUE} <= CODES | {"plan.draft-heading"}


@pytest.mark.parametrize("id_", sorted({**CATALOGUE, **CHECKLIST}))
def test_both_languages_carry_the_same_values(id_: str) -> None:
    english, korean = {**CATALOGUE, **CHECKLIST}[id_]
    assert english
    assert placeholders(english) == placeholders(korean)
    assert re.search(r"[가-힣]", korean)


def test_the_checklist_has_a_word_for_everything() -> None:
    words = {
        *(f"checklist.state.{state}" for state in State),
        *(f"checklist.source.{source}" for source in ValueSource),
        *(f"checklist.acts.{acts}" for acts in Acts),
    }
    assert words <= CHECKLIST.keys()
