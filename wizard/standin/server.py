"""Serves one local Railway on a loopback port, in this process and event loop, until its context is left."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from wizard.clock import Clock, SystemClock
from wizard.standin.api.application import GRAPHQL_PATH, application
from wizard.standin.api.connections import CuttableProtocol
from wizard.standin.api.control import Control
from wizard.standin.api.credentials import Tokens
from wizard.standin.api.gateway import Gateway
from wizard.standin.faults.book import Faults, unknown_places
from wizard.standin.faults.proxy import ProxyFaults
from wizard.standin.local_machine import LocalMachine
from wizard.standin.settings import Settings
from wizard.standin.speed import FastClock
from wizard.standin.state import upkeep
from wizard.standin.state.cloud import Cloud
from wizard.standin.state.machine import Machine
from wizard.standin.state.railway import LocalRailway

_LOOPBACK = "127.0.0.1"
_BACKLOG = 128
_FAREWELL_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Standin:
    """A running stand-in.

    Attributes:
        url: of the GraphQL route; the WebSocket is at the same path, the upload route at the same origin.
        control_url: of the control route.
        tokens: the credentials it accepts.
        gateway: hooks, recorder and state, for tests in the same process.
    """

    url: str
    control_url: str
    tokens: Tokens
    gateway: Gateway


class UnknownPlaceError(Exception):
    """A fault strikes at a place that this API does not have."""


@contextlib.asynccontextmanager
async def serve(
    settings: Settings,
    folder: Path,
    clock: Clock | None = None,
    *,
    tokens: Tokens | None = None,
    machine: Machine | None = None,
) -> AsyncIterator[Standin]:
    """Serve a local Railway whose state lies in `folder`; leaving stops every process it started.

    Raises:
        UnusableSchemaError: the settings' schema file holds no schema.
        UnknownPlaceError: a fault of the settings could never strike.
        OSError: the port is taken.
    """
    time = clock or (SystemClock() if settings.clock_speed == 1 else FastClock(settings.clock_speed))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    faults = Faults(time, settings.faults)
    chosen = machine or LocalMachine(
        folder, time, settings.cache, settings.tier, settings.internet, carry=ProxyFaults(faults).carry
    )
    railway = LocalRailway(Cloud(settings, folder, time, chosen, faults))
    gateway = Gateway(railway, tokens or Tokens())
    control = Control(gateway)
    if unknown := unknown_places(settings.faults, *gateway.names()):
        raise UnknownPlaceError(", ".join(unknown))
    listener = _listen(settings.port)
    origin = f"http://{_LOOPBACK}:{listener.getsockname()[1]}"
    try:
        await railway.open()
        upkeep.begin(railway)
        async with _serving(gateway, control, listener):
            yield Standin(f"{origin}{GRAPHQL_PATH}", f"{origin}{control.path}", gateway.tokens, gateway)
    finally:
        await faults.close()
        listener.close()
        await railway.close()
        gateway.exchanges.close()


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers, telling when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to who owns the process."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell it."""
        await super().startup(sockets)
        self.listening.set()


@contextlib.asynccontextmanager
async def _serving(gateway: Gateway, control: Control, listener: socket.socket) -> AsyncIterator[None]:
    config = uvicorn.Config(
        application(gateway, control),
        http=CuttableProtocol,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="websockets-sansio",
        ws_ping_interval=None,
        timeout_graceful_shutdown=_FAREWELL_SECONDS,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve([listener]))
    try:
        await _first_of(server.listening.wait(), running)
        yield
    finally:
        server.should_exit = True
        await running


async def _first_of(listening: Coroutine[Any, Any, Any], running: asyncio.Task[None]) -> None:
    """Wait until the server listens; raises RuntimeError where it ended instead."""
    waiting = asyncio.create_task(listening)
    await asyncio.wait({waiting, running}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting.cancel()
        raise RuntimeError("the server ended before it listened")


def _listen(port: int) -> socket.socket:
    """Bind the port before anything starts: a taken one fails here, with OSError."""
    listener = socket.socket(proto=socket.IPPROTO_TCP)  # asyncio sends at once only on sockets that say they are TCP
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_LOOPBACK, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
