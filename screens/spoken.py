"""Widgets with words of their own."""

from __future__ import annotations


class Spoken:
    """Mixed into a widget whose words depend on the language."""

    def speak(self) -> None:
        """Write them in the language in use; called at first and whenever it changes."""
        raise NotImplementedError
