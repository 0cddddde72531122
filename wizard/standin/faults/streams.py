"""Faults of the WebSocket: of its handshake, of its life, and of single subscriptions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.types import Scope
from starlette.websockets import WebSocket

from wizard.standin.faults.answers import cut, instead
from wizard.standin.faults.book import Call, Faults, Shot
from wizard.standin.faults.model import SOCKET, SUBSCRIBE, FaultKind
from wizard.standin.state.refusals import PROBLEM, Refused

Sent = Callable[[], None]
"""Told of every message that was sent."""


def subscription_call(field: str, variables: dict[str, object], service: str | None) -> Call:
    """Describe a subscription: by its field, and as any."""
    return Call(frozenset({f"{SUBSCRIBE}{field}", f"{SUBSCRIBE}*"}), variables, service)


@asynccontextmanager
async def around_socket(faults: Faults, socket: WebSocket) -> AsyncIterator[Sent | None]:
    """Stand around a socket's whole life; gives None where it is refused or cut before it began."""
    shot = faults.claim(Call.at(SOCKET))
    if shot is not None and not await _admitted(shot, socket):
        yield None
        return
    async with _scissors(shot, socket.scope) as sent:
        yield sent


@asynccontextmanager
async def around_subscription(faults: Faults, call: Call, scope: Scope) -> AsyncIterator[Sent]:
    """Stand around one subscription; raises Refused where it fails."""
    shot = faults.claim(call)
    if shot is not None and shot.kind is FaultKind.FAIL:
        raise Refused(shot.fault.message or PROBLEM)
    if shot is not None and not await _goes_on(shot):
        cut(scope)
    async with _scissors(shot, scope) as sent:
        yield sent


async def _admitted(shot: Shot, socket: WebSocket) -> bool:
    """Say whether the handshake goes on as usual; otherwise it has been answered."""
    if shot.kind is FaultKind.FAIL:
        await socket.close()
        return False
    if await _goes_on(shot):
        return True
    if shot.kind in {FaultKind.DROP_BEFORE, FaultKind.HOLD_BEFORE}:
        await socket.accept()
        cut(socket.scope)
    else:
        await socket.send_denial_response(instead(shot))
    return False


async def _goes_on(shot: Shot) -> bool:
    """Wait as long as the fault says, and say whether it lets things go on."""
    if shot.kind is FaultKind.SLOW:
        await shot.book.clock.sleep(shot.seconds)
    elif shot.kind is FaultKind.HOLD_BEFORE:
        return (await shot.held("before")).apply
    return shot.kind in {FaultKind.SLOW, FaultKind.CUT}


@asynccontextmanager
async def _scissors(shot: Shot | None, scope: Scope) -> AsyncIterator[Sent]:
    """Cut the connection after the seconds or the messages the fault names."""
    if shot is None or shot.kind is not FaultKind.CUT:
        yield _nothing
        return
    left = shot.fault.messages

    def sent() -> None:
        nonlocal left
        left = left - 1 if left else left
        if left == 0:
            cut(scope)

    timer = asyncio.create_task(_cut_after(shot, scope)) if shot.fault.seconds is not None else None
    try:
        yield sent
    finally:
        if timer:
            timer.cancel()


async def _cut_after(shot: Shot, scope: Scope) -> None:
    await shot.book.clock.sleep(shot.seconds)
    cut(scope)


def _nothing() -> None:
    return
