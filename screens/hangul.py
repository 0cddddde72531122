"""Single letters as a Korean keyboard sends them: with its input method on, `q` arrives as `ㅂ` (two-set layout)."""

from __future__ import annotations

_LATIN = "qwertyuiopasdfghjklzxcvbnmQWERTOP"
_HANGUL = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ"

TWINS = dict(zip(_LATIN, _HANGUL, strict=True))
"""A letter to what the same key sends in the two-set (dubeolsik) layout."""


def with_twins(keys: str) -> str:
    """Return comma-separated keys with the Hangul twin behind every single letter: `r,f5` becomes `r,ㄱ,f5`."""
    return ",".join(part for key in keys.split(",") for part in (key, TWINS.get(key, "")) if part)
