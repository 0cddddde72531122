"""Runs of the engine in this process, without a command line: what was heard, and what the platform recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.support.applications import Application
from wizard.cli.asker import ChainAsker
from wizard.clock import Clock
from wizard.compose import deploy
from wizard.events import ErrorRaised, Event, LogLines, RunFinished, Stamped
from wizard.messages import Message
from wizard.options import Faces, Options
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.questions import Text
from wizard.standin.api.recorder import Request
from wizard.standin.server import Standin

E = TypeVar("E", bound=Event)

WRITES = frozenset({"mutation", "upload"})
LEASE = "UpdateProject"


@dataclass(slots=True)
class Heard:
    """A listener that keeps everything."""

    stamped: list[Stamped] = field(default_factory=list)

    def __call__(self, one: Stamped) -> None:
        self.stamped.append(one)

    def of(self, kind: type[E]) -> list[E]:
        return [one.event for one in self.stamped if isinstance(one.event, kind)]

    @property
    def phases(self) -> dict[str, str]:
        """How each phase ended."""
        return {phase.phase: phase.status.value for phase in self.finished.phases}

    @property
    def finished(self) -> RunFinished:
        last = self.stamped[-1].event
        assert isinstance(last, RunFinished), last
        return last

    @property
    def errors(self) -> list[ErrorRaised]:
        return self.of(ErrorRaised)

    @property
    def lines(self) -> list[str]:
        return [line for batch in self.of(LogLines) for line in batch.lines]

    def why(self) -> str:
        """Say what went wrong, for a failing assertion."""
        failed = [(check.check, check.seen) for check in self.finished.checks if check.verdict.value == "failed"]
        return "\n".join(
            [f"{self.finished.result}", *(f"{e.code} {e.what.params} {e.lines}" for e in self.errors), repr(failed)]
        )


def asker(answers: Mapping[str, str] | None = None) -> ChainAsker:
    """Return an asker that finds these answers, by question id, in its environment and can ask nobody."""
    environment = {Text(id=id_, prompt=Message(id_)).variable: value for id_, value in (answers or {}).items()}
    return ChainAsker(pairs=(), environment=environment, file=None, take_defaults=False, prompter=None)


@dataclass(slots=True)
class Client:
    """One operator's machine: its state folder and its token for a stand-in."""

    standin: Standin
    state: Path
    token: str | None = None
    clock: Clock | None = None

    def options(self, application: Application, scope: Scope | None = None, command: str = "deploy") -> Options:
        token = self.standin.tokens.account if self.token is None else self.token
        return Options(
            folder=application.folder,
            command=command,
            endpoint=self.standin.url,
            scope=scope or Scope(),
            secrets_in_file=True,
            variables={"RAILWIZARD_STATE": str(self.state), "RAILWIZARD_TOKEN": token},
        )

    async def deploy(
        self,
        application: Application,
        *phases: Phase,
        scope: Scope | None = None,
        answers: Mapping[str, str] | None = None,
        heard: Heard | None = None,
    ) -> Heard:
        """Deploy, all phases or only those named, and return what was heard."""
        heard = Heard() if heard is None else heard
        scope = scope or (Scope(phases=frozenset(phases)) if phases else Scope())
        faces = Faces(listeners=(heard,), asker=asker(answers))
        finished = await deploy(self.options(application, scope), faces, self.clock)
        assert heard.finished == finished
        return heard

    def journals(self) -> list[Path]:
        return list((self.state / "journals").glob("*.sqlite3"))


@dataclass(slots=True)
class Since:
    """What the stand-in has recorded since this was made."""

    standin: Standin
    _after: int = field(init=False)
    _before: int | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._after = len(self.standin.gateway.recorder.requests)

    def stop(self) -> None:
        """Leave out what comes from now on."""
        self._before = len(self.standin.gateway.recorder.requests)

    @property
    def requests(self) -> list[Request]:
        return list(self.standin.gateway.recorder.requests)[self._after : self._before]

    @property
    def writes(self) -> list[str]:
        return [request.name for request in self.requests if request.kind in WRITES]

    @property
    def changes(self) -> list[str]:
        """Return the writes but those of the project's description, where a run's lease comes and goes."""
        return [name for name in self.writes if name != LEASE]

    def named(self, root: str) -> list[Request]:
        """Return the requests that selected a root field."""
        return [request for request in self.requests if root in request.roots]
