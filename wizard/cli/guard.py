"""The outermost layer: whatever happens, the operator reads what, why and fix, and a script gets an exit code."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from wizard.cli.app import app
from wizard.cli.conclusion import Conclusion
from wizard.cli.explanation import explain
from wizard.cli.invocation import PROGRAM, Invocation
from wizard.cli.usage import usage_error
from wizard.errors import ExitCode, WizardError


def hide_tracebacks() -> None:
    """Silence what Python prints by itself about threads, finalizers and unhandled log records."""
    sys.unraisablehook = lambda _: None
    threading.excepthook = lambda _: None
    logging.lastResort = None


def guarded(arguments: Sequence[str]) -> int:
    """Run a command line; no traceback ever reaches the operator."""
    _open_closed_streams()
    _never_fail_to_encode()
    _end_politely()
    invocation = Invocation.of(arguments)
    conclusion = Conclusion(invocation)
    try:
        code = _call(arguments, invocation)
    except WizardError as error:
        code = conclusion.error(error)
    except click.Abort:
        code = conclusion.interrupted()
    except click.ClickException as error:
        code = conclusion.error(usage_error(error))
    except KeyboardInterrupt:
        code = conclusion.interrupted()
    except BrokenPipeError:
        code = int(ExitCode.FAILED)
    except Exception as error:  # noqa: BLE001 - the last net: a report is written, the operator is told where
        code = conclusion.error(explain(error, invocation))
    _let_go_of_stdout()
    return code


def _call(arguments: Sequence[str], invocation: Invocation) -> int:
    result = app.main(list(arguments), prog_name=PROGRAM, standalone_mode=False, obj=invocation)
    return result if isinstance(result, int) else int(ExitCode.SUCCESS)


def _open_closed_streams() -> None:
    """Give a process that was started without standard streams some that lead nowhere."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - it is the process's own


def _end_politely() -> None:
    """Before a run listens to signals itself, a polite kill ends the program as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):
        with suppress(ValueError, AttributeError):
            signal.signal(getattr(signal, name), _interrupt)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _never_fail_to_encode() -> None:
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors=errors)


def _let_go_of_stdout() -> None:
    """Flush; where the reader has left, keep Python from complaining about it at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
