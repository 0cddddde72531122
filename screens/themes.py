"""Four looks: dark, light, high contrast, and the terminal's own colours; without colour where NO_COLOR asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

THEMES = (
    Theme(
        name="railwizard-dark",
        primary="#7C9EFF",
        secondary="#8BD5CA",
        accent="#C6A0F6",
        foreground="#E6E9F2",
        background="#12141C",
        surface="#181B26",
        panel="#222637",
        success="#8BD49C",
        warning="#E5C07B",
        error="#F28B82",
        dark=True,
    ),
    Theme(
        name="railwizard-light",
        primary="#2F54C8",
        secondary="#0F766E",
        accent="#7C3AED",
        foreground="#1B1F2B",
        background="#F7F8FB",
        surface="#FFFFFF",
        panel="#E7EAF3",
        success="#1B7F3B",
        warning="#8A5A00",
        error="#B3261E",
        dark=False,
    ),
    Theme(
        name="railwizard-contrast",
        primary="#00E5FF",
        secondary="#FFFFFF",
        accent="#FFFF00",
        foreground="#FFFFFF",
        background="#000000",
        surface="#000000",
        panel="#1A1A1A",
        success="#00FF66",
        warning="#FFFF00",
        error="#FF6E6E",
        dark=True,
    ),
)
_PLAIN = "ansi-dark"


def wants_no_colour(environment: Mapping[str, str]) -> bool:
    """Tell whether the operator asked for no colour at all (https://no-color.org)."""
    return bool(environment.get("NO_COLOR"))


def chosen_theme(environment: Mapping[str, str]) -> str:
    """Return the first theme: the one named in RAILWIZARD_THEME (dark, light, contrast, ansi), else dark."""
    if wants_no_colour(environment):
        return _PLAIN
    asked = environment.get("RAILWIZARD_THEME", "dark")
    return _PLAIN if asked == "ansi" else next((one.name for one in THEMES if one.name.endswith(asked)), THEMES[0].name)
