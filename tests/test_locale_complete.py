"""The catalogue against the code: both languages say the same, everything said exists, nothing is left unsaid."""

from __future__ import annotations

import ast
import pkgutil
import re
import string
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import wizard.errors
import wizard.locale
from wizard.locale import Catalogue, Language, catalogue, render
from wizard.messages import Message

ROOT = Path(__file__).parents[1]
SPOKEN_IN = (ROOT / "wizard", ROOT / "screens")
MODULES = sorted(module.name for module in pkgutil.iter_modules(wizard.locale.__path__))
AREAS = [name for name in MODULES if hasattr(import_module(f"wizard.locale.{name}"), "CATALOGUE")]
"""Modules without a CATALOGUE of their own hold a part of another's."""
ERRORS = {
    name
    for name, value in vars(wizard.errors).items()
    if isinstance(value, type) and issubclass(value, wizard.errors.WizardError)
}
PARTS = ("what", "why", "fix")
OTHER_LANGUAGE = {"actions.app-language", "actions.home-language"}
"""Named in its own words, so that who reads no English finds it."""
HANGUL = re.compile("[가-힣]")


def every() -> Iterator[tuple[str, tuple[str, str]]]:
    for area in AREAS:
        yield from catalogue(area).items()


@cache
def known() -> frozenset[str]:
    return frozenset(id_ for id_, _ in every())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    files = [file for folder in SPOKEN_IN for file in sorted(folder.rglob("*.py")) if "locale" not in file.parts]
    return tuple((file, ast.parse(file.read_text("utf-8"))) for file in files)


def calls() -> Iterator[tuple[str, str, str]]:
    """Yield place, called name and first argument of every call with a literal first."""
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if isinstance(node.args[0].value, str):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", name, node.args[0].value


def literals() -> tuple[set[str], set[str]]:
    """Return every string of the code, and the constant beginnings of its f-strings."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return whole, {text for text in beginnings if "." in text and not text.endswith(" ")}


@pytest.mark.parametrize("area", AREAS)
def test_ids_live_in_the_area_they_name(area: str) -> None:
    found: Catalogue = catalogue(area)
    assert found
    assert [id_ for id_ in found if id_.partition(".")[0] != area] == []


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same_things(area: str) -> None:
    for id_, (english, korean) in catalogue(area).items():
        assert english.strip(), id_
        assert korean.strip(), id_
        assert placeholders(english) == placeholders(korean), id_
        assert id_ in OTHER_LANGUAGE or not HANGUL.search(english), id_
        bare = re.sub(r"\{[^}]*\}|`[^`]*`", "", korean)
        assert HANGUL.search(korean) or not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", bare), f"{id_} is English"


def test_every_sentence_renders_with_its_placeholders() -> None:
    for id_, (english, _) in every():
        values = {name.partition(".")[0].partition("[")[0]: 7 for name in placeholders(english)}
        for language in Language:
            assert render(Message(id_, values), language), id_


def test_every_message_of_the_code_exists() -> None:
    missing = {(place, id_) for place, name, id_ in calls() if name in {"message", "Message"} and id_ not in known()}
    assert not missing


def test_every_error_of_the_code_has_what_why_and_fix() -> None:
    missing = {
        (place, f"{code}.{part}")
        for place, name, code in calls()
        if name in ERRORS
        for part in PARTS
        if f"{code}.{part}" not in known()
    }
    assert not missing


def test_nothing_in_the_catalogue_is_unused() -> None:
    whole, beginnings = literals()
    errors = {f"{code}.{part}" for code in whole for part in PARTS}
    unused = {id_ for id_ in known() - whole - errors if not any(id_.startswith(beginning) for beginning in beginnings)}
    assert not unused
