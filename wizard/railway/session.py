"""What all ports of one connection share: client, transport, clock, and the little that is remembered between calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from wizard.clock import Clock
from wizard.platform.errors import LostAnswerError
from wizard.platform.handles import Answer, Handle, Receipt
from wizard.platform.ports import UploadListener
from wizard.railway.client.client import RailwayClient
from wizard.railway.client.fragments import Page
from wizard.railway.transport import Transport

PAGE = 100
"""Items asked for at once of every connection."""

Node = TypeVar("Node")
Connection = TypeVar("Connection", bound="Paged")


class Paged(Protocol):
    """A page of a connection as the generator writes it."""

    @property
    def page_info(self) -> Page:
        """Whether there is more."""
        ...


@dataclass(slots=True)
class Session:
    """One connection to the API.

    Attributes:
        uploads: hears of an upload before it is sent.
        placement: region and replicas by (environment, service) as last seen: they are written together.
        staged: how many changes were staged in an environment, and when (monotonic) that was seen.
        proxies: where a proxy was seen: (environment, service) by its id.
        patches: what this connection patches, by environment, whether it was sent or waits for its turn.
        patching: held by who patches an environment.
    """

    client: RailwayClient
    transport: Transport
    clock: Clock
    uploads: UploadListener | None = None
    placement: dict[tuple[str, str], tuple[str | None, int | None]] = field(default_factory=dict)
    staged: dict[str, tuple[int, float]] = field(default_factory=dict)
    proxies: dict[str, tuple[str, str]] = field(default_factory=dict)
    patches: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    patching: dict[str, asyncio.Lock] = field(default_factory=dict)


async def pages(first: Connection, more: Callable[[str], Awaitable[Connection]]) -> list[Connection]:
    """Return all pages of a connection, given the first and how to ask for the next."""
    found = [first]
    while found[-1].page_info.has_next_page and found[-1].page_info.end_cursor:
        found.append(await more(found[-1].page_info.end_cursor))
    return found


async def receipt(create: Callable[[], Awaitable[Handle]]) -> Receipt:
    """Run a create whose lost answer is the engine's to look up."""
    try:
        return Receipt(await create())
    except LostAnswerError:
        return Receipt(None, Answer.AMBIGUOUS)
