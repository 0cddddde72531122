"""Follows one subscription of a stand-in over its own socket."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.support.standin_api import Api

_PROTOCOL = Subprotocol("graphql-transport-ws")


@asynccontextmanager
async def subscribed(api: Api, query: str, **variables: Any) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    """Subscribe and give the data of each `next`; the iterator ends at `complete`."""
    url = api.standin.url.replace("http://", "ws://")
    headers = {"Authorization": f"Bearer {api.standin.tokens.account}"}
    async with connect(url, subprotocols=[_PROTOCOL], additional_headers=headers) as connection:
        await connection.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await connection.recv()) == {"type": "connection_ack"}
        payload = {"query": query, "variables": variables}
        await connection.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
        async with aclosing(_results(connection)) as results:
            yield results


async def _results(connection: ClientConnection) -> AsyncGenerator[dict[str, Any]]:
    while (message := json.loads(await connection.recv()))["type"] != "complete":
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        yield message["payload"]["data"]
