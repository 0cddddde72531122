"""Figures, the references they are held against, and the table that shows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        value: in `unit`.
        reference: what it is held against, measured in the same run or named by the design.
        against: the reference's figure, None where there is nothing to hold it against.
        limit: the ratio to the reference that fails the benchmark, None where the figure is only shown.
        more_is_better: the ratio must not fall below the limit, where others must not rise above it.
    """

    name: str
    value: float
    unit: str
    reference: str = ""
    against: float | None = None
    limit: float | None = None
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """The figure in units of its reference."""
        return self.value / self.against if self.against else None

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its limit; a figure without one always does."""
        if self.limit is None or self.ratio is None:
            return True
        return self.ratio >= self.limit if self.more_is_better else self.ratio <= self.limit

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return "shown"
        return "ok" if self.holds else "EXCEEDED"


HEADINGS = ("figure", "value", "reference", "its value", "ratio", "limit", "verdict")


def table(figures: Iterable[Figure]) -> str:
    """Return the figures in columns."""
    rows = [HEADINGS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(_aligned(cell, widths, column) for column, cell in enumerate(row)) for row in rows)


def _cells(figure: Figure) -> tuple[str, ...]:
    against = "" if figure.against is None else f"{_number(figure.against)} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    bound = "" if figure.limit is None else f"{'>=' if figure.more_is_better else '<='} {figure.limit:.2f}"
    return (
        figure.name,
        f"{_number(figure.value)} {figure.unit}",
        figure.reference,
        against,
        ratio,
        bound,
        figure.verdict,
    )


def _aligned(cell: str, widths: list[int], column: int) -> str:
    return (
        cell.rjust(widths[column])
        if HEADINGS[column] in {"value", "its value", "ratio", "limit"}
        else cell.ljust(widths[column])
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def medians(works: dict[str, Callable[[], float | None]], repetitions: int) -> dict[str, float]:
    """Return the median seconds of each work; one that returns seconds has measured itself.

    One warm-up, then turn about, so that a busy moment of the machine hits all alike.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(1 + repetitions):
        for name, work in works.items():
            began = time.perf_counter()
            seconds = work()
            if number:
                taken[name].append(time.perf_counter() - began if seconds is None else seconds)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}
