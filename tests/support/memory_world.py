"""What the platform in memory holds: environments, services and deployments that move on with the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import count
from typing import TypeVar

from wizard.clock import Clock
from wizard.errors import CredentialError, FailedError, PlatformError
from wizard.messages import message
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Group, Handle, Kind, Receipt
from wizard.platform.ports import LogLine, Pauses
from wizard.platform.states import (
    DeploymentState,
    DeploymentStatus,
    DomainState,
    Failure,
    GroupState,
    ProjectSummary,
    ServiceSettings,
    ServiceState,
    SourceState,
    VariableState,
)
from wizard.secrets import Secret

PROVIDER = "memory"
UNBUILDABLE = "does-not-build"
"""A file of this name makes a build fail."""
LONGEST_WAIT_SECONDS = 3700.0

T = TypeVar("T")

_WORDS = {
    "KINDLING": DeploymentStatus.BUILDING,
    "RISING": DeploymentStatus.STARTING,
    "UP": DeploymentStatus.LIVE,
    "SUNK": DeploymentStatus.FAILED,
    "DOWN": DeploymentStatus.REMOVED,
}


class Fault(Enum):
    """What becomes of the next write."""

    LOST = "applied, but its answer is lost"
    DROPPED = "never applied, and nobody says so"


@dataclass(frozen=True, slots=True)
class Deployed:
    """A deployment as it was started; where it stands follows from the clock.

    Attributes:
        began: seconds of the clock.
        ends: seconds after that when it serves, or fails in the named step.
        failing: the step that fails, with its reason.
    """

    handle: Handle
    service: Handle
    began: float
    ends: float
    created_at: datetime
    settings: ServiceSettings
    variables: Mapping[str, Secret]
    commit: str | None = None
    message: str | None = None
    failing: Failure | None = None


@dataclass
class World:
    """The state of one platform, its counters, and the faults a test asks for.

    Attributes:
        source: what a service is created from; such a creation deploys at once. None creates empty services.
        head: the commit a connected repository stands at.
        needs: variables without which a service's process does not start.
        tells_frozen: whether a deployment's variables can be read.
        untold: variables that databases keep to themselves.
        unlucky: faults of the next creates, one each.
        edge: the port behind every public host; 0 where nothing listens.
    """

    clock: Clock
    pauses: Pauses | None = None
    source: SourceState | None = None
    head: str = "c0ffee"
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tells_frozen: bool = True
    untold: frozenset[str] = frozenset()
    unlucky: list[Fault] = field(default_factory=list)
    edge: int = 0
    deploy_seconds: float = 12.0
    database_seconds: float = 30.0
    projects: dict[str, ProjectSummary] = field(default_factory=dict)
    states: dict[str, GroupState] = field(default_factory=dict)
    deployments: list[Deployed] = field(default_factory=list)
    stopped: set[str] = field(default_factory=set)
    """Deployments that were told to stop, by id."""
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    """Variables of databases by the id of their service: they are told once the database answers."""
    sent: int = 0
    written: list[str] = field(default_factory=list)
    fault: Fault | None = None
    odd_word: str = ""
    refused_until: float = float("-inf")
    _ids: count[int] = field(default_factory=lambda: count(1))

    # requests

    async def ask(self) -> None:
        """Count a read, once the platform listens."""
        await self._admitted()
        self.sent += 1

    async def write(self, name: str, apply: Callable[[], T]) -> T:
        """Count and apply a write; raises LostAnswerError where its answer does not come."""
        await self._admitted()
        self.sent += 1
        self.written.append(name)
        fault, self.fault = self.fault, None
        if fault is Fault.DROPPED:
            raise LostAnswerError("memory.answer-lost", operation=name)
        result = apply()
        if fault is Fault.LOST:
            raise LostAnswerError("memory.answer-lost", operation=name)
        return result

    async def make(self, name: str, apply: Callable[[], Handle]) -> Receipt:
        """Apply a create."""
        self.fault = self.fault or (self.unlucky.pop(0) if self.unlucky else None)
        try:
            return Receipt(await self.write(name, apply))
        except LostAnswerError:
            return Receipt(None, Answer.AMBIGUOUS)

    async def _admitted(self) -> None:
        left = self.refused_until - self.clock.monotonic()
        if left > LONGEST_WAIT_SECONDS:
            raise PlatformError("memory.rate-limited", seconds=int(left))
        if left > 0:
            if self.pauses:
                self.pauses.paused(message("memory.refused"), self.clock.now() + timedelta(seconds=left))
            await self.clock.sleep(left)
            if self.pauses:
                self.pauses.resumed()

    # what there is

    def handle(self, kind: Kind, name: str) -> Handle:
        return Handle(PROVIDER, kind, f"{kind.value}-{next(self._ids)}", name)

    def state(self, group: Group) -> GroupState:
        try:
            return self.states[group.environment.id]
        except KeyError:
            raise CredentialError("memory.not-yours", id=group.environment.id) from None

    def service(self, group: Group, service: Handle) -> ServiceState:
        found = [one for one in self.state(group).services.values() if one.handle.id == service.id]
        if not found:
            raise FailedError("memory.no-service", service=service.name)
        return found[0]

    def put(self, group: Group, service: ServiceState) -> Handle:
        state = self.state(group)
        self.states[group.environment.id] = replace(state, services={**state.services, service.handle.name: service})
        return service.handle

    def add(self, group: Group, service: Handle, **more: object) -> None:
        """Add an item to collections of a service: `domains=one`."""
        found = self.service(group, service)
        changed = {name: (*getattr(found, name), item) for name, item in more.items()}
        self.put(group, replace(found, **changed))  # type: ignore[arg-type]  # the field's own kind of item

    def new_service(self, group: Group, name: str) -> Handle:
        """Create a service with its host; from a source it is deployed at once, with no variables yet."""
        if name in self.state(group).services:
            raise FailedError("memory.name-taken", service=name)
        made = self.handle(Kind.SERVICE, name)
        host = f"{name}.localhost:{self.edge}" if self.edge else f"{name}.memory.example"
        domain = DomainState(self.handle(Kind.DOMAIN, host), host, None)
        state = ServiceState(made, domains=(domain,), source=self.source)
        self.put(group, replace(state, auto_deploy=False if self.source else None))
        if self.source:
            self.start(group, made, commit=self.head)
        return made

    def new_database(self, group: Group, name: str, engine: str, version: int | None) -> Handle:
        """Create a database; like on many platforms a second one of the name gets another name."""
        taken = self.state(group).services
        name = next(free for free in (name, *(f"{name}-{n}" for n in range(2, 99))) if free not in taken)
        made = self.handle(Kind.DATABASE, name)
        self.outputs[made.id] = outputs_of(engine, f"{name}.memory.example", Secret(f"pa55word-{made.id}"))
        self.put(group, ServiceState(made, image=f"{engine}:{version or 'latest'}"))
        self.start(group, made, seconds=self.database_seconds)
        return made

    # deployments

    def start(  # noqa: PLR0913 - what a deployment is told
        self,
        group: Group,
        service: Handle,
        *,
        commit: str | None = None,
        told: str | None = None,
        files: Iterable[str] = (),
        seconds: float | None = None,
    ) -> Handle:
        found, made = self.service(group, service), self.handle(Kind.DEPLOYMENT, service.name)
        variables = {name: one.raw for name, one in found.variables.items() if one.raw}
        absent = self.needs.get(service.name, frozenset()) - variables.keys()
        failing = Failure("BUILD", UNBUILDABLE) if UNBUILDABLE in files else None
        failing = failing or (Failure("START", f"missing: {', '.join(sorted(absent))}") if absent else None)
        deployed = Deployed(
            handle=made,
            service=found.handle,
            began=self.clock.monotonic(),
            ends=self.deploy_seconds if seconds is None else seconds,
            created_at=self.clock.now(),
            settings=found.settings,
            variables=variables,
            commit=commit,
            message=told,
            failing=failing,
        )
        self.deployments.append(deployed)
        return made

    def deployment(self, handle: Handle) -> Deployed:
        found = [one for one in self.deployments if one.handle.id == handle.id]
        if not found:
            raise FailedError("memory.no-deployment", deployment=handle.id)
        return found[0]

    def of(self, service: Handle) -> list[Deployed]:
        """Return a service's deployments, newest first."""
        return [one for one in reversed(self.deployments) if one.service.id == service.id]

    def seen(self, one: Deployed) -> DeploymentState:
        """Return a deployment as it stands now."""
        word = self._word(one)
        return DeploymentState(
            handle=one.handle,
            status=_WORDS.get(word, DeploymentStatus.PENDING),
            raw=word,
            created_at=one.created_at,
            commit=one.commit,
            message=one.message,
            failure=one.failing if word == "SUNK" else None,
            settings=one.settings,
        )

    def _word(self, one: Deployed) -> str:
        if not self._over(one):
            return "KINDLING" if self._elapsed(one) < one.ends / 2 else "RISING"
        if one.failing:
            return "SUNK"
        return (self.odd_word or "UP") if one is self.serving(one.service) else "DOWN"

    def serving(self, service: Handle) -> Deployed | None:
        served = (one for one in self.of(service) if self._over(one) and not one.failing)
        return next((one for one in served if one.handle.id not in self.stopped), None)

    def _over(self, one: Deployed) -> bool:
        return self._elapsed(one) >= one.ends

    def _elapsed(self, one: Deployed) -> float:
        return self.clock.monotonic() - one.began

    def lines(self, one: Deployed, stream: str) -> tuple[LogLine, ...]:
        """Return what a deployment has said so far."""
        text = {"build": [(0.0, f"building {one.service.name}")], "deploy": []}
        if one.failing:
            where = "build" if one.failing.step == "BUILD" else "deploy"
            text[where].append((one.ends, f"error: {one.failing.reason}"))
        else:
            text["deploy"].append((one.ends, f"{one.service.name} is listening"))
        said = [line for after, line in text.get(stream, []) if self._elapsed(one) >= after]
        return tuple(LogLine(one.created_at, line, "error" if line.startswith("error") else "info") for line in said)

    def observed(self, service: ServiceState) -> ServiceState:
        """Return a service with its deployments as they stand, and a database's variables once it answers."""
        mine, serving = self.of(service.handle), self.serving(service.handle)
        outputs = self.outputs.get(service.handle.id, {}) if serving else {}
        told = {name: VariableState(Secret(value)) for name, value in outputs.items() if name not in self.untold}
        return replace(
            service,
            variables={**service.variables, **told},
            latest=self.seen(mine[0]) if mine else None,
            active=self.seen(serving) if serving else None,
        )


def outputs_of(engine: str, host: str, password: Secret) -> dict[str, str]:
    """Return what a database of an engine tells: its address in one text and in parts."""
    word = password.reveal()
    if engine == "redis":
        url = f"redis://default:{word}@{host}:6379"
        return {"REDIS_URL": url, "REDISHOST": host, "REDISPORT": "6379", "REDISUSER": "default", "REDISPASSWORD": word}
    return {
        "DATABASE_URL": f"postgresql://owner:{word}@{host}:5432/app",
        "PGHOST": host,
        "PGPORT": "5432",
        "PGUSER": "owner",
        "PGPASSWORD": word,
        "PGDATABASE": "app",
    }
