"""The rate budget in every shape its headers may take."""

from datetime import UTC, datetime, timedelta

import pytest

from wizard.platform.states import RateBudgetState
from wizard.railway.budget import budget, hold_seconds, spent_until

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reset", "expected"),
    [
        ("90", NOW + timedelta(seconds=90)),
        (str(int(NOW.timestamp()) + 60), NOW + timedelta(seconds=60)),
        (str(int(NOW.timestamp() + 60) * 1000), NOW + timedelta(seconds=60)),
        ("2026-01-05T10:00:00Z", NOW + timedelta(hours=1)),
        ("soon", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("prefix", ["x-ratelimit", "ratelimit"])
def test_a_reset_is_an_instant_or_a_duration(prefix: str, reset: str, expected: datetime | None) -> None:
    headers = {f"{prefix}-limit": "1000", f"{prefix}-remaining": "7", f"{prefix}-reset": reset}
    assert budget(headers, NOW) == RateBudgetState(1000, 7, expected)


@pytest.mark.parametrize(
    "headers", [{}, {"x-ratelimit-limit": "10"}, {"x-ratelimit-limit": "x", "x-ratelimit-remaining": "1"}]
)
def test_headers_that_say_nothing_are_no_budget(headers: dict[str, str]) -> None:
    assert budget(headers, NOW) is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after": "30"}, 30.0),
        ({"retry-after": "0"}, 1.0),
        ({"retry-after": "Mon, 05 Jan 2026 09:02:00 GMT"}, 120.0),
        ({"x-ratelimit-reset": "45"}, 45.0),
        ({"retry-after": "later"}, 60.0),
        ({}, 60.0),
    ],
)
def test_how_long_to_hold_after_a_refusal(headers: dict[str, str], expected: float) -> None:
    assert hold_seconds(headers, NOW) == expected


def test_only_a_spent_budget_that_refills_is_waited_for() -> None:
    later = NOW + timedelta(minutes=5)
    assert spent_until(RateBudgetState(100, 0, later), NOW) == later
    assert spent_until(RateBudgetState(100, 1, later), NOW) is None
    assert spent_until(RateBudgetState(100, 0, NOW - timedelta(seconds=1)), NOW) is None
    assert spent_until(RateBudgetState(100, 0, NOW + timedelta(days=1)), NOW) is None
    assert spent_until(RateBudgetState(100, 0, None), NOW) is None
    assert spent_until(None, NOW) is None
