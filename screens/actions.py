"""What a person can do on a screen, declared once: its key, its palette entry and its command come from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from screens.hangul import with_twins
from wizard.messages import Message, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing a person can do.

    Attributes:
        id: `deploy.run`; its words are the messages `actions.deploy-run` and `actions.deploy-run-help`.
        keys: comma-separated, as Textual names them; letters get their Hangul twins by themselves.
        call: the Textual action: `run`, or `app.show('home')`.
        command: the command line that does the same; empty where it only moves about the screen.
        shown: whether the footer names it: eight English or six Korean labels fit into 80 columns.
    """

    id: str
    keys: str
    call: str
    command: str = ""
    shown: bool = True
    priority: bool = False

    @property
    def label(self) -> Message:
        """A word or two for the footer and the palette."""
        return message(f"actions.{self.id.replace('.', '-')}")

    @property
    def help(self) -> Message:
        """What it does, in a sentence."""
        return message(f"actions.{self.id.replace('.', '-')}-help")


def bindings(actions: Iterable[Action]) -> list[BindingType]:
    """Return the bindings of these actions; a screen replaces their ids by words of the language in use."""
    return [
        Binding(
            with_twins(action.keys),
            action.call,
            action.label.id,
            show=action.shown,
            tooltip=action.help.id,
            priority=action.priority,
            id=action.id,
        )
        for action in actions
    ]
