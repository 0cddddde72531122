"""How a stream of events ends properly where the run did not end it itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from wizard.clock import SystemClock
from wizard.errors import ExitCode, WizardError
from wizard.events import Emitter, ErrorRaised, Listener, Result, RunFinished, Stamped

_RESULTS = {
    ExitCode.NEEDS_INPUT: Result.NEEDS_INPUT,
    ExitCode.REFUSED: Result.REFUSED,
    ExitCode.INTERRUPTED: Result.INTERRUPTED,
}


def error_event(error: WizardError) -> ErrorRaised:
    """Return an error as the event that tells it."""
    return ErrorRaised.of(error)


class StreamEnd:
    """Remembers where a stream of events stands, so that it can be continued to a proper end."""

    def __init__(self) -> None:
        self.run = ""
        self.seq = 0
        self.finished: RunFinished | None = None

    def __call__(self, stamped: Stamped) -> None:
        """Take note of an event."""
        self.run, self.seq = stamped.run, stamped.seq
        if isinstance(stamped.event, RunFinished):
            self.finished = stamped.event

    def finish(self, listeners: Sequence[Listener], code: ExitCode, error: WizardError | None = None) -> None:
        """End the stream with the error and a result where the run did not do so itself."""
        if self.finished:
            return
        emitter = Emitter(self.run or uuid.uuid4().hex[:12], SystemClock(), [*listeners], self.seq)
        if error:
            emitter.emit(error_event(error))
        emitter.emit(RunFinished(_RESULTS.get(code, Result.FAILED), int(code)))
