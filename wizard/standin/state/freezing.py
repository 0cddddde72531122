"""A moment in which a set of processes stands still, so that their files are those of one point in time.

What is copied meanwhile is what a copy-on-write snapshot of the platform holds: a database finds it as after a power
cut, and recovers.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

_ROUNDS = 10
"""A process may fork between two looks; a family is caught long before so many."""


@contextmanager
def frozen(processes: Callable[[], Sequence[int]]) -> Iterator[None]:
    """Stop every process of the set, and those it forks meanwhile; let all go on at the end, whatever happens."""
    stopped: list[int] = []
    try:
        for _ in range(_ROUNDS):
            fresh = [pid for pid in processes() if pid not in stopped]
            if not fresh:
                break
            for pid in fresh:
                _send(pid, signal.SIGSTOP)
                stopped.append(pid)
        yield
    finally:
        for pid in reversed(stopped):
            _send(pid, signal.SIGCONT)


def _send(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
