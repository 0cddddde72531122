"""The smallest Textual application with a log: what a screen costs whoever writes it. Run as a program."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Log, Static


class Minimal(App[None]):
    """A line, a log, a footer."""

    BINDINGS = [("ctrl+q", "quit", "Leave")]  # noqa: RUF012 - as Textual declares it

    def compose(self) -> ComposeResult:
        """Compose it."""
        yield Static("Guided set-up")
        yield Log()
        yield Footer()


if __name__ == "__main__":
    Minimal().run()
