"""The routes of the local Railway's one port."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from wizard.standin.api.control import Control
from wizard.standin.api.gateway import Gateway
from wizard.standin.api.graphql_http import graphql_http
from wizard.standin.api.graphql_socket import Connection
from wizard.standin.api.recording import Recording
from wizard.standin.api.upload import upload

GRAPHQL_PATH = "/graphql/v2"


def application(gateway: Gateway, control: Control) -> ASGIApp:
    """Return the ASGI application, recorded but for the control route."""

    async def graphql(request: Request) -> Response:
        return await graphql_http(gateway, request)

    async def socket(websocket: WebSocket) -> None:
        await Connection(gateway, websocket).serve()

    async def up(request: Request) -> Response:
        return await upload(gateway, request)

    routes = [
        Route(GRAPHQL_PATH, graphql, methods=["POST"]),
        WebSocketRoute(GRAPHQL_PATH, socket),
        Route("/project/{project}/environment/{environment}/up", up, methods=["POST"]),
        *control.routes(),
    ]
    served = Starlette(routes=routes, exception_handlers={404: _not_found, 405: _not_found})
    clock = gateway.railway.cloud.clock

    def credential(headers: Mapping[str, str]) -> str:
        return gateway.viewer(headers).kind.value

    return Recording(served, gateway.exchanges, clock, control.path, credential)


async def _not_found(_request: Request, _error: HTTPException | Exception) -> Response:
    return JSONResponse({"message": "Not Found", "requestId": str(uuid.uuid4())}, 404)
