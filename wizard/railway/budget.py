"""The request budget as headers tell it, and how long to hold when it is spent.

Railway sends `X-RateLimit-Limit`, `-Remaining` and `-Reset` on every answer and `Retry-After` (seconds) on every 429;
newer answers carry the draft standard's `RateLimit-*` too. Whether a reset is an instant or a number of seconds is
not documented, so both are understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from wizard.platform.states import RateBudgetState

DEFAULT_HOLD_SECONDS = 60.0
"""How long to hold after a 429 that does not say."""
LONGEST_HOLD_SECONDS = 3700.0
"""The budget is counted by the hour: a longer wait is not the budget."""

_EARLIEST_EPOCH = 1_000_000_000
_MILLISECONDS = 1000


def budget(headers: Mapping[str, str], now: datetime) -> RateBudgetState | None:
    """Return what the headers say of the budget; None where they say nothing readable."""
    limit, remaining = (_number(_either(headers, name)) for name in ("limit", "remaining"))
    if limit is None or remaining is None:
        return None
    return RateBudgetState(int(limit), int(remaining), _instant(_either(headers, "reset"), now))


def hold_seconds(headers: Mapping[str, str], now: datetime) -> float:
    """Return how long to send nothing after a 429."""
    told = _retry_after(headers.get("retry-after"), now)
    if told is None:
        reset = _instant(_either(headers, "reset"), now)
        told = (reset - now).total_seconds() if reset else DEFAULT_HOLD_SECONDS
    return max(told, 1.0)


def spent_until(state: RateBudgetState | None, now: datetime) -> datetime | None:
    """Return until when nothing is left; None where something is, or where it is not the hour's budget."""
    if state is None or state.remaining > 0 or state.resets_at is None:
        return None
    left = (state.resets_at - now).total_seconds()
    return state.resets_at if 0 < left <= LONGEST_HOLD_SECONDS else None


def _either(headers: Mapping[str, str], name: str) -> str:
    return headers.get(f"x-ratelimit-{name}") or headers.get(f"ratelimit-{name}") or ""


def _number(text: str) -> float | None:
    try:
        return float(text.partition(",")[0].partition(";")[0])
    except ValueError:
        return None


def _instant(text: str, now: datetime) -> datetime | None:
    number = _number(text)
    if number is None:
        return _iso(text)
    if number < _EARLIEST_EPOCH:
        return now + timedelta(seconds=number)
    seconds = number if number < _EARLIEST_EPOCH * _MILLISECONDS else number / _MILLISECONDS
    return datetime.fromtimestamp(seconds, UTC)


def _iso(text: str) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _retry_after(text: str | None, now: datetime) -> float | None:
    if not text:
        return None
    if (number := _number(text)) is not None:
        return number
    try:
        return (parsedate_to_datetime(text) - now).total_seconds()
    except (ValueError, TypeError):
        return None
