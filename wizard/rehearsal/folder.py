"""The folder of one rehearsal: it goes when the rehearsal ends, at the latest when the next one starts."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wizard.errors import FailedError

_LOCK = ".alive"
"""Held by the rehearsal's process: the kernel lets go of it when the process ends, however it ends."""


@contextmanager
def rehearsal_folder(state: Path, run: str, *, keep: bool) -> Iterator[Path]:
    """Make the folder of a run, private to the user, and remove it afterwards unless it is to be kept."""
    rehearsals = state / "rehearsals"
    sweep(rehearsals)
    folder = rehearsals / run
    try:
        folder.mkdir(parents=True, mode=0o700)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise FailedError("rehearsal.no-folder", folder=str(folder), reason=error.strerror or "") from error
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        if keep:
            (folder / _LOCK).unlink(missing_ok=True)
        else:
            _remove(folder)
        os.close(lock)


def sweep(rehearsals: Path) -> None:
    """Remove folders whose process is gone; a folder that was kept has no lock file and stays."""
    for lock_file in rehearsals.glob(f"*/{_LOCK}"):
        try:
            lock = os.open(lock_file, os.O_RDWR)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(lock_file.parent)
        except OSError:
            continue
        finally:
            os.close(lock)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
