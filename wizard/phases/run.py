"""One run: the plan, the platform, and everything its phases share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from wizard.clock import Clock
from wizard.database.access import DatabaseAccess
from wizard.errors import NeedsInputError, WizardError
from wizard.events import Change, ChangeApplied, ChangePlanned, CheckResult, Emitter, Event, LogLines, NotChecked, Note
from wizard.http import HttpClient
from wizard.journal import Journal, mark
from wizard.messages import Message, message
from wizard.phases.facts import CodeFacts
from wizard.phases.lease import Lease, Operator
from wizard.phases.repository import Repository
from wizard.phases.step import Phase, step_id
from wizard.phases.world import World
from wizard.plan.model import Plan
from wizard.platform.ports import Platform
from wizard.platform.states import ServiceState
from wizard.questions import Asker, Question
from wizard.secrets import Redactor, Secret


class SecretKeeper(Protocol):
    """Where generated and typed secrets of this plan are kept."""

    async def get(self, name: str) -> Secret | None:
        """Return a secret, None where it is not kept here."""
        ...

    async def set(self, name: str, secret: Secret) -> None:
        """Keep a secret."""
        ...

    def describe(self, name: str) -> Message:
        """Say where a generated secret lies and how its owner sees it again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which part of the whole a run does.

    Attributes:
        phases: the phases that may change something or check; preflight's readings always run.
        apply: False for a dry run: changes are planned, nothing is written.
        full: verification may write even where this run deployed nothing.
        read_only: verification never writes.
        internet: the application may be made to call third parties.
    """

    phases: frozenset[Phase] = frozenset(Phase)
    apply: bool = True
    full: bool = False
    read_only: bool = False
    internet: bool = False

    @property
    def whole(self) -> bool:
        """Every phase runs."""
        return self.phases == frozenset(Phase)


@dataclass(slots=True, kw_only=True)
class Run:
    """What the steps of one run share.

    Attributes:
        typed: answers of this run by question id: what the operator typed now wins over everything.
        deployed: services this run deployed.
        written: services whose settings or variables this run wrote, with what changed.
        not_checked: what nobody looked at, and why.
        announced: changes told before they are made, or instead: all a dry run does.
        unanswered: questions nobody could answer: the run stops before the first mutation and names them all.
        heads: the database's migration heads, once seen.
        differences: asks the target what it does otherwise than the real platform, told with the result.
        keep_answer: writes a typed value into the plan file: (service, variable, value).
        http: how the deployed application is asked.
        operator: where this run comes from, for other runs on the same project.
    """

    plan: Plan
    scope: Scope
    platform: Platform
    world: World
    clock: Clock
    emitter: Emitter
    asker: Asker
    journal: Journal
    secrets: SecretKeeper
    redactor: Redactor
    repository: Repository
    facts: CodeFacts
    http: HttpClient
    keep_answer: Callable[[str, str, str], None]
    operator: Operator
    typed: dict[str, str | bool | tuple[str, ...] | Secret] = field(default_factory=dict)
    deployed: set[str] = field(default_factory=set)
    written: dict[str, list[Change]] = field(default_factory=dict)
    not_checked: list[NotChecked] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)
    announced: list[Change] = field(default_factory=list)
    unanswered: list[Question] = field(default_factory=list)
    heads: tuple[str, ...] = ()
    differences: Callable[[], Awaitable[tuple[Message, ...]]] | None = None
    _access: DatabaseAccess | None = None
    _lease: Lease | None = None
    _rendered: dict[str, tuple[int, Mapping[str, Secret]]] = field(default_factory=dict)

    def emit(self, event: Event) -> None:
        """Say something to every listener."""
        self.emitter.emit(event)

    def planned(self, phase: Phase, resource: str, changes: Iterable[Change]) -> None:
        """Announce changes before they are made."""
        for change in changes:
            self.announced.append(change)
            self.emit(ChangePlanned(phase.value, step_id(phase, resource), change))

    def applied(self, phase: Phase, resource: str, changes: Iterable[Change]) -> None:
        """Report changes after they were read back."""
        for change in changes:
            self.written.setdefault(resource, []).append(change)
            self.emit(ChangeApplied(phase.value, step_id(phase, resource), change))

    def log(self, source: str, stream: str, lines: Iterable[str]) -> None:
        """Pass on lines from outside, with every known secret masked."""
        self.emit(LogLines(source, stream, tuple(self.redactor.clean(line) for line in lines)))

    def mask(self, error: WizardError) -> None:
        """Mask every known secret in what an error says: a platform may repeat what it was sent."""
        shown = {name: self.redactor.clean(value) for name, value in error.params.items() if isinstance(value, str)}
        error.params.update(shown)
        error.lines = tuple(map(self.redactor.clean, error.lines))
        error.quotes = tuple(replace(quote, text=self.redactor.clean(quote.text)) for quote in error.quotes)

    async def ask(self, question: Question) -> str | bool | tuple[str, ...] | Secret | None:
        """Return the answer; None where nobody can be asked: the question is then named with all the others."""
        try:
            return await self.asker.ask(question)
        except NeedsInputError:
            self.unanswered.append(question)
            return None

    def leave_unchecked(self, subject: str, why: Message) -> None:
        """Record what was not looked at; it is listed with the result."""
        self.not_checked.append(NotChecked(subject, why))

    async def service(self, name: str) -> ServiceState | None:
        """Return a service or database as last seen."""
        return (await self.world.state()).services.get(name)

    async def rendered(self, name: str) -> Mapping[str, Secret]:
        """Read a service's variables as a container would see them; they are masked in logs from now on."""
        state, writes = await self.world.state(), self.world.writes
        seen = self._rendered.get(name)
        if seen is None or seen[0] != writes:
            values = await self.platform.services.rendered(self.world.located, state.services[name].handle)
            self.redactor.learn(
                *(value for variable, value in values.items() if not self._is_written(name, variable, value))
            )
            seen = self._rendered[name] = (writes, values)
        return seen[1]

    def _is_written(self, service: str, variable: str, value: Secret) -> bool:
        """Whether the plan itself says the value: no secret, and often a word that logs are full of."""
        spec = self.plan.services.get(service)
        return spec is not None and spec.variables.get(variable) == value.reveal()

    def looks_closely(self, service: str) -> bool:
        """Whether proofs inside the databases are worth opening a way in: something unproved runs, or it was asked."""
        return service in self.deployed or self.scope.full or self.unproved

    @property
    def unproved(self) -> bool:
        """Whether an earlier run deployed what no run has verified since: it failed, or it died."""
        return self.lease.inherited or self.journal.unproved()

    async def keep_secret(self, name: str, secret: Secret) -> None:
        """Keep a secret before it is used, and mask it in every log line."""
        self.redactor.learn(secret)
        await self.secrets.set(name, secret)

    def urls(self) -> dict[str, str]:
        """Return the public address of every service that has one, as last seen."""
        state = self.world.last
        if state is None:
            return {}
        return {
            name: f"{self.platform.scheme}://{domains[0].host}"
            for name in self.plan.services
            if name in state.services and (domains := state.services[name].domains)
        }

    @property
    def database(self) -> DatabaseAccess:
        """Temporary ways into the databases, shared by the phases of this run and closed with it."""
        if self._access is None:
            self._access = DatabaseAccess(
                self.platform.datastores,
                self.platform.services,
                self.world.located,
                self.world.seen,
                journal=self.journal,
                clock=self.clock,
                hold=self.lease.hold,
                mark=self.way_mark,
            )
        return self._access

    def way_mark(self, database: str) -> str:
        """Return the mark of a way into a database that a run of this plan opens."""
        return mark(self.plan.project.key, self.plan.project.environment, f"way {database}")

    @property
    def lease(self) -> Lease:
        """This run's lease on the project, taken before the first write."""
        if self._lease is None:
            self._lease = Lease(self)
        return self._lease

    async def close(self) -> None:
        """Remove every temporary way into a database and give back the lease, whatever ended the run."""
        access, self._access = self._access, None
        try:
            if access:
                await access.close()
        finally:
            for name in access.opened if access else ():
                self.emit(Note(message("phases.way-left-open", database=name)))
            await self.lease.release()
