"""Every key of a document is found on its line, however it is written."""

from __future__ import annotations

import pytest

from wizard.plan.positions import Path, Positions

TEXT = '''# a comment [not.a.table]
title = "a # b = c" # behind

[services."my app".variables]
"quoted key" = 1
'literal.key' = 2
a.b.c = 3
text = """
first = 1
[no.table]
"quotes" inside ""
"""
literal = \'\'\'
x = 1
\'\'\'
inline = { one = 1, two = { three = [1, { four = 4 }] } }
list = [
  "a", # first
  # between
  { path = "b",
    size = 3 },
  [1,
   2],
]

[[checks]]
name = "one"
[checks.expect]
status = 200
[[checks.steps]]
path = "/1"
[[checks.steps]]
path = "/2"

[[checks]]
name = "two"
[[checks.steps]]
path = "/3"

  [ services . other ]
date = 2026-01-01T00:00:00Z
'''
APP = ("services", "my app", "variables")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("services",), 4),
        (APP, 4),
        ((*APP, "quoted key"), 5),
        ((*APP, "literal.key"), 6),
        ((*APP, "a", "b", "c"), 7),
        ((*APP, "text"), 8),
        ((*APP, "literal"), 13),
        ((*APP, "inline", "two", "three", 1, "four"), 16),
        ((*APP, "list"), 17),
        ((*APP, "list", 0), 18),
        ((*APP, "list", 1, "path"), 20),
        ((*APP, "list", 1, "size"), 21),
        ((*APP, "list", 2, 1), 23),
        (("checks", 0), 26),
        (("checks", 0, "expect", "status"), 29),
        (("checks", 0, "steps", 1, "path"), 33),
        (("checks", 1, "name"), 36),
        (("checks", 1, "steps", 0, "path"), 38),
        (("services", "other", "date"), 41),
    ],
)
def test_a_key_is_found_on_its_line(path: Path, line: int) -> None:
    positions = Positions(TEXT)
    assert path in positions
    assert positions.line(path) == line


def test_what_is_not_there_stands_at_the_table_around_it() -> None:
    positions = Positions(TEXT)
    assert ("checks", 0, "first") not in positions
    assert positions.line(("checks", 0, "first")) == 26
    assert positions.line(("nowhere",)) == 1


def test_text_inside_strings_and_comments_is_no_key() -> None:
    positions = Positions(TEXT)
    assert ("first",) not in positions
    assert ("no", "table") not in positions
    assert (*APP, "x") not in positions
