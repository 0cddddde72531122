from __future__ import annotations

import pytest
from rich.cells import cell_len

from wizard.cli.cells import CellFormatter, width, wrapped
from wizard.cli.reference import reference
from wizard.locale import Language


@pytest.mark.parametrize("text", ["", "ascii", "한글 배포", "mixed 배포 ✓ → ∅", "日本"])
def test_cells_are_counted_as_the_terminal_draws_them(text: str) -> None:
    assert width(text) == cell_len(text)


def test_lines_break_at_spaces_and_lose_no_word() -> None:
    text = "계정 없이 이 컴퓨터에서 실제 데이터베이스로 전체 배포를 리허설합니다. " * 3
    lines = list(wrapped(text, 30))
    assert max(map(width, lines)) <= 30
    assert " ".join(lines).split() == text.split()


def test_a_word_longer_than_the_line_stands_alone() -> None:
    assert list(wrapped("a https://example.com/long b", 10)) == ["a", "https://example.com/long", "b"]


def test_a_long_term_has_its_own_line() -> None:
    formatter = CellFormatter(width=40)
    formatter.write_dl([("--a", "short"), ("--a-very-long-option-with-a-value VALUE", "meaning")], col_max=10)
    assert formatter.getvalue().splitlines() == [
        "--a         short",
        "--a-very-long-option-with-a-value VALUE",
        "            meaning",
    ]


def test_the_korean_reference_is_as_narrow_as_the_english() -> None:
    for language in Language:
        lines = [line for line in reference(language).splitlines() if "--from" not in line and "--only" not in line]
        assert max(map(cell_len, lines)) <= 100
