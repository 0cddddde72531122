"""What the steps of one guided set-up share: the folder, what was detected, who deploys, what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from wizard.clock import Clock
from wizard.compose import deploy, rehearse
from wizard.events import Listener, RunFinished
from wizard.known_answers import KnownAnswers
from wizard.options import PLAN_FILE, Faces, Options
from wizard.phases.run import Scope
from wizard.plan.loader import load
from wizard.plan.model import Plan
from wizard.platform.states import Account
from wizard.questions import Asker
from wizard.secrets import Secret
from wizard.setup.view import Answer
from wizard.source.detection import Detection


@dataclass(slots=True)
class Setup:
    """One guided set-up.

    Attributes:
        detection: what the repository is; None where a plan was there already.
        corrections: dotted place of the plan to what a person wrote instead of what was detected.
        answers: to the engine's questions, by id, given ahead in the set-up.
        account: whom the token speaks for, once it was tried.
    """

    options: Options
    clock: Clock
    detection: Detection | None = None
    corrections: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    account: Account | None = None

    @property
    def plan_file(self) -> Path:
        """Where the plan lies or will be written."""
        return self.options.folder / PLAN_FILE

    def plan(self) -> Plan:
        """Load the plan; raises UsageError where there is none or it is wrong."""
        return load(self.plan_file)

    def use_token(self, variable: str, token: Secret) -> None:
        """Let this set-up's runs use a token that was not kept anywhere."""
        self.options = replace(self.options, variables={**self.options.variables, variable: token.reveal()})

    async def rehearse(self, listeners: Sequence[Listener], asker: Asker, scope: Scope | None = None) -> RunFinished:
        """Run phases against a local platform of its own."""
        options = replace(self.options, command="rehearse", scope=scope or Scope())
        return await rehearse(options, self._faces(listeners, asker), clock=self.clock)

    async def deploy(self, listeners: Sequence[Listener], asker: Asker, scope: Scope | None = None) -> RunFinished:
        """Run phases against the target."""
        options = replace(self.options, command="deploy", scope=scope or Scope())
        return await deploy(options, self._faces(listeners, asker), self.clock)

    def _faces(self, listeners: Sequence[Listener], asker: Asker) -> Faces:
        return Faces(listeners=tuple(listeners), asker=KnownAnswers(asker, self.answers))
