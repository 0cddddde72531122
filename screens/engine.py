"""What the screens ask of the engine: everything that reaches out lies behind this door.

It is implemented where the command line lives and loads the engine when it is first asked, so that the first screen
is painted before anything heavy is read; tests put an engine of their own behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from wizard.events import Listener, RunFinished
from wizard.phases.step import Phase
from wizard.questions import Asker


class Engine(Protocol):
    """Runs and readings; each raises WizardError for what an operator can mend."""

    async def deploy(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run phases against the target."""
        ...

    async def save(self, name: str, text: str) -> str:
        """Write a file where the operator finds it and return its place; a file that is there stays."""
        ...

    async def rehearse(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run all phases against a local platform that ends with the run."""
        ...
