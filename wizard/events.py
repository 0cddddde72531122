"""What the engine says while it works: frozen events, stamped once before they fan out to equal listeners.

The screen, the plain terminal, JSON and the journal see the same numbers and times. Text in events is either a
`Message` or text from outside, which is cleaned here, in the constructor, so that no listener can forget to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from wizard.clock import Clock
from wizard.errors import WizardError
from wizard.messages import Message
from wizard.text import Quote, clean

VERSION = 1
"""Version of the event schema, `v` in JSON."""


class Status(StrEnum):
    """Where a phase or a step stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    SKIPPED = "skipped"
    STALE = "stale"
    UNKNOWN = "unknown"


class Result(StrEnum):
    """How a run ended."""

    VERIFIED = "verified"
    APPLIED = "applied"
    UNCHANGED = "unchanged"
    PLANNED = "planned"
    """A dry run found changes; none was made."""
    FAILED = "failed"
    NEEDS_INPUT = "needs-input"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Verdict(StrEnum):
    """What a check found."""

    PASSED = "passed"
    FAILED = "failed"
    WARNED = "warned"
    NOT_CHECKED = "not-checked"


class Effect(StrEnum):
    """What a change does to what is running, from harmless to irreversible."""

    NONE = "none"
    RESTART = "restart"
    REBUILD = "rebuild"
    REDEPLOY = "redeploy"
    DESTROY = "destroy"


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run began: everything a header must name."""

    command: str
    target: str
    endpoint: str
    workspace: str = ""
    project: str = ""
    environment: str = ""
    ids: tuple[str, ...] = ()
    overlay: tuple[str, ...] = ()
    tier: str = ""


@dataclass(frozen=True, slots=True)
class TargetNamed:
    """The project and environment the run works in became known or were created."""

    workspace: str
    project: str
    environment: str
    project_id: str
    environment_id: str


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    """A phase moved; `seconds` is how long it took once it ended."""

    phase: str
    status: Status
    detail: Message | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class StepChanged:
    """A step moved: what it waits for, since when, and how long that usually takes (seconds)."""

    phase: str
    step: str
    resource: str
    status: Status
    waiting_for: Message | None = None
    since: datetime | None = None
    usual_s: float | None = None
    detail: Message | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between plan and platform; values that may be secret are described, never shown."""

    resource: str
    field: str
    before: str
    after: str
    effect: Effect

    def __post_init__(self) -> None:
        object.__setattr__(self, "before", clean(self.before))
        object.__setattr__(self, "after", clean(self.after))


@dataclass(frozen=True, slots=True)
class ChangePlanned:
    """A step will make this change."""

    phase: str
    step: str
    change: Change


@dataclass(frozen=True, slots=True)
class ChangeApplied:
    """A step made this change, and it was read back."""

    phase: str
    step: str
    change: Change


@dataclass(frozen=True, slots=True)
class LogLines:
    """Lines of a build, a service or a local tool, cleaned here; they travel in batches."""

    source: str
    stream: str
    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(map(clean, self.lines)))


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """What is known of a service; `cpu` in cores, `memory` in gigabytes, None where unknown."""

    service: str
    status: str
    raw: str
    deployment: str = ""
    commit: str = ""
    url: str = ""
    cpu: float | None = None
    memory: float | None = None
    observed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RateBudget:
    """The platform's request budget as its last answer gave it."""

    limit: int
    remaining: int
    resets_at: datetime | None
    used: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something preflight noticed: where, what it means, what to do."""

    rule: str
    severity: Severity
    text: Message
    fix: Message
    where: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check saw; `must` decides whether its failure fails the run, `quotes` show why it failed."""

    check: str
    title: Message
    verdict: Verdict
    seen: Message
    must: bool = True
    fix: Message | None = None
    seconds: float = 0.0
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question went to whoever answers."""

    id: str
    prompt: Message


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """It was answered, from `flag`, `environment`, `file`, `memory` or `prompt`; never with what."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class RunPaused:
    """The run waits for the world: network, rate budget, login."""

    why: Message
    until: datetime | None


@dataclass(frozen=True, slots=True)
class RunResumed:
    """It goes on at the same step."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth saying that is neither progress nor a finding."""

    text: Message


@dataclass(frozen=True, slots=True)
class ErrorRaised:
    """What went wrong, why and what to do, before the run ends.

    Attributes:
        why: the cause; its id is stable where one was recognised.
        lines: those of logs and files that show it; `quotes` are the same with their places, where these are known.
        more: what else to do beside `fix`, or instead.
    """

    code: str
    what: Message
    why: Message
    fix: Message
    phase: str = ""
    step: str = ""
    lines: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    more: tuple[Message, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(map(clean, self.lines)))

    @classmethod
    def of(cls, error: WizardError, phase: str = "", step: str = "") -> ErrorRaised:
        """Return the event that tells an error."""
        return cls(error.code, error.what, error.why, error.fix, phase, step, error.lines, error.quotes, error.more)


@dataclass(frozen=True, slots=True)
class PhaseSummary:
    """How one phase ended."""

    phase: str
    status: Status
    seconds: float
    detail: Message | None = None


@dataclass(frozen=True, slots=True)
class NotChecked:
    """What nobody looked at, and why."""

    subject: str
    why: Message


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The last event of every run: the result a script reads."""

    result: Result
    exit_code: int
    phases: tuple[PhaseSummary, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    urls: tuple[tuple[str, str], ...] = ()
    requests: int = 0
    mutations: int = 0
    seconds: float = 0.0
    differences: tuple[Message, ...] = ()


Event = (
    RunStarted
    | TargetNamed
    | PhaseChanged
    | StepChanged
    | ChangePlanned
    | ChangeApplied
    | LogLines
    | ServiceStatus
    | RateBudget
    | Finding
    | CheckResult
    | QuestionAsked
    | QuestionAnswered
    | RunPaused
    | RunResumed
    | Note
    | ErrorRaised
    | RunFinished
)


@dataclass(frozen=True, slots=True)
class Stamped:
    """An event with its number, time and run: what listeners receive."""

    seq: int
    at: datetime
    run: str
    event: Event

    @property
    def type(self) -> str:
        """The event's name in JSON."""
        return type(self.event).__name__


Listener = Callable[[Stamped], None]


@dataclass(slots=True)
class Emitter:
    """Numbers and stamps each event once, then hands it to every listener in order."""

    run: str
    clock: Clock
    listeners: list[Listener] = field(default_factory=list)
    _seq: int = 0

    def emit(self, event: Event) -> None:
        """Stamp and deliver; listeners do not raise."""
        self._seq += 1
        stamped = Stamped(self._seq, self.clock.now(), self.run, event)
        for listener in self.listeners:
            listener(stamped)
