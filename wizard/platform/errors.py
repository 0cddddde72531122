"""What an adapter raises that the engine treats in its own way."""

from __future__ import annotations

from wizard.errors import PlatformError


class LostAnswerError(PlatformError):
    """A write was sent and its answer was lost: it may have happened. Observe, then decide; never just ask again."""
