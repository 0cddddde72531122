"""Answers no API gives: cut connections, a proxy's time-outs and pages, bodies that end too early."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from wizard.standin.faults.book import Shot
from wizard.standin.faults.model import FaultKind

Next = Callable[[], Awaitable[Response]]
"""Carries the request out and returns its answer."""

CUT_STATUS = 0
"""What the records say of a connection that was cut instead of answered."""

_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_GATEWAY_TIMEOUT, _BAD_GATEWAY, _RATE_LIMITED = 504, 502, 429


class EdgeAnswer(Response):
    """An answer of what stands before the API: it carries none of the API's headers."""


class Cut(EdgeAnswer):
    """Cuts the connection instead of answering."""

    def __init__(self) -> None:
        super().__init__()
        self.status_code = CUT_STATUS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cut, and wait until the server has noticed: an unanswered request would otherwise become a 500."""
        del send
        cut(scope)
        while (await receive())["type"] not in {"http.disconnect", "websocket.disconnect"}:
            continue


def cut(scope: Scope) -> None:
    """Cut the connection a request or a socket came by; the server's protocol leaves its transport in the scope."""
    transport: asyncio.Transport = scope["state"]["transport"]
    transport.abort()


async def strike(shot: Shot, proceed: Next, refusal: Callable[[str | None], Response]) -> Response:
    """Answer a request as its fault demands; `refusal` makes the API's own "no" of a message, None its usual one."""
    match shot.kind:
        case FaultKind.FAIL:
            return refusal(shot.fault.message)
        case FaultKind.HOLD_BEFORE | FaultKind.HOLD_AFTER:
            return await _held(shot, proceed)
        case FaultKind.SLOW:
            await shot.sleep()
            return await proceed()
        case FaultKind.LATE:
            shot.book.later(shot.seconds, proceed)
            return Cut()
        case kind if kind in _APPLIED:
            return _APPLIED[kind](await proceed())
        case _:
            return instead(shot)


async def _held(shot: Shot, proceed: Next) -> Response:
    if shot.kind is FaultKind.HOLD_AFTER:
        response = await proceed()
        decision = await shot.held("after")
        return response if decision.answer else Cut()
    decision = await shot.held("before")
    response = await proceed() if decision.apply else Cut()
    return response if decision.answer else Cut()


def instead(shot: Shot) -> Response:
    """Return what a fault answers instead of carrying anything out."""
    return _INSTEAD[shot.kind](shot)


def _limited(shot: Shot) -> Response:
    error = {"message": "Rate limit exceeded", "extensions": {"code": "RATE_LIMITED"}}
    return JSONResponse({"errors": [error]}, _RATE_LIMITED, {"Retry-After": str(shot.fault.retry_after)})


def _timed_out() -> Response:
    return EdgeAnswer("upstream request timeout", _GATEWAY_TIMEOUT, media_type="text/plain")


def _halved(response: Response) -> Response:
    body = bytes(response.body)
    return EdgeAnswer(body[: len(body) // 2], response.status_code, media_type="application/json")


_APPLIED: dict[FaultKind, Callable[[Response], Response]] = {
    FaultKind.DROP_AFTER: lambda _: Cut(),
    FaultKind.APPLY_THEN_TIMEOUT: lambda _: _timed_out(),
    FaultKind.TRUNCATED: _halved,
}
_INSTEAD: dict[FaultKind, Callable[[Shot], Response]] = {
    FaultKind.DROP_BEFORE: lambda _: Cut(),
    FaultKind.TIMEOUT_BEFORE: lambda _: _timed_out(),
    FaultKind.RATE_LIMITED: _limited,
    FaultKind.HTML: lambda _: EdgeAnswer(_PAGE, _BAD_GATEWAY, media_type="text/html"),
}
