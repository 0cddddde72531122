"""What can be done by a key about a run that did not end well: derived from what it said, nothing invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screens.run_view import RunView
from wizard.errors import ExitCode
from wizard.events import ErrorRaised
from wizard.messages import Message, message
from wizard.phases.step import Phase

SKIPPED_MEANS = {
    Phase.VARIABLES: message("panel.skip-variables"),
    Phase.DEPLOY: message("panel.skip-deploy"),
    Phase.MIGRATE: message("panel.skip-migrate"),
    Phase.ADMIN: message("panel.skip-admin"),
}
"""What it means to go on without a phase; the others carry what follows, or nothing follows them."""
_CHANGES_THINGS = "deploy"
_REHEARSES = "rehearse"
_ONLY_LOOKS = "plan"
_STARTED_HERE = frozenset({_CHANGES_THINGS, _REHEARSES, _ONLY_LOOKS})
"""What runs for phases that were asked for; what others begin says by its steps what it is for."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do, by the key of an action of the page; `word` is short, `text` says what it means."""

    key: str
    call: str
    word: Message
    text: Message


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with a run, and what follows from that.

    Attributes:
        asked: the phases this screen started its newest run for.
    """

    view: RunView
    asked: frozenset[Phase]

    @property
    def is_there(self) -> bool:
        """Whether anything went wrong in a run that is over."""
        return not self.view.running and bool(self.view.errors or self.failed)

    @property
    def failed(self) -> Phase | None:
        """The first phase that failed."""
        return Phase(self.view.failed_phase) if self.view.failed_phase else None

    @property
    def command(self) -> str:
        """What ran; before anything was named, a deployment."""
        return self.view.started.command if self.view.started else _CHANGES_THINGS

    @property
    def again(self) -> frozenset[Phase]:
        """The phases that run again: the failed one and those behind it that the run was meant to do."""
        meant = frozenset(Phase(name) for name, phase in self.view.phases.items() if phase.steps)
        if self.command in _STARTED_HERE and not self.view.past:
            meant |= self.asked
        return meant if self.failed is None else frozenset(_from(self.failed)) & (meant | {self.failed})

    @property
    def behind(self) -> frozenset[Phase]:
        """The phases that can run without the failed one; none where they depend on it or nothing was to change."""
        if self.failed not in SKIPPED_MEANS or self.command != _CHANGES_THINGS:
            return frozenset()
        return self.again - {self.failed}

    @property
    def rehearses(self) -> bool:
        """Whether what runs again is a rehearsal: a failed one never becomes a deployment."""
        return self.command == _REHEARSES

    @property
    def only_looks(self) -> bool:
        """Whether what runs again changes nothing."""
        return self.command == _ONLY_LOOKS

    @property
    def wants_token(self) -> bool:
        """Whether the credential is what is wrong."""
        return self.view.exit_code == ExitCode.CREDENTIAL and not self.rehearses

    @property
    def wants_plan(self) -> bool:
        """Whether there is no plan to run."""
        return any(error.code == "plan.missing-file" for error in self.view.errors)

    @property
    def service(self) -> str:
        """The service a failed step is about."""
        return next((error.step.partition(".")[2] for error in self.view.errors if error.step), "")

    @property
    def stream(self) -> str:
        """The log that shows the cause: `build` or `deploy`; empty where none was quoted."""
        sources = (quote.source for error in self.view.errors for quote in error.quotes)
        return next((source for source in sources if source in {"build", "deploy"}), "")

    @property
    def variables(self) -> tuple[str, tuple[str, ...]]:
        """A service and those of its variables that are what is wrong; empty where none is."""
        return next((named for error in self.view.errors for named in _variables(error)), ("", ()))


def remedies(trouble: Trouble, log_sources: tuple[str, ...]) -> Iterator[Remedy]:
    """Yield what can be done now, the most likely help first."""
    if not trouble.is_there:
        return
    if trouble.wants_plan:
        yield Remedy("g", "app.go('guided')", message("actions.deploy-guided"), message("panel.do-guided"))
        return
    if trouble.wants_token:
        yield Remedy("n", "screen.token", message("actions.deploy-token"), message("panel.do-token"))
    service, names = trouble.variables
    if names:
        yield Remedy(
            "e",
            "screen.edit",
            message("actions.deploy-edit"),
            message("panel.do-edit", names=", ".join(names), service=service),
        )
    if trouble.service and any(source.startswith(f"{trouble.service} ") for source in log_sources):
        yield Remedy(
            "l", "screen.open_log", message("actions.deploy-open-log"), message("panel.do-log", service=trouble.service)
        )
    if trouble.again:
        yield Remedy("t", "screen.retry", message("actions.deploy-retry"), _retry_word(trouble))
    if trouble.failed and trouble.behind:
        yield Remedy("k", "screen.skip", message("actions.deploy-skip"), SKIPPED_MEANS[trouble.failed])


def _retry_word(trouble: Trouble) -> Message:
    if trouble.rehearses:
        return message("panel.do-rehearse")
    return message("panel.do-retry" if trouble.failed else "panel.do-again")


def _from(phase: Phase) -> list[Phase]:
    order = list(Phase)
    return order[order.index(phase) :]


def _variables(error: ErrorRaised) -> Iterator[tuple[str, tuple[str, ...]]]:
    for text in (error.why, error.what, error.fix):
        service, names = text.params.get("service"), text.params.get("names") or text.params.get("variable")
        if service and names:
            yield str(service), tuple(str(names).split(", "))
