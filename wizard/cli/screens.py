"""Opens the screens for one call: their engine, who answers, and the language of the terminal."""

from __future__ import annotations

from pathlib import Path

from screens.app import open_screens
from screens.launch import Launch, Prompter
from wizard.cli.asker import ChainAsker
from wizard.cli.engine import ComposedEngine
from wizard.cli.invocation import Invocation
from wizard.clock import SystemClock
from wizard.questions import Asker


def show(invocation: Invocation, start: str = "home") -> int:
    """Show the screens until a person leaves and return the exit code; raises what crashed them."""
    clock = SystemClock()

    def asker(prompter: Prompter) -> Asker:
        return ChainAsker(
            pairs=(), environment=invocation.environment, file=None, take_defaults=False, prompter=prompter
        )

    return open_screens(
        Launch(
            engine=ComposedEngine(Path(), invocation.environment, clock),
            asker=asker,
            clock=clock,
            language=invocation.language,
            endpoint=invocation.environment.get("RAILWIZARD_ENDPOINT", ""),
            start=start,
            environment=invocation.environment,
        )
    )
