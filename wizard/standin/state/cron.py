"""Cron schedules of five fields, in UTC: which minute comes next.

Source: crontab(5), as Railway's documentation of cron jobs refers to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
_NAMES: tuple[dict[str, int], ...] = (
    {},
    {},
    {},
    {name: number for number, name in enumerate(_MONTHS, 1)},
    {name: number for number, name in enumerate(_DAYS)},
)
_SUNDAY = 7
_LONGEST_DAYS = 366 * 8
"""No date lies further apart than 29 February around a century without one."""


@dataclass(frozen=True, slots=True)
class Cron:
    """One schedule: the minutes, hours, days, months and weekdays it names.

    Attributes:
        either_day: whether a day of the month and a weekday are both named: then either is enough.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool

    def after(self, moment: datetime) -> datetime | None:
        """Return the next minute it names, None where it names none."""
        start = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        for number in range(_LONGEST_DAYS):
            day = start if number == 0 else (start + timedelta(days=number)).replace(hour=0, minute=0)
            found = self._within(day) if self._on(day) else None
            if found:
                return found
        return None

    def _on(self, day: datetime) -> bool:
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return day.month in self.months and (by_day or by_weekday if self.either_day else by_day and by_weekday)

    def _within(self, day: datetime) -> datetime | None:
        times = ((hour, minute) for hour in sorted(self.hours) for minute in sorted(self.minutes))
        found = next((one for one in times if one >= (day.hour, day.minute)), None)
        return day.replace(hour=found[0], minute=found[1]) if found else None


def parse(text: str) -> Cron | None:
    """Return the schedule, None for what is none."""
    words = text.split()
    if len(words) != len(_RANGES):
        return None
    try:
        fields = [_field(word, *limits, names) for word, limits, names in zip(words, _RANGES, _NAMES, strict=True)]
    except ValueError:
        return None
    minutes, hours, days, months, weekdays = fields
    named = not words[2].startswith("*") and not words[4].startswith("*")
    return Cron(minutes, hours, days, months, frozenset(day % _SUNDAY for day in weekdays), named)


def _field(word: str, low: int, high: int, names: dict[str, int]) -> frozenset[int]:
    found: set[int] = set()
    for part in word.split(","):
        span, _, step = part.partition("/")
        first, dash, last = span.partition("-")
        begin = low if first == "*" else _number(first, names)
        end = high if first == "*" or (step and not dash) else _number(last, names) if dash else begin
        width = _number(step, {}) if "/" in part else 1
        if not (low <= begin <= end <= high) or width < 1 or (first == "*" and dash):
            raise ValueError(part)
        found.update(range(begin, end + 1, width))
    return frozenset(found)


def _number(word: str, names: dict[str, int]) -> int:
    if word.lower() in names:
        return names[word.lower()]
    if not (word.isascii() and word.isdecimal()):
        raise ValueError(word)
    return int(word)
