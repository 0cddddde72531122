"""Waits for somebody at the terminal to end what is being served."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from wizard.cli.session import Session

_ENDS = frozenset(b"\r\nqQ\x03\x04")
"""Enter, q, Ctrl-C and Ctrl-D."""


async def until_told(session: Session) -> None:
    """Return at Enter, q, Ctrl-C or the end of the input; a signal ends the waiting, not the run's result."""
    told = asyncio.Event()
    before, session.on_interrupt = session.on_interrupt, told.set
    try:
        with _keys(told):
            await told.wait()
    finally:
        session.on_interrupt = before


@contextmanager
def _keys(told: asyncio.Event) -> Iterator[None]:
    """Read single keys from the terminal while inside; its settings are restored."""
    import termios  # noqa: PLC0415 - POSIX only, as rehearsing is
    import tty  # noqa: PLC0415 - the same

    descriptor, loop = sys.stdin.fileno(), asyncio.get_running_loop()

    def read() -> None:
        pressed = os.read(descriptor, 64)
        if not pressed or _ENDS & set(pressed):
            told.set()

    saved = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor)
    loop.add_reader(descriptor, read)
    try:
        yield
    finally:
        loop.remove_reader(descriptor)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, saved)
