"""How a call ends that no run could end itself: the error told by the face in use, and the exit code."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.clock import SystemClock
from wizard.errors import ExitCode, WizardError
from wizard.events import Emitter, ErrorRaised, Listener, Result, RunFinished, Stamped
from wizard.messages import message

_RESULTS = {
    ExitCode.NEEDS_INPUT: Result.NEEDS_INPUT,
    ExitCode.REFUSED: Result.REFUSED,
    ExitCode.INTERRUPTED: Result.INTERRUPTED,
}


def error_event(error: WizardError) -> ErrorRaised:
    """Return an error as the event that tells it."""
    return ErrorRaised(error.code, error.what, error.why, error.fix, lines=error.lines)


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


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Tells the end of a call that never became a run."""

    invocation: Invocation

    def error(self, error: WizardError) -> int:
        """Tell an error and return its exit code."""
        if self.invocation.mode is Mode.JSON:
            self._json(error.exit_code, error)
        else:
            self._plain(error)
        return int(error.exit_code)

    def interrupted(self) -> int:
        """Tell that the operator ended it."""
        if self.invocation.mode is Mode.JSON:
            self._json(ExitCode.INTERRUPTED, None)
        else:
            sys.stderr.write(f"\n{self.invocation.say(message('cli.interrupted'))}\n")
        return int(ExitCode.INTERRUPTED)

    def _json(self, code: ExitCode, error: WizardError | None) -> None:
        from wizard.cli.json_renderer import JsonRenderer  # noqa: PLC0415 - only an ending in JSON pays for it

        StreamEnd().finish([JsonRenderer(sys.stdout.buffer)], code, error)

    def _plain(self, error: WizardError) -> None:
        from wizard.cli.plain_lines import PlainLines  # noqa: PLC0415 - only an error pays for rich
        from wizard.cli.plain_renderer import console_for  # noqa: PLC0415 - the same
        from wizard.cli.typesetting import Typesetter  # noqa: PLC0415 - the same

        PlainLines(Typesetter(console_for(sys.stderr), self.invocation.language), every_step=False).write(
            error_event(error)
        )
