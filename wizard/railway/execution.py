"""Where generated methods meet our transport: the base class of the generated client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol

from pydantic import BaseModel

from wizard.railway.model import UnsetType


class Executor(Protocol):
    """Sends a query or a mutation and returns its data, or raises a WizardError."""

    async def execute(self, query: str, operation: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Send one operation."""
        ...


class Subscriber(Protocol):
    """Opens a subscription and yields the data of each message."""

    def subscribe(self, query: str, operation: str, variables: Mapping[str, Any]) -> AsyncIterator[dict[str, Any]]:
        """Start one subscription."""
        ...


class OperationClient:
    """Serialises arguments and hands operations on."""

    def __init__(self, executor: Executor, subscriber: Subscriber) -> None:
        self._executor = executor
        self._subscriber = subscriber

    async def execute(
        self, query: str, operation_name: str, variables: Mapping[str, object], **_: object
    ) -> dict[str, Any]:
        """Send a query or a mutation."""
        return await self._executor.execute(query, operation_name, serialised(variables))

    def get_data(self, response: dict[str, Any]) -> dict[str, Any]:
        """Return the data: the transport has already dealt with errors."""
        return response

    def execute_ws(
        self, query: str, operation_name: str, variables: Mapping[str, object], **_: object
    ) -> AsyncIterator[dict[str, Any]]:
        """Open a subscription."""
        return self._subscriber.subscribe(query, operation_name, serialised(variables))


def serialised(variables: Mapping[str, object]) -> dict[str, Any]:
    """Return JSON values; what was never set stays out, an explicit None stays null."""
    return {name: _plain(value) for name, value in variables.items() if not isinstance(value, UnsetType)}


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
