"""The part of the control route that plays what happens outside the platform's API.

| route | what |
|---|---|
| POST dns | a record or a list of them, `{fqdn, type, value}`: what the operator sets at a DNS host; no value deletes |
| GET dns | every record of the operator's zones |
| POST restore | `{volumeId}`: the restore link in the mail about a deleted volume |
| POST login | a new account and workspace token in place of the old: how an operator answers an expired one |
| POST standing | fields of the settings' `standing`: an incident, a second factor demanded, a plan used up |
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wizard.standin.api.credentials import Tokens
from wizard.standin.settings import Standing
from wizard.standin.state import custom_domains, volumes
from wizard.standin.state.railway import LocalRailway
from wizard.standin.state.records import DnsRecord

_BAD_REQUEST, _NOT_FOUND = 400, 404


class OperatorControl:
    """Sets DNS records, follows restore links and changes the workspace's standing."""

    def __init__(self, railway: LocalRailway, tokens: Tokens) -> None:
        self._railway = railway
        self._tokens = tokens

    def routes(self) -> dict[tuple[str, str], Callable[[Request], Awaitable[Response]]]:
        """Return the handlers by method and name."""
        return {
            ("POST", "dns"): self._set_dns,
            ("GET", "dns"): self._dns,
            ("POST", "restore"): self._restore,
            ("POST", "standing"): self._stand,
            ("POST", "login"): self._log_in,
        }

    async def _set_dns(self, request: Request) -> Response:
        given = await request.json()
        records = given if isinstance(given, list) else [given]
        if not all(isinstance(one, dict) and {"fqdn", "type"} <= one.keys() for one in records):
            return JSONResponse({"message": "a record needs fqdn and type"}, _BAD_REQUEST)
        custom_domains.set_records(self._railway, records)
        return await self._dns(request)

    async def _dns(self, _request: Request) -> Response:
        rows = self._railway.tables.all(DnsRecord)
        return JSONResponse([{"fqdn": row.fqdn, "type": row.type, "value": row.value} for row in rows])

    async def _restore(self, request: Request) -> Response:
        body: Any = await request.json()
        row = volumes.deleted(self._railway.tables, str(body.get("volumeId")))
        if row is None:
            return JSONResponse({"message": "no such volume waits for its deletion"}, _NOT_FOUND)
        volumes.restore_deleted(self._railway, row)
        return JSONResponse({"volumeId": row.volume.id})

    async def _log_in(self, _request: Request) -> Response:
        self._tokens.renew(self._railway.cloud.clock.monotonic())
        return JSONResponse({"account": self._tokens.account, "workspace": self._tokens.workspace})

    async def _stand(self, request: Request) -> Response:
        cloud = self._railway.cloud
        try:
            standing = Standing.model_validate({**cloud.settings.standing.model_dump(), **(await request.json())})
        except ValidationError as error:
            return JSONResponse({"message": str(error)}, _BAD_REQUEST)
        cloud.settings = cloud.settings.model_copy(update={"standing": standing})
        return JSONResponse(standing.model_dump(mode="json"))
