"""Words, quotes and variables."""

import pytest

from wizard.errors import UsageError
from wizard.source.dockerfile import substitute, unquote_words

KNOWN = {"A": "one", "EMPTY": "", "PATH": "/usr/bin:/bin", "FILE": "a.tar.gz"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("$A", "one"),
        ("${A}b", "oneb"),
        ("$Ab", ""),
        ("$A-$A", "one-one"),
        ("\\$A", "$A"),
        ("'$A'", "$A"),
        ('"$A"', "one"),
        ('"\\$A"', "$A"),
        ('a"b c"d', "ab cd"),
        ("${UNSET}", ""),
        ("${UNSET:-x}", "x"),
        ("${EMPTY:-x}", "x"),
        ("${EMPTY-x}", ""),
        ("${UNSET-x}", "x"),
        ("${A:+x}", "x"),
        ("${EMPTY:+x}", ""),
        ("${EMPTY+x}", "x"),
        ("${UNSET:-$A}", "one"),
        ("${UNSET:-${NONE:-deep}}", "deep"),
        ("/opt/bin:$PATH", "/opt/bin:/usr/bin:/bin"),
        ("${FILE%.gz}", "a.tar"),
        ("${FILE%%.*}", "a"),
        ("${FILE#*.}", "tar.gz"),
        ("${FILE##*.}", "gz"),
        ("${FILE/a/b}", "b.tar.gz"),
        ("${FILE//a/b}", "b.tbr.gz"),
        ("$", "$"),
        ("a$ b", "a$ b"),
        ("\\\\", "\\"),
    ],
)
def test_one_word(word: str, expected: str) -> None:
    assert substitute(word, KNOWN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", ["a", "b"]),
        ('A="x y" B=z', ["A=x y", "B=z"]),
        ("A=x\\ y B=z", ["A=x y", "B=z"]),
        ("A='x $A'", ["A=x $A"]),
        ("  a   b  ", ["a", "b"]),
        ('A=""', ["A="]),
        ("", []),
    ],
)
def test_many_words(text: str, expected: list[str]) -> None:
    assert unquote_words(text, KNOWN) == expected


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("${A", "dockerfile.modifier"),
        ("${A:-x", "dockerfile.brace-open"),
        ("${A!}", "dockerfile.modifier"),
        ("${UNSET:?it is needed}", "dockerfile.variable-required"),
    ],
)
def test_what_cannot_be_substituted(word: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        substitute(word, KNOWN, line=7)
    assert refused.value.code == code
    assert refused.value.params["line"] == 7
