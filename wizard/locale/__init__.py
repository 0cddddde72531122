"""The message catalogue: every sentence the product says, in English and Korean, side by side.

One module an area, loaded when its first message is rendered: a command pays for what it says. Each module
holds `CATALOGUE`, a mapping from message id to a `(English, Korean)` pair, so a missing translation is a type
error. Placeholders are those of `str.format`; a Korean particle is chosen by `{name:을}`, which appends 을 or 를
(likewise 은/는, 이/가, 과/와, 으로/로) by the last sound of the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module

from wizard.messages import Message

Catalogue = dict[str, tuple[str, str]]
"""Message id to its English and its Korean text."""


class Language(StrEnum):
    """The languages the product speaks."""

    ENGLISH = "en"
    KOREAN = "ko"


_COLUMN = {Language.ENGLISH: 0, Language.KOREAN: 1}
_PARTICLES = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
}
_HANGUL_FIRST, _HANGUL_LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_CLOSED_SOUNDS = {"0": 1, "1": _RIEUL, "3": 1, "6": 1, "7": _RIEUL, "8": _RIEUL, "l": _RIEUL, "m": 1, "n": 1}
"""Digits and letters that end in a consonant when a Korean reader says them."""


class _Word(str):
    """A parameter that can carry a Korean particle behind it."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if spec not in _PARTICLES:
            return format(str(self), spec)
        closed, open_ = _PARTICLES[spec]
        final = _final_sound(self)
        takes_open = final == 0 or (spec == "으로" and final == _RIEUL)
        return f"{self!s}{open_ if takes_open else closed}"


class _Number(int):
    """A count or a port that can carry a particle: Korean readers say its last digit."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return format(_Word(int(self)), spec) if spec in _PARTICLES else int.__format__(self, spec)


def _final_sound(word: str) -> int:
    """Return the index of the final consonant of the last syllable, 0 for none."""
    last = next((letter for letter in reversed(word.lower()) if letter.isalnum()), "")
    if last and _HANGUL_FIRST <= ord(last) <= _HANGUL_LAST:
        return (ord(last) - _HANGUL_FIRST) % _FINALS
    return _CLOSED_SOUNDS.get(last, 0)


@cache
def catalogue(area: str) -> Catalogue:
    """Load one area's messages; raises ModuleNotFoundError for an area that does not exist."""
    found: Catalogue = import_module(f"wizard.locale.{area}").CATALOGUE
    return found


def known(id_: str) -> bool:
    """Tell whether the catalogue has a message."""
    try:
        return id_ in catalogue(id_.partition(".")[0])
    except ModuleNotFoundError:
        return False


def render(message: Message, language: Language = Language.ENGLISH) -> str:
    """Return the message as a sentence; raises KeyError for an id or a placeholder that is not there."""
    area = message.id.partition(".")[0]
    text = catalogue(area)[message.id][_COLUMN[language]]
    return text.format_map({key: _speakable(value) for key, value in message.params.items()})


def _speakable(value: object) -> object:
    if isinstance(value, str):
        return _Word(value)
    return _Number(value) if isinstance(value, int) and not isinstance(value, bool) else value


def choose_language(asked: str | None, environment: Mapping[str, str]) -> Language:
    """Pick the language: asked for by name, then the usual locale variables, else English."""
    named = asked or next(
        (environment[key] for key in ("RAILWIZARD_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)),
        "",
    )
    return Language.KOREAN if named.lower().startswith("ko") else Language.ENGLISH
