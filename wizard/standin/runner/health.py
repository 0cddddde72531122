"""The platform's health check: GET until exactly 200, within the window, redirects not followed.

Source: Railway's health check documentation; the Host header is `healthcheck.railway.app`, the port is PORT.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from wizard.clock import Clock
from wizard.standin.addresses import Address
from wizard.standin.processes import LogLine, LogSink

_HOST = "healthcheck.railway.app"
_HEALTHY = 200
_ATTEMPT_SECONDS = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 1.0
_REAL_PAUSE = 0.1
"""Of every pause this much is real: a process needs it even where the clock is not the machine's."""

Answer = int | None
"""The status of one answer; None where none came."""


async def probe(  # noqa: PLR0913 - what a check consists of
    replicas: Sequence[Callable[[], Address]],
    path: str,
    *,
    window: float,
    clock: Clock,
    log: LogSink,
    running: Callable[[], bool] = lambda: True,
) -> bool:
    """Ask each replica until its answer is 200, the window (seconds) is over or the deployment ended.

    `replicas` say where each is reached now, on the port that PORT names: a restart may move one. Returns whether all
    of them became healthy.
    """
    _tell(log, "====================", "Starting Healthcheck", "====================")
    _tell(log, f"Path: {path}", f"Retry window: {_duration(window)}")
    deadline = clock.monotonic() + window
    waiting, attempt, pause = list(replicas), 0, _FIRST_PAUSE
    while running():
        attempt += 1
        seconds = max(min(_ATTEMPT_SECONDS, deadline - clock.monotonic()), _REAL_PAUSE)
        answers = await asyncio.gather(*(_attempt(one(), path, clock, seconds) for one in waiting))
        waiting = [one for one, answer in zip(waiting, answers, strict=True) if answer != _HEALTHY]
        if not waiting:
            _tell(log, f"[{len(replicas)}/{len(replicas)}] Healthcheck succeeded!")
            return True
        left = deadline - clock.monotonic()
        if left <= 0:
            break
        _tell(log, f"Attempt #{attempt} failed with {_why(answers)}. Continuing to retry for {_duration(left)}")
        await _pause(clock, min(pause, left))
        pause = min(pause * 2, _LONGEST_PAUSE)
    _tell(log, f"{len(waiting)}/{len(replicas)} replicas never became healthy!", "Healthcheck failed!")
    return False


def _why(answers: Sequence[Answer]) -> str:
    status = next((one for one in answers if one is not None and one != _HEALTHY), None)
    return f"status {status}" if status else "service unavailable"


async def _attempt(address: Address, path: str, clock: Clock, seconds: float) -> Answer:
    with suppress(OSError, TimeoutError, ValueError, IndexError, asyncio.LimitOverrunError), clock.busy():
        async with clock.timeout(seconds):
            reader, writer = await address.connect()
            try:
                writer.write(_request(path))
                await writer.drain()
                line = await reader.readline()
                return int(line.split()[1]) if line.startswith(b"HTTP/") else None
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()
    return None


def _request(path: str) -> bytes:
    absolute = path if path.startswith("/") else f"/{path}"
    headers = f"Host: {_HOST}\r\nUser-Agent: RailwayHealthCheck/1.0\r\nAccept: */*\r\nConnection: close"
    return f"GET {absolute} HTTP/1.1\r\n{headers}\r\n\r\n".encode()


async def _pause(clock: Clock, seconds: float) -> None:
    over = clock.monotonic() + seconds
    with clock.busy():
        await asyncio.sleep(min(_REAL_PAUSE, seconds))
    await clock.sleep(max(over - clock.monotonic(), 0))


def _duration(seconds: float) -> str:
    """Write seconds as the platform's log does: `5m0s`, `42s`."""
    whole = int(seconds)
    return f"{whole // 60}m{whole % 60}s" if whole >= 60 else f"{whole}s"  # noqa: PLR2004 - seconds in a minute


def _tell(log: LogSink, *lines: str) -> None:
    for line in lines:
        log(LogLine(line))
