"""A socket opens through the edge from the real origin and answers with a text that only we can have sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal
from urllib.parse import quote, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, WebSocketException

from wizard.checks.accounts import Accounts
from wizard.checks.check import Check, Outcome, Stage, excerpt, failed, milliseconds, passed, unchecked
from wizard.checks.expectation import Values
from wizard.checks.flow import asked, nobody_in
from wizard.checks.session import NOBODY, Session
from wizard.checks.surface import ServiceSurface, Surface
from wizard.http import connect_host, is_loopback
from wizard.messages import message
from wizard.plan.checks import WebSocketCheck
from wizard.source.routes import Route

_TOKEN_NAMES = ("token", "access_token", "accesstoken", "jwt", "auth", "auth_token")
_OPEN_SECONDS, _ANSWER_SECONDS = 10.0, 10.0
_MOST_FRAMES = 20


@dataclass(frozen=True, slots=True)
class _Socket:
    """One socket to open, and what to say in it.

    Attributes:
        frames: what is sent, in order; the answers to all of them are read together.
        wanted: what an answer must contain.
        echoes: whether the application promised to send it back; a guess proves nothing when it fails.
    """

    url: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    origin: str | None
    frames: tuple[str, ...] = field(repr=False)
    wanted: str
    echoes: bool


def websocket_checks(surface: Surface) -> Iterator[Check]:
    """The plan's sockets, then those of the code that the plan does not mention."""
    declared = [check for check in surface.plan.checks if isinstance(check, WebSocketCheck)]
    for number, check in enumerate(declared, 1):
        yield Check(
            id=f"websocket.{number}",
            title=message("checks.plan-check", name=check.name),
            run=partial(_declared, declared=check),
            stage=Stage.SIGNED_IN if check.effect == "read" else Stage.WRITE,
            effect=check.effect,
            weight=check.weight,
            needs=check.needs,
            seconds=check.timeout,
        )
    known = {(surface.plan.service_of(check), check.path.partition("?")[0]) for check in declared}
    for service in surface.apis:
        for route in service.api.routes if service.api else ():
            if route.is_websocket and (service.name, route.path) not in known:
                title = message("checks.websocket", service=service.name, path=route.path)
                check_route = partial(_detected, service=service, route=route)
                id_ = f"websocket.{service.name}{route.path.replace('/', '.')}"
                yield Check(id=id_, title=title, run=check_route, stage=Stage.WRITE, effect="write")


async def _declared(surface: Surface, *, declared: WebSocketCheck) -> Outcome:
    service = asked(surface, surface.plan.service_of(declared))
    if service is None:
        return unchecked("checks.no-service")
    session = await Accounts(surface, service).session(declared.actor)
    if session is None:
        return nobody_in(surface, declared.actor)
    token = session.token.reveal() if session.token else ""
    values = Values({"nonce": surface.nonce, "token": token})
    frame = values.json(declared.send)
    text = frame if isinstance(frame, str) else json.dumps(frame, ensure_ascii=False)
    route = _route(service, declared.path)
    page = asked(surface, declared.origin)
    return await _prove(
        surface,
        _Socket(
            url=service.ws_url + values.text(declared.path, in_path=True) + _query(route, declared.path, session),
            path=declared.path,
            headers=session.headers,
            origin=page.origins[0] if page else _origin(surface),
            frames=(text,) if declared.send is not None else (),
            wanted=values.text(declared.contains) if declared.contains else surface.nonce if declared.send else "",
            echoes=True,
        ),
    )


async def _detected(surface: Surface, *, service: ServiceSurface, route: Route) -> Outcome:
    if "{" in route.path:
        return unchecked("checks.websocket-parameters", path=route.path)
    accounts = Accounts(surface, service)
    session = await accounts.session("user") or await accounts.session("admin") or NOBODY
    return await _prove(
        surface,
        _Socket(
            url=service.ws_url + route.path + _query(route, route.path, session),
            path=route.path,
            headers=session.headers,
            origin=_origin(surface),
            frames=_guesses(session, surface.nonce, authenticates=_token_parameter(route) is None),
            wanted=surface.nonce,
            echoes=False,
        ),
    )


def _guesses(session: Session, nonce: str, *, authenticates: bool) -> tuple[str, ...]:
    """Return frames in the shapes chats use; a socket whose route takes no token may want it in the first frame."""
    first = []
    if authenticates and session.token is not None:
        first = [json.dumps({"type": "auth", "token": session.token.reveal()})]
    said = {"type": "message", "text": nonce, "message": nonce, "content": nonce, "nonce": nonce}
    return (*first, json.dumps(said))


def _origin(surface: Surface) -> str | None:
    return surface.pages[0].origins[0] if surface.pages else None


def _route(service: ServiceSurface, path: str) -> Route | None:
    routes = service.api.routes if service.api else ()
    bare = path.partition("?")[0]
    return next((route for route in routes if route.is_websocket and route.path == bare), None)


def _token_parameter(route: Route | None) -> str | None:
    query = [one.name for one in route.parameters if one.where == "query"] if route else []
    return next((name for name in query if name.lower() in _TOKEN_NAMES), None)


def _query(route: Route | None, path: str, session: Session) -> str:
    """Return the token as the query parameter the route reads it from."""
    name = _token_parameter(route)
    if name is None or session.token is None or f"{name}=" in path:
        return ""
    return f"{'&' if '?' in path else '?'}{name}={quote(session.token.reveal(), safe='')}"


async def _prove(surface: Surface, socket: _Socket) -> Outcome:
    began = surface.clock.monotonic()
    try:
        async with surface.clock.timeout(_OPEN_SECONDS):
            with surface.clock.busy():
                connection = await _open(socket)
    except InvalidStatus as error:
        return failed("failures.websocket-refused", path=socket.path, status=error.response.status_code)
    except (InvalidHandshake, WebSocketException, OSError) as error:
        return failed("failures.websocket-unreachable", path=socket.path, reason=type(error).__name__)
    opened = milliseconds(surface.clock.monotonic() - began)
    try:
        answers = await _converse(surface, connection, socket)
    finally:
        await connection.close()
    return _judged(socket, answers, opened)


async def _open(socket: _Socket) -> ClientConnection:
    """Open it; `*.localhost` connects to loopback, and no proxy stands before this machine's own servers."""
    parts = urlsplit(socket.url)
    host = parts.hostname or ""
    near = {"host": connect_host(host), "port": parts.port or 80} if connect_host(host) != host else {}
    proxy: Literal[True] | None = None if is_loopback(socket.url) else True
    return await connect(
        socket.url,
        origin=socket.origin,  # type: ignore[arg-type]  # its own NewType of str
        additional_headers=dict(socket.headers),
        proxy=proxy,
        open_timeout=None,
        **near,  # type: ignore[arg-type]  # asyncio's host and port
    )


async def _converse(surface: Surface, connection: ClientConnection, socket: _Socket) -> list[str]:
    """Send every frame and collect answers until one is what was wanted, the socket closes, or time is up."""
    answers: list[str] = []
    try:
        async with surface.clock.timeout(_ANSWER_SECONDS):
            for frame in socket.frames:
                with surface.clock.busy():
                    await connection.send(frame)
            while socket.wanted and len(answers) < _MOST_FRAMES:
                with surface.clock.busy():
                    received = await connection.recv()
                answers.append(received if isinstance(received, str) else received.decode(errors="replace"))
                if socket.wanted in answers[-1]:
                    break
    except (TimeoutError, ConnectionClosed):
        pass
    return answers


def _judged(socket: _Socket, answers: list[str], opened: int) -> Outcome:
    if not socket.wanted:
        return passed("checks.websocket-opened", path=socket.path, ms=opened)
    if any(socket.wanted in answer for answer in answers):
        return passed("checks.websocket-ok", path=socket.path, ms=opened)
    last = excerpt(answers[-1]) if answers else "-"
    if not socket.echoes:
        return unchecked("checks.websocket-silent", path=socket.path, ms=opened, count=len(answers), last=last)
    return failed("failures.websocket-other", path=socket.path, count=len(answers), last=last, wanted=socket.wanted)
