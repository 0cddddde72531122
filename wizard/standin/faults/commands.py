"""Faults of the pre-deploy command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from wizard.standin.faults.book import Call, Faults, Shot
from wizard.standin.faults.model import PRE_DEPLOY, FaultKind

_FAILED = 1


async def around_pre_deploy(
    faults: Faults, service: str | None, command: str, run: Callable[[], Awaitable[int]]
) -> int:
    """Run the command, or do what a fault makes of it; returns the exit code that is reported."""
    shot = faults.claim(Call.at(PRE_DEPLOY, service, command=command))
    return await _struck(shot, run) if shot else await run()


async def _struck(shot: Shot, run: Callable[[], Awaitable[int]]) -> int:
    match shot.kind:
        case FaultKind.SLOW:
            await shot.book.clock.sleep(shot.seconds)
            return await run()
        case FaultKind.HOLD_BEFORE:
            return await run() if (await shot.held("before")).apply else _FAILED
        case FaultKind.HOLD_AFTER:
            code = await run()
            await shot.held("after")
            return code
        case _:
            return _FAILED
