"""What can go wrong, told to the operator as what, why and fix, with an exit code a script can trust.

WizardError
├── UsageError        2  bad command line or plan
├── NeedsInputError   3  questions without answers
├── CredentialError   4  missing, wrong or insufficient credential
├── PlatformError     5  unreachable, overloaded or rate-limited platform
├── PreflightError    6  findings that forbid the deployment
├── RefusedError      7  the wrong target, a lock, destruction without confirmation
└── FailedError       1  a phase or a check failed
    └── DiagnosedError   the same, with its cause
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from wizard.messages import Message, Param, message
from wizard.text import Quote


class ExitCode(IntEnum):
    """The process's answer to the shell."""

    SUCCESS = 0
    """Verified, applied or unchanged."""
    FAILED = 1
    """A check or a phase failed."""
    USAGE = 2
    """The command line or the plan is wrong."""
    NEEDS_INPUT = 3
    """Answers are missing; all their ids are named."""
    CREDENTIAL = 4
    """The credential is missing, wrong or may not do this."""
    PLATFORM = 5
    """The platform is unavailable or the rate budget is spent."""
    PREFLIGHT = 6
    """Preflight found errors."""
    REFUSED = 7
    """Refused to protect something: wrong target, lock, destruction without confirmation."""
    CHANGES_PENDING = 8
    """`plan --detailed-exit-code` found changes."""
    INTERRUPTED = 130
    """Ended by Ctrl-C."""


class WizardError(Exception):
    """An error the operator can act on.

    Its three sentences are catalogue entries named after its code: `<code>.what`, `<code>.why` and
    `<code>.fix`, all rendered with the same parameters.

    Attributes:
        code: stable dotted id such as `plan.unknown-key`.
        params: values for the sentences; never a secret.
        lines: output of the failed thing that tells the cause, redacted.
        quotes: the same lines with their places, where those are known.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(self, code: str, /, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
        self.lines: tuple[str, ...] = ()
        self.quotes: tuple[Quote, ...] = ()

    @property
    def what(self) -> Message:
        """What happened."""
        return message(f"{self.code}.what", **self.params)

    @property
    def why(self) -> Message:
        """Why it happened, as far as it is known."""
        return message(f"{self.code}.why", **self.params)

    @property
    def fix(self) -> Message:
        """What the operator can do now."""
        return message(f"{self.code}.fix", **self.params)

    @property
    def more(self) -> tuple[Message, ...]:
        """What else may have to be done, or may be done instead."""
        return ()

    def __str__(self) -> str:
        values = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code}({values})"


class FailedError(WizardError):
    """A phase or a check failed."""


class DiagnosedError(FailedError):
    """A failure whose cause was recognised: its own sentences stand in for the code's general ones."""

    def __init__(
        self, code: str, /, *, cause: Message, fixes: tuple[Message, ...], quotes: tuple[Quote, ...], **params: Param
    ) -> None:
        super().__init__(code, **params)
        self.quotes = quotes
        self.lines = tuple(quote.text for quote in quotes)
        self._cause = cause
        self._fixes = fixes

    @property
    def why(self) -> Message:
        """The cause."""
        return self._cause

    @property
    def fix(self) -> Message:
        """What mends it."""
        return self._fixes[0] if self._fixes else super().fix

    @property
    def more(self) -> tuple[Message, ...]:
        """What else belongs to it."""
        return self._fixes[1:]


class UsageError(WizardError):
    """The command line or the plan is wrong."""

    exit_code = ExitCode.USAGE


class NeedsInputError(WizardError):
    """Questions have no answer and nobody can be asked."""

    exit_code = ExitCode.NEEDS_INPUT


class CredentialError(WizardError):
    """The credential is missing, of the wrong kind, expired, or not allowed to do this."""

    exit_code = ExitCode.CREDENTIAL


class PlatformError(WizardError):
    """The platform cannot be reached, is overloaded, or its rate budget is spent."""

    exit_code = ExitCode.PLATFORM


class PreflightError(WizardError):
    """Findings forbid the deployment."""

    exit_code = ExitCode.PREFLIGHT


class RefusedError(WizardError):
    """Refused to protect something of the operator's."""

    exit_code = ExitCode.REFUSED
