"""The control route, outside Railway's API: what tests and the rehearsal ask the stand-in about itself.

It lives under a random path, so that only who was told the address can read it. Values of variables are masked.

| route | answer |
|---|---|
| GET state | every row |
| GET settings | the settings |
| GET requests | the recorded API requests, oldest first; `?after=N` leaves out the first N |
| GET traffic | what the public domains served |
| GET now | the stand-in's clock |
| GET machine | the tier and what it does not reproduce |
| POST push | `{repo, branch}`: a push arrives for a connected branch |
| faults, release | what goes wrong on purpose: see `fault_control` |
| dns, restore, standing | what happens outside the platform's API: see `operator_control` |
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wizard.locale import render
from wizard.secrets import MASK
from wizard.standin.api.fault_control import FaultControl
from wizard.standin.api.gateway import Gateway
from wizard.standin.api.operator_control import OperatorControl
from wizard.standin.local_machine import LocalMachine
from wizard.standin.state.kinds import ALL_KINDS
from wizard.standin.state.rows import Document, Row

_HIDDEN = {"value", "variables", "patch", "verification_token", "digest", "channels"}


class Control:
    """The routes of one stand-in's control address."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.path = f"/control/{secrets.token_urlsafe(16)}"

    def routes(self) -> list[Route]:
        """Return the routes to mount."""
        gets: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "state": self._state,
            "settings": self._settings,
            "requests": self._requests,
            "traffic": self._traffic,
            "now": self._now,
            "machine": self._machine,
        }
        handlers = {("GET", name): handler for name, handler in gets.items()}
        handlers |= {("POST", "push"): self._push, **FaultControl(self._gateway.faults, self._gateway.names).routes()}
        handlers |= OperatorControl(self._gateway.railway, self._gateway.tokens).routes()
        return [Route(f"{self.path}/{name}", handler, methods=[how]) for (how, name), handler in handlers.items()]

    async def _state(self, _request: Request) -> Response:
        tables = self._gateway.railway.tables
        return _json({kind.__name__: [_shown(row) for row in tables.all(kind)] for kind in ALL_KINDS})

    async def _settings(self, _request: Request) -> Response:
        return JSONResponse(self._gateway.railway.cloud.settings.model_dump(mode="json"))

    async def _requests(self, request: Request) -> Response:
        after = int(request.query_params.get("after", "0"))
        return JSONResponse([asdict(one) for one in list(self._gateway.recorder.requests)[after:]])

    async def _traffic(self, _request: Request) -> Response:
        machine = self._gateway.railway.cloud.machine
        entries = machine.requests if isinstance(machine, LocalMachine) else []
        return _json([asdict(one) for one in entries])

    async def _now(self, _request: Request) -> Response:
        clock = self._gateway.railway.cloud.clock
        return JSONResponse({"now": clock.now().isoformat(), "monotonic": clock.monotonic()})

    async def _machine(self, _request: Request) -> Response:
        machine = self._gateway.railway.cloud.machine
        if not isinstance(machine, LocalMachine):
            return JSONResponse({})
        told = [{"id": one.id, "params": dict(one.params), "text": render(one)} for one in machine.differences.values()]
        return JSONResponse({"tier": machine.tier, "run_id": machine.run_id, "differences": told})

    async def _push(self, request: Request) -> Response:
        body = await request.json()
        started = await self._gateway.railway.deployments.receive_push(str(body["repo"]), str(body["branch"]))
        return JSONResponse({"deployments": [row.id for row in started]})


def _shown(row: Row) -> Document:
    return {key: _masked(value) if key in _HIDDEN else value for key, value in asdict(row).items()}


def _masked(value: object) -> object:
    return dict.fromkeys(value, MASK) if isinstance(value, dict) else MASK


def _json(content: object) -> Response:
    return JSONResponse(_plain(content))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
