"""The engine on any platform: a run bound as the program binds it, with the adapter given by the test."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.runs import Heard, asker
from wizard.clock import Clock
from wizard.events import Emitter, Listener
from wizard.http import HttpClient
from wizard.journal import Journal, journal_path
from wizard.options import PLAN_FILE
from wizard.phases.facts import CodeFacts
from wizard.phases.lease import Operator
from wizard.phases.repository import Repository
from wizard.phases.run import Run, Scope
from wizard.phases.runner import execute
from wizard.phases.world import World
from wizard.plan.loader import load
from wizard.plan_secrets import PlanSecrets
from wizard.platform.ports import Platform
from wizard.secret_store import FileStore
from wizard.secrets import Redactor


@dataclass
class Engine:
    """One operator's machine with one plan, talking to one platform through its adapter."""

    platform: Platform
    folder: Path
    state: Path
    clock: Clock
    _runs: itertools.count[int] = field(default_factory=itertools.count)

    async def execute(self, scope: Scope | None = None, answers: Mapping[str, str] | None = None) -> Heard:
        """Run the phases and return what was heard."""
        heard = Heard()
        async with self.opened(heard, scope, answers) as run:
            finished = await execute(run)
        assert heard.finished == finished
        return heard

    @asynccontextmanager
    async def opened(
        self, listener: Listener, scope: Scope | None = None, answers: Mapping[str, str] | None = None
    ) -> AsyncIterator[Run]:
        """Open a run and close what it opened."""
        plan = load(self.folder / PLAN_FILE)
        key, environment = plan.project.key, plan.project.environment
        emitter, answering = Emitter(f"run-{next(self._runs)}", self.clock, [listener]), asker(answers)
        answering.emit = emitter.emit
        journal = Journal(journal_path(self.state, self.platform.provider, key, environment), self.clock)
        http, repository = HttpClient(self.clock), Repository(self.folder, plan)
        run = Run(
            plan=plan,
            scope=scope or Scope(),
            platform=self.platform,
            world=World(self.platform.groups, self.clock),
            clock=self.clock,
            emitter=emitter,
            asker=answering,
            journal=journal,
            secrets=PlanSecrets(FileStore(self.state / "secrets"), f"{key}.{environment}"),
            redactor=Redactor(),
            repository=repository,
            facts=CodeFacts(plan, repository),
            http=http,
            keep_answer=lambda *_: None,
            operator=Operator("engine", "here"),
        )
        try:
            yield run
        finally:
            await run.close()
            await http.close()
            journal.close()
