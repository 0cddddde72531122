"""Which face a run shows: a pure decision over the environment, the terminals and the options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How a run talks and whether it may ask."""

    JSON = "json"
    """NDJSON on stdout, no questions."""
    HEADLESS = "headless"
    """Text for people on stderr, no questions: no terminal, or continuous integration."""
    PLAIN = "plain"
    """Text for people on stderr, questions on the terminal."""

    @property
    def asks(self) -> bool:
        """Whether somebody is there to answer."""
        return self is Mode.PLAIN


class Style(StrEnum):
    """How progress is drawn."""

    LIVE = "live"
    """A region that is redrawn in place."""
    APPEND = "append"
    """Lines only, never redrawn: files, logs, screen readers."""


@dataclass(frozen=True, slots=True)
class ModeOptions:
    """The options of the command line that decide.

    Attributes:
        json: `--json`.
        plain: `--plain`: text even where continuous integration is detected.
    """

    json: bool = False
    plain: bool = False


def choose_mode(environment: Mapping[str, str], *, stdin_tty: bool, stderr_tty: bool, options: ModeOptions) -> Mode:
    """Choose the face; asking needs a terminal on both ends and nobody who said otherwise."""
    if options.json:
        return Mode.JSON
    if not (stdin_tty and stderr_tty):
        return Mode.HEADLESS
    if in_ci(environment) and not options.plain:
        return Mode.HEADLESS
    return Mode.PLAIN


def choose_style(environment: Mapping[str, str], *, stderr_tty: bool) -> Style:
    """Redraw only on a terminal whose owner did not ask for still text."""
    still = (
        environment.get("NO_COLOR") or environment.get("ACCESSIBLE") or environment.get("TERM") in {"dumb", "unknown"}
    )
    return Style.APPEND if still or not stderr_tty or in_ci(environment) else Style.LIVE


def may_paint(environment: Mapping[str, str], mode: Mode) -> bool:
    """Tell whether whole screens can be painted: a person is there, and neither they nor the terminal want lines."""
    lines = environment.get("ACCESSIBLE") or environment.get("TERM", "dumb") in {"dumb", "unknown"}
    return mode.asks and not lines


def may_wait(environment: Mapping[str, str], *, stdin_tty: bool, stderr_tty: bool) -> bool:
    """Tell whether `--wait` has anybody to wait for."""
    return stdin_tty and stderr_tty and not in_ci(environment)


def in_ci(environment: Mapping[str, str]) -> bool:
    """Tell whether this is continuous integration by the variable every service sets."""
    return environment.get("CI", "").lower() not in {"", "0", "false", "no"}
