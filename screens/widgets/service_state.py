"""The state of a service as the platform's normal word behind a glyph."""

from __future__ import annotations

from textual.content import Content

from screens.widgets.report_text import TONES

_STATES = {
    "live": ("✓", "good"),
    "sleeping": ("z", "quiet"),
    "failed": ("✗", "bad"),
    "crashed": ("✗", "bad"),
    "not-deployed": ("·", "quiet"),
    "removed": ("–", "quiet"),
    "skipped": ("–", "quiet"),
}
_UNDER_WAY = ("▶", "active")


def service_state(status: str) -> Content:
    """Return a state; what is not known here is under way."""
    glyph, tone = _STATES.get(status, _UNDER_WAY)
    return Content.styled(f"{glyph} {status}", TONES.get(tone, ""))
