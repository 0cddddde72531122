from __future__ import annotations

import pytest

from tests.checks.conftest import PROBE
from wizard.checks.check import LONGEST_EXCERPT, excerpt, failed
from wizard.checks.redaction import without_secrets
from wizard.checks.surface import Surface
from wizard.secrets import MASK

WORD = PROBE.password.reveal()


@pytest.mark.parametrize("shown", range(len(WORD) + 1))
async def test_a_password_is_masked_wherever_an_excerpt_ends(surface: Surface, shown: int) -> None:
    text = "x" * (LONGEST_EXCERPT - shown) + WORD + " and more of it"
    seen = without_secrets(failed("failures.broken", reason=excerpt(text)), surface).seen
    assert WORD[:4] not in str(seen.params["reason"])
    assert (MASK in str(seen.params["reason"])) == (shown >= 4)


def test_an_excerpt_is_one_printable_line() -> None:
    assert excerpt("a\n\tb\x1b[31mc\u202e") == "a bc\ufffd"
