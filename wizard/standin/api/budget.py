"""Rate limits per token and cooldowns per kind of creation, on the stand-in's clock."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from wizard.clock import Clock
from wizard.standin.settings import Settings
from wizard.standin.state.refusals import too_quickly

_HOUR = 3600.0


@dataclass(slots=True)
class _Window:
    began: float
    resets_at: datetime
    used: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a token has left; `retry_after` is None when the request may go on, else whole seconds to wait."""

    limit: int
    remaining: int
    resets_at: datetime
    retry_after: int | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers of every answer; the reset is seconds since 1970."""
        shown = {
            "RateLimit-Policy": f"{self.limit};w={int(_HOUR)}",
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(math.ceil(self.resets_at.timestamp())),
        }
        return shown if self.retry_after is None else {**shown, "Retry-After": str(self.retry_after)}


class Budget:
    """Counts requests: an hour's window from a token's first request, and the last second where that is enforced."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._windows: dict[str, _Window] = {}
        self._recent: dict[str, deque[float]] = defaultdict(deque)

    def spend(self, key: str) -> Allowance:
        """Count one request, unless it is refused."""
        window, now = self._window(key), self._clock.monotonic()
        limit = self._settings.hourly_budget
        if window.used >= limit:
            return Allowance(limit, 0, window.resets_at, max(1, math.ceil(window.began + _HOUR - now)))
        if self._too_fast(key, now):
            return Allowance(limit, limit - window.used, window.resets_at, 1)
        window.used += 1
        return self.left(key)

    def left(self, key: str) -> Allowance:
        """Return what a token has left without spending."""
        window, limit = self._window(key), self._settings.hourly_budget
        return Allowance(limit, max(0, limit - window.used), window.resets_at)

    def _window(self, key: str) -> _Window:
        now = self._clock.monotonic()
        window = self._windows.get(key)
        if window is None or now >= window.began + _HOUR:
            window = self._windows[key] = _Window(now, self._clock.now() + timedelta(seconds=_HOUR))
        return window

    def _too_fast(self, key: str, now: float) -> bool:
        rate = self._settings.limits.requests_per_second
        if rate is None or not self._settings.enforce_requests_per_second:
            return False
        recent = self._recent[key]
        while recent and recent[0] <= now - 1:
            recent.popleft()
        recent.append(now)
        return len(recent) > rate


class CooldownGate:
    """Refuses a second creation within the cooldown of its kind."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._seconds = settings.cooldowns
        self._clock = clock
        self._last: dict[str, float] = {}

    def enter(self, kind: str) -> None:
        """Note a creation of a `project`, `environment` or `volume`; raises Refused too soon after the last."""
        now, wait = self._clock.monotonic(), float(getattr(self._seconds, kind))
        last = self._last.get(kind)
        if last is not None and now < last + wait:
            raise too_quickly(f"{kind}s")
        self._last[kind] = now
