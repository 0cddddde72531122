"""What the tests of the plan share."""

from __future__ import annotations

import pytest

from tests.plan.plans import Refuse, assert_told
from wizard.errors import UsageError
from wizard.plan.loader import parse


@pytest.fixture
def refuse() -> Refuse:
    """Parse a wrong plan, return its error; its sentences must exist and be filled in both languages."""

    def parse_wrong(text: str) -> UsageError:
        with pytest.raises(UsageError) as caught:
            parse(text)
        assert_told(caught.value)
        return caught.value

    return parse_wrong
