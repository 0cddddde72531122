"""What the screens ask of the engine: everything that reaches out lies behind this door.

It is implemented where the command line lives and loads the engine when it is first asked, so that the first screen
is painted before anything heavy is read; tests put an engine of their own behind it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the first screen is painted before any of this is read
    from wizard.events import Listener, RunFinished, Stamped
    from wizard.locale import Language
    from wizard.messages import Message
    from wizard.operations.watch import Look
    from wizard.phases.step import Phase
    from wizard.plan.checklist import Row
    from wizard.plan.pasting import PastedLine
    from wizard.questions import Asker
    from wizard.report.record import RunRecord
    from wizard.secrets import Secret
    from wizard.setup.view import SetupStep


class Engine(Protocol):
    """Runs and readings; each raises WizardError for what an operator can mend."""

    async def deploy(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Run phases against the target."""
        ...

    async def plan(self, phases: frozenset[Phase], listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Say what phases would change, changing nothing."""
        ...

    async def sign_in(self, token: Secret, *, keep: bool) -> str:
        """Try a token and use it from now on, in the keyring on `keep`; return whom it speaks for."""
        ...

    async def last_run(self) -> tuple[Stamped, ...]:
        """Return the events, without log lines, of this plan's newest run; none where there is none."""
        ...

    async def setup(self, language: Language) -> Sequence[SetupStep]:
        """Return the steps of a guided set-up; the plan it writes is commented in a language."""
        ...

    async def checklist(self, asker: Asker) -> Sequence[Row]:
        """Read the checklist of the plan against the target."""
        ...

    def effect(self, service: str, name: str) -> Message:
        """Say what a new value of a variable will do to what is running."""
        ...

    async def set_variable(
        self, service: str, name: str, value: Secret | None, listeners: Sequence[Listener], asker: Asker
    ) -> RunFinished:
        """Give a variable a new value, a generated one for None, and send it."""
        ...

    async def import_variables(
        self, service: str, values: Mapping[str, Secret], listeners: Sequence[Listener], asker: Asker
    ) -> RunFinished:
        """Give several variables of a service new values and send them."""
        ...

    async def send_variables(self, listeners: Sequence[Listener], asker: Asker) -> RunFinished:
        """Send what the plan says."""
        ...

    async def take_variable(self, service: str, name: str, asker: Asker) -> None:
        """Write what the platform has into the plan, or into the keyring where it is a secret."""
        ...

    def judge_pasted(self, service: str, text: str) -> Sequence[tuple[PastedLine, Message]]:
        """Return the lines of a pasted block, each with whether it is taken and if not why."""
        ...

    async def save_checklist(self, rows: Sequence[Row], language: Language) -> str:
        """Write the checklist as Markdown and return its place."""
        ...

    def watch(self, asker: Asker) -> AsyncGenerator[Look, None]:
        """Look at the environment now and at intervals, for ever."""
        ...

    def look_now(self) -> None:
        """Let the watch look at once."""
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
