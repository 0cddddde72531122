"""Opens the screens for one call: their engine, who answers, and the language of the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.app import open_screens
from screens.launch import Launch, Prompter
from wizard.cli.asker import ChainAsker
from wizard.cli.engine import ComposedEngine
from wizard.cli.invocation import Invocation
from wizard.clock import SystemClock
from wizard.questions import Asker

if TYPE_CHECKING:
    from wizard.options import Options


def show(invocation: Invocation, start: str = "home", options: Options | None = None) -> int:
    """Show the screens until a person leaves and return the exit code; raises what crashed them.

    Args:
        invocation: this call.
        start: the place shown first.
        options: what the command line asked for; without a command the plan is looked for from here upwards.
    """
    clock = SystemClock()

    def asker(prompter: Prompter) -> Asker:
        return ChainAsker(
            pairs=(), environment=invocation.environment, file=None, take_defaults=False, prompter=prompter
        )

    named = options.named_endpoint if options else invocation.environment.get("RAILWIZARD_ENDPOINT")
    return open_screens(
        Launch(
            engine=ComposedEngine(Path(), invocation.environment, clock, options),
            asker=asker,
            clock=clock,
            language=invocation.language,
            target=options.target if options else "railway",
            endpoint=named or "",
            start=start,
            environment=invocation.environment,
        )
    )
