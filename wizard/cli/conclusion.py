"""How a call ends that no run could end itself: the error told by the face in use, and the exit code."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from wizard.cli.invocation import Invocation
from wizard.cli.mode import Mode
from wizard.errors import ExitCode, WizardError
from wizard.messages import message


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Tells the end of a call that never became a run."""

    invocation: Invocation

    def error(self, error: WizardError) -> int:
        """Tell an error and return its exit code."""
        if self.invocation.mode is Mode.JSON:
            self._json(error.exit_code, error)
        else:
            self.tell(error)
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
        from wizard.cli.stream_end import StreamEnd  # noqa: PLC0415 - the same

        StreamEnd().finish([JsonRenderer(sys.stdout.buffer)], code, error)

    def tell(self, error: WizardError) -> None:
        """Tell an error on stderr in the operator's words."""
        from wizard.cli.plain_lines import PlainLines  # noqa: PLC0415 - only an error pays for rich
        from wizard.cli.plain_renderer import console_for  # noqa: PLC0415 - the same
        from wizard.cli.stream_end import error_event  # noqa: PLC0415 - the same
        from wizard.cli.typesetting import Typesetter  # noqa: PLC0415 - the same

        PlainLines(Typesetter(console_for(sys.stderr), self.invocation.language), every_step=False).write(
            error_event(error)
        )
