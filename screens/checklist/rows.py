"""The checklist's cells and filters: a state is a word with a tone, a value is nowhere."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual.content import Content

from screens.widgets.report_text import TONES, Say
from wizard.messages import Message, message

if TYPE_CHECKING:
    from wizard.plan.checklist import Row

_GLYPHS = {
    "set": ("✓", "good"),
    "missing": ("✗", "bad"),
    "differs": ("≠", "warning"),
    "extra": ("+", "warning"),
    "empty-reference": ("✗", "bad"),
    "placeholder": ("✗", "bad"),
    "no-effect": ("–", "quiet"),
    "sealed": ("✓", "good"),
    "not-needed": ("–", "quiet"),
}


class Filter(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    MISSING = "missing"
    DIFFERS = "differs"
    NO_EFFECT = "no-effect"

    def fits(self, state: str) -> bool:
        """Tell whether a row of this state is shown."""
        match self:
            case Filter.ALL:
                return True
            case Filter.MISSING:
                return state in {"missing", "empty-reference", "placeholder"}
            case Filter.DIFFERS:
                return state in {"differs", "extra"}
            case Filter.NO_EFFECT:
                return state == "no-effect"

    def next(self) -> Filter:
        """Return the next filter, the first one behind the last."""
        order = list(Filter)
        return order[(order.index(self) + 1) % len(order)]


def headings(say: Say) -> tuple[str, ...]:
    """Return the names of the columns."""
    columns = ("service", "variable", "state", "acts", "source")
    return tuple(say(Message(f"cli.column-{column}")) for column in columns)


def cells(row: Row, say: Say) -> tuple[Content, ...]:
    """Return one row's cells."""
    glyph, tone = _GLYPHS[row.state.value]
    return (
        Content(row.service),
        Content(row.name),
        Content.styled(f"{glyph} {say(message(f'checklist.state.{row.state.value}'))}", TONES.get(tone, "")),
        Content(say(message(f"checklist.acts.{row.acts.value}"))),
        Content(source(row, say)),
    )


def source(row: Row, say: Say) -> str:
    """Return where a variable's value comes from, in words."""
    return say(message(f"checklist.source.{row.source.value if row.source else 'unknown'}"))
