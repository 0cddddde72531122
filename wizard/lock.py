"""One run at a time on this machine for an endpoint, plan and environment: a lock the kernel drops with the process."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wizard.errors import FailedError, RefusedError

if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def exclusive(journal: Path) -> Iterator[None]:
    """Hold the lock beside the journal; raises RefusedError naming the process that has it."""
    path = journal.with_suffix(".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise FailedError("journal.unusable", path=str(path), reason=str(error)) from error
    try:
        try:
            _acquire(descriptor)
        except OSError as error:
            raise RefusedError("journal.locked", pid=_holder(path)) from error
        path.with_suffix(".pid").write_text(str(os.getpid()))
        yield
    finally:
        os.close(descriptor)


def place_word(journal: Path) -> str:
    """Return the random word this state folder keeps: what has the same word is on the same machine.

    Two runs of one place and one journal exclude each other by the lock above. Raises FailedError where it cannot be
    kept.
    """
    path = journal.parent / "place"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError), path.open("x", encoding="ascii") as file:
            file.write(secrets.token_hex(8))
        return path.read_text("ascii").strip() or secrets.token_hex(8)
    except (OSError, ValueError) as error:
        raise FailedError("journal.unusable", path=str(path), reason=str(error)) from error


def _holder(lock: Path) -> str:
    try:
        return lock.with_suffix(".pid").read_text().strip()
    except OSError:
        return "?"
