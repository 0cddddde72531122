"""Log lines as the screens keep them: plain strings behind their source, so that a hundred thousand cost little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.events import LogLines

KEPT = 100_000
_BETWEEN = " | "
_LEVEL = re.compile(r"\b(?:(ERROR|FATAL|CRITICAL|PANIC)|(WARN(?:ING)?))\b", re.IGNORECASE)


class Level(StrEnum):
    """How grave a line reads."""

    ALL = "all"
    WARNING = "warning"
    ERROR = "error"


def level_of(text: str) -> Level:
    """Judge a line by its words, as a reader does: most builds and services mark levels no other way."""
    found = _LEVEL.search(text)
    if found is None:
        return Level.ALL
    return Level.ERROR if found[1] else Level.WARNING


def written(batch: LogLines) -> Iterator[str]:
    """Return the lines of a batch, each behind its source."""
    source = f"{batch.source} {batch.stream}".strip()
    return (f"{source}{_BETWEEN}{line}" for line in batch.lines)


def source_of(text: str) -> str:
    """Return what stands before a line: its service and stream."""
    return text.partition(_BETWEEN)[0]


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What of a log is shown: a source (empty for all), a level or graver, and a text, capitals as small letters."""

    source: str = ""
    level: Level = Level.ALL
    text: str = ""

    def fits(self, line: str) -> bool:
        """Tell whether a line is shown."""
        if self.source and source_of(line) != self.source:
            return False
        if self.text and self.text.casefold() not in line.casefold():
            return False
        return self.level is Level.ALL or self._grave(level_of(line))

    def _grave(self, level: Level) -> bool:
        order = list(Level)
        return order.index(level) >= order.index(self.level)

    def next_level(self) -> LogFilter:
        """Return the filter with the next graver level, the first one behind the last."""
        order = list(Level)
        return replace(self, level=order[(order.index(self.level) + 1) % len(order)])

    def next_source(self, sources: Iterable[str]) -> LogFilter:
        """Return the filter with the next source; all of them stand before the first."""
        order = ["", *sources]
        return replace(self, source=order[(order.index(self.source) + 1) % len(order)] if self.source in order else "")


class LogStore:
    """The newest lines of the newest run, oldest first."""

    def __init__(self, kept: int = KEPT) -> None:
        self.lines: list[str] = []
        self.sources: dict[str, None] = {}
        self._kept = kept

    def add(self, batch: LogLines) -> list[str]:
        """Keep a batch and return its lines as they are shown."""
        fresh = list(written(batch))
        if fresh:
            self.sources[source_of(fresh[0])] = None
        self.lines += fresh
        if len(self.lines) > self._kept + self._kept // 10:
            del self.lines[: len(self.lines) - self._kept]
        return fresh

    def clear(self) -> None:
        """Forget the lines: another run begins."""
        self.lines.clear()
        self.sources.clear()
