"""`POST /graphql/v2`: one GraphQL request over HTTP."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wizard.standin.api.credentials import Viewer
from wizard.standin.api.execution import BadRequestError, Operation, prepare
from wizard.standin.api.gateway import Gateway, too_many_requests
from wizard.standin.faults.answers import EdgeAnswer


async def graphql_http(gateway: Gateway, request: Request) -> Response:
    """Answer one request: budget first, then syntax and schema, then the operation."""
    clock = gateway.railway.cloud.clock
    began, viewer = clock.monotonic(), gateway.viewer(request.headers)
    body = _json(await request.body())
    if gateway.railway.cloud.settings.latency:
        with clock.resting():
            await clock.sleep(gateway.railway.cloud.settings.latency)
    allowance = gateway.budget.spend(viewer.key)
    if allowance.retry_after is not None:
        gateway.record(began, viewer, 429, kind="invalid", name="rate limit", errors=["Rate limit exceeded"])
        return too_many_requests(allowance)
    response, told = await _answer(gateway, viewer, body)
    if not isinstance(response, EdgeAnswer):
        response.headers.update(allowance.headers())
    gateway.record(began, viewer, response.status_code, **told)
    return response


async def _answer(gateway: Gateway, viewer: Viewer, body: object) -> tuple[Response, dict[str, Any]]:
    try:
        operation = prepare(gateway.schema, body)
    except BadRequestError as refusal:
        messages = [str(error["message"]) for error in refusal.errors]
        return JSONResponse({"errors": refusal.errors}, 400), {"kind": "invalid", "name": "?", "errors": messages}
    if operation.kind == "subscription":
        error = {"message": "Subscriptions are not supported over HTTP", "extensions": {"code": "BAD_REQUEST"}}
        return JSONResponse({"errors": [error]}, 400), described(operation)
    response = await gateway.carry_out(operation, viewer)
    return response, {**described(operation), "errors": _messages(response)}


def described(operation: Operation) -> dict[str, Any]:
    """Return what the recorder keeps of an operation."""
    return {
        "kind": operation.kind,
        "name": operation.name,
        "roots": operation.root_fields,
        "variables": dict(operation.variables),
    }


def _messages(response: Response) -> list[str]:
    body = _json(bytes(response.body))
    errors = body.get("errors", []) if isinstance(body, dict) else []
    return [str(error.get("message")) for error in errors]


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
