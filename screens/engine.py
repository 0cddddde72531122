"""What the screens ask of the engine: everything that reaches out lies behind this door.

It is implemented where the command line lives and loads the engine when it is first asked, so that the first screen
is painted before anything heavy is read; tests put an engine of their own behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from wizard.events import Listener, RunFinished
from wizard.locale import Language
from wizard.phases.step import Phase
from wizard.questions import Asker
from wizard.report.record import RunRecord
from wizard.setup.view import SetupStep


class Engine(Protocol):
    """Runs and readings; each raises WizardError for what an operator can mend."""

    async def deploy(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run phases against the target."""
        ...

    async def setup(self, language: Language) -> Sequence[SetupStep]:
        """Return the steps of a guided set-up; the plan it writes is commented in a language."""
        ...

    async def history(self) -> tuple[RunRecord, ...]:
        """Return what is kept of this plan's runs on this machine, newest first; none where there is no plan."""
        ...

    async def save_report(self, run: str, language: Language) -> str:
        """Write the report of a past run as Markdown and return its place."""
        ...

    async def save(self, name: str, text: str) -> str:
        """Write a file where the operator finds it and return its place; a file that is there stays."""
        ...

    async def rehearse(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run all phases against a local platform that ends with the run."""
        ...
