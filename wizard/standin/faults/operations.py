"""Faults of GraphQL operations and of uploads: what stands around every request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from wizard.standin.faults.answers import Next, strike
from wizard.standin.faults.book import Call, Faults
from wizard.standin.faults.model import UPLOAD
from wizard.standin.state.refusals import PROBLEM

_ERROR = {"extensions": {"code": "INTERNAL_SERVER_ERROR"}, "locations": [], "traceId": "0"}
_BAD_REQUEST = 400


def operation_call(kind: str, roots: Iterable[str], variables: Mapping[str, Any], service: str | None) -> Call:
    """Describe a query or a mutation: by its root fields, by its kind, and as any operation."""
    return Call(frozenset({*roots, f"{kind}:*", "*"}), variables, service)


async def around_operation(faults: Faults, call: Call, proceed: Next) -> Response:
    """Carry out an operation, or what a fault makes of it."""
    shot = faults.claim(call)
    return await strike(shot, proceed, _graphql_refusal) if shot else await proceed()


async def around_upload(faults: Faults, variables: Mapping[str, Any], service: str | None, proceed: Next) -> Response:
    """Take an archive, or do what a fault makes of it: `before` is when it is here whole and deploys nothing yet."""
    shot = faults.claim(Call(frozenset({UPLOAD}), variables, service))
    return await strike(shot, proceed, _upload_refusal) if shot else await proceed()


def _graphql_refusal(said: str | None) -> Response:
    return JSONResponse({"errors": [{"message": said or PROBLEM, **_ERROR}], "data": None})


def _upload_refusal(said: str | None) -> Response:
    return JSONResponse({"message": said or PROBLEM}, _BAD_REQUEST)
