"""What the command line hands over when it opens the screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from screens.engine import Engine
from wizard.clock import Clock
from wizard.events import Listener
from wizard.locale import Language
from wizard.questions import Asker, Question
from wizard.secrets import Secret

Answer = str | bool | tuple[str, ...] | Secret


class Prompter(Protocol):
    """Asks a person."""

    async def prompt(self, question: Question) -> Answer:
        """Return what the person answered; raises CancelledError when they left."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """How the screens were opened.

    Attributes:
        endpoint: what the command line or the environment named instead of the target's own; empty where none did.
        asker: builds the chain of answers whose last link is a person at the screens.
        listeners: who hears every run beside the screens: reports and history.
        start: the place shown first.
        environment: decides about colours and motion.
    """

    engine: Engine
    asker: Callable[[Prompter], Asker]
    clock: Clock
    language: Language = Language.ENGLISH
    target: str = "railway"
    endpoint: str = ""
    listeners: tuple[Listener, ...] = ()
    start: str = "home"
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
