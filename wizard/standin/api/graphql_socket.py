"""`graphql-transport-ws` on `/graphql/v2`: subscriptions, several on one socket.

Close codes are the protocol's own: 4400 for a message that is none, 4401 before the acknowledgement, 4409 for an id
in use, 4429 for a second initialisation. A credential is refused at the subscribe, as an error.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from graphql import ExecutionResult, GraphQLError, subscribe
from starlette.websockets import WebSocket, WebSocketDisconnect

from wizard.standin.api.execution import BadRequestError, Operation, prepare, resolver_error
from wizard.standin.api.gateway import Gateway
from wizard.standin.api.graphql_http import described
from wizard.standin.faults.answers import EdgeAnswer, cut
from wizard.standin.faults.streams import Sent, around_socket, around_subscription, subscription_call
from wizard.standin.state.refusals import Refused

PROTOCOL = "graphql-transport-ws"
_BAD_MESSAGE, _UNAUTHORIZED, _NO_PROTOCOL, _ID_IN_USE, _INITIALISED_TWICE = 4400, 4401, 4406, 4409, 4429


class _CloseError(Exception):
    """The socket is closed with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class _SubscriptionError(Exception):
    """A subscription never began, for these errors."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors


class Connection:
    """One socket and its running subscriptions."""

    def __init__(self, gateway: Gateway, socket: WebSocket) -> None:
        self._gateway = gateway
        self._socket = socket
        self._viewer = gateway.viewer(socket.headers)
        self._acknowledged = False
        self._running: dict[str, asyncio.Task[None]] = {}
        self._sent: Sent = lambda: None

    async def serve(self) -> None:
        """Speak the protocol until the client leaves."""
        began = self._gateway.railway.cloud.clock.monotonic()
        if PROTOCOL not in self._socket.scope.get("subprotocols", []):
            await self._socket.accept()
            await self._socket.close(_NO_PROTOCOL, "Subprotocol not acceptable")
            return
        async with around_socket(self._gateway.faults, self._socket) as sent:
            if sent is not None:
                self._sent = sent
                await self._converse(began)

    async def _converse(self, began: float) -> None:
        await self._socket.accept(subprotocol=PROTOCOL)
        self._gateway.record(began, self._viewer, 101, kind="socket", name="/graphql/v2")
        try:
            await self._listen()
        except _CloseError as close:
            with suppress(RuntimeError):
                await self._socket.close(close.code, str(close))
        finally:
            await self._end_all()

    async def _listen(self) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                await self._handle(_message(await self._socket.receive_text()))

    async def _handle(self, message: dict[str, Any]) -> None:
        kind = message.get("type")
        if kind == "connection_init":
            await self._acknowledge()
        elif kind == "ping":
            await self._send({"type": "pong"})
        elif kind == "subscribe":
            self._begin(message)
        elif kind == "complete":
            task = self._running.pop(str(message.get("id")), None)
            if task:
                task.cancel()
        elif kind != "pong":
            raise _CloseError(_BAD_MESSAGE, f"Unexpected message of type {kind}")

    async def _acknowledge(self) -> None:
        if self._acknowledged:
            raise _CloseError(_INITIALISED_TWICE, "Too many initialisation requests")
        self._acknowledged = True
        await self._send({"type": "connection_ack"})

    def _begin(self, message: dict[str, Any]) -> None:
        id_ = message.get("id")
        if not self._acknowledged:
            raise _CloseError(_UNAUTHORIZED, "Unauthorized")
        if not isinstance(id_, str):
            raise _CloseError(_BAD_MESSAGE, "Subscribe without an id")
        if id_ in self._running:
            raise _CloseError(_ID_IN_USE, f"Subscriber for {id_} already exists")
        self._running[id_] = asyncio.create_task(self._stream(id_, message.get("payload")))

    async def _stream(self, id_: str, payload: object) -> None:
        began = self._gateway.railway.cloud.clock.monotonic()
        try:
            operation = prepare(self._gateway.schema, payload)
            self._gateway.record(began, self._viewer, 101, **described(operation))
            await self._answer(id_, operation)
        except (BadRequestError, _SubscriptionError) as refusal:
            await self._send({"id": id_, "type": "error", "payload": refusal.errors})
        except Refused as refusal:
            error = GraphQLError(str(refusal), original_error=refusal)
            await self._send({"id": id_, "type": "error", "payload": [resolver_error(error)]})
        finally:
            self._running.pop(id_, None)

    async def _answer(self, id_: str, operation: Operation) -> None:
        if operation.kind != "subscription":
            response = await self._gateway.carry_out(operation, self._viewer)
            if isinstance(response, EdgeAnswer):
                cut(self._socket.scope)
                return
            await self._send({"id": id_, "type": "next", "payload": json.loads(bytes(response.body))})
        else:
            concerned = self._gateway.service_of(operation.variables)
            call = subscription_call(operation.root_fields[0], dict(operation.variables), concerned)
            async with around_subscription(self._gateway.faults, call, self._socket.scope) as sent:
                await self._forward(id_, operation, sent)
        await self._send({"id": id_, "type": "complete"})

    async def _subscribe(self, operation: Operation) -> AsyncIterator[ExecutionResult] | ExecutionResult:
        started = subscribe(
            operation.schema,
            operation.document,
            context_value=self._gateway.context(self._viewer),
            variable_values=dict(operation.variables),
            operation_name=operation.node.name.value if operation.node.name else None,
        )
        return await started if inspect.isawaitable(started) else started

    async def _forward(self, id_: str, operation: Operation, sent: Sent) -> None:
        results = await self._subscribe(operation)
        if isinstance(results, ExecutionResult):
            raise _SubscriptionError([resolver_error(error) for error in results.errors or []])
        async for result in results:
            payload: dict[str, Any] = {"data": result.data}
            if result.errors:
                payload["errors"] = [resolver_error(error) for error in result.errors]
            with self._gateway.railway.cloud.clock.busy():
                await self._send({"id": id_, "type": "next", "payload": payload})
            sent()
            self._sent()

    async def _send(self, message: dict[str, Any]) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._socket.send_text(json.dumps(message))

    async def _end_all(self) -> None:
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _message(text: str) -> dict[str, Any]:
    try:
        message = json.loads(text)
    except ValueError:
        raise _CloseError(_BAD_MESSAGE, "Invalid message received") from None
    if not isinstance(message, dict):
        raise _CloseError(_BAD_MESSAGE, "Invalid message received")
    return message
