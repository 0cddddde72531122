"""Makes an error the operator can act on out of whatever was raised."""

from __future__ import annotations

import errno

from wizard.cli.invocation import Invocation
from wizard.errors import FailedError, WizardError
from wizard.text import clean

_REFUSALS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE, errno.EIO}
)
"""What the operating system refuses is no bug of ours: space, permission, open files, a broken disk."""


def explain(error: BaseException, invocation: Invocation) -> WizardError:
    """Return the error itself where it explains itself; for a bug, write a report and say where it lies."""
    if known := _explained(error):
        return known
    from wizard.cli.crash import write_report  # noqa: PLC0415 - what a bug needs, no other start has to load

    path = write_report(error, invocation.arguments, invocation.environment)
    return FailedError("cli.crash", kind=type(error).__name__, file=str(path or "-"))


def _explained(error: BaseException) -> WizardError | None:
    """Return the one explained error inside a group of parallel ones; None where a bug is among them."""
    if isinstance(error, WizardError):
        return error
    if isinstance(error, OSError) and error.errno in _REFUSALS:
        reason = clean(error.strerror or str(error))
        return FailedError("cli.system-refused", reason=reason, file=clean(str(error.filename or "-")))
    if isinstance(error, BaseExceptionGroup):
        found = [_explained(inner) for inner in error.exceptions]
        return found[0] if None not in found else None
    return None
