"""Stands between the server and the routes and writes down what passes; the control route is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wizard.clock import Clock
from wizard.standin.api.masking import masked_query
from wizard.standin.api.record import Record
from wizard.standin.faults.answers import CUT_STATUS

_BAD_REQUEST = 400
_LARGEST_BODY = 1_000_000
"""Bytes of a body that are read for the record; larger ones are counted."""


@dataclass(frozen=True, slots=True)
class Recording:
    """An ASGI application around another.

    Attributes:
        silent: the path under which nothing is recorded.
        credential: names the kind of credential of a request's headers.
    """

    app: ASGIApp
    record: Record
    clock: Clock
    silent: str
    credential: Callable[[Headers], str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or one socket."""
        if scope["path"].startswith(self.silent):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        number, began = self.record.number(), self.clock.monotonic()
        asked, answered, status = _Body(), _Body(), CUT_STATUS

        async def hear() -> Message:
            message = await receive()
            if message["type"] == "http.request" and asked.add(message):
                self.record.write("request", n=number, **self._described(scope, asked))
            return message

        async def say(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                answered.add(message)
            await send(message)

        await self.app(scope, hear, say)
        seconds = round(self.clock.monotonic() - began, 6)
        told = self._answer(answered, asked if status == _BAD_REQUEST else None)
        self.record.write("answer", n=number, status=status, seconds=seconds, **told)

    def _described(self, scope: Scope, body: _Body) -> dict[str, Any]:
        told: dict[str, Any] = {"method": scope["method"], "path": scope["path"]}
        told["credential"] = self.credential(Headers(scope=scope))
        document = body.document()
        if isinstance(document, dict) and "query" in document:
            return told | self._operation(document)
        parameters = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        return {**told, "parameters": self.record.masker.question(parameters), "bytes": body.size}

    def _operation(self, document: dict[str, Any]) -> dict[str, Any]:
        query = masked_query(document["query"]) if isinstance(document["query"], str) else None
        variables = document.get("variables") if query else None
        return {
            "operation": document.get("operationName"),
            "query": query.text if query else None,
            "variables": self.record.masker.question(variables, query.secret if query else ()),
        }

    def _answer(self, body: _Body, misunderstood: _Body | None) -> dict[str, Any]:
        document = body.document()
        echoed = misunderstood.document() if misunderstood else None
        return {"bytes": body.size} if document is None else {"body": self.record.masker.answer(document, echoed)}

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        number, asked = self.record.number(), dict[str, Any]()
        credential = self.credential(Headers(scope=scope))
        self.record.write("open", n=number, path=scope["path"], credential=credential)

        async def hear() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                self.record.write("in", n=number, message=self._heard(_text(message), asked))
            return message

        async def say(message: Message) -> None:
            if message["type"] == "websocket.send":
                self.record.write("out", n=number, message=self._said(_text(message), asked))
            elif "status" in message:
                self.record.write("answer", n=number, status=message["status"])
            await send(message)

        await self.app(scope, hear, say)
        self.record.write("close", n=number)

    def _heard(self, message: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
        """Return a client's message; of its first one, where some send a token, only the names."""
        payload = message.get("payload")
        if isinstance(payload, dict) and "query" in payload:
            asked[str(message.get("id"))] = payload
            return {**message, "payload": self._operation(payload)}
        if message.get("type") == "connection_init":
            return {"type": "connection_init", "payload": sorted(payload) if isinstance(payload, dict) else None}
        shown: dict[str, Any] = self.record.masker.answer(message)
        return shown

    def _said(self, message: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
        """Return a message to the client; an error repeats nothing of the request it answers."""
        id_ = str(message.get("id"))
        echoed = asked.get(id_) if message.get("type") == "error" else None
        if message.get("type") in {"error", "complete"}:
            asked.pop(id_, None)
        shown: dict[str, Any] = self.record.masker.answer(message, echoed)
        return shown


def _text(message: Message) -> dict[str, Any]:
    text = message.get("text") or ""
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    return document if isinstance(document, dict) else {"bytes": len(text)}


@dataclass(slots=True)
class _Body:
    """A body as far as it is read for the record."""

    size: int = 0
    _kept: bytearray = field(default_factory=bytearray)

    def add(self, message: Message) -> bool:
        """Take a part; returns whether it was the last."""
        part = message.get("body", b"")
        self.size += len(part)
        if self.size <= _LARGEST_BODY:
            self._kept += part
        return not message.get("more_body", False)

    def document(self) -> Any:
        """Return the body as JSON; None where it is none or too large."""
        if self.size > _LARGEST_BODY:
            return None
        try:
            return json.loads(self._kept)
        except ValueError:
            return None
