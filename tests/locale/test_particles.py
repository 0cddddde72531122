"""Korean particles follow the last sound of the value, numbers included."""

from __future__ import annotations

import pytest

from wizard import locale
from wizard.locale import Language, render
from wizard.messages import message


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("서버", "서버가 1,000"),
        ("백엔드점", "백엔드점이 1,000"),
        ("backend", "backend가 1,000"),
        (8000, "8000이 1,000"),
        (3002, "3002가 1,000"),
    ],
)
def test_a_particle_fits_its_word(value: str | int, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "catalogue", lambda _: {"x.y": ("{value} {count:,}", "{value:이} {count:,}")})
    assert render(message("x.y", value=value, count=1000), Language.KOREAN) == sentence
