"""Faults of a TCP proxy: of its connection, and in PostgreSQL's protocol of the moment a transaction is committed.

The protocol (PostgreSQL's documentation, "Message Formats"): a client begins with untyped packets (length, code); from
the start-up packet on every message of both sides is one letter, four bytes of length (themselves included), and a
body. COMMIT travels as a query (`Q`) or a statement to parse (`P`); the server's `C` carries its tag once it is done.
What begins otherwise, or with TLS, is passed on as it is.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

from wizard.standin.addresses import Streams
from wizard.standin.edge.wire import splice
from wizard.standin.faults.book import Call, Faults, Shot
from wizard.standin.faults.model import PROXY, FaultKind

_LENGTH = 4
_HEAD = 1 + _LENGTH
_STARTUP = 3 << 16
_ENCRYPTION = {80877103, 80877104}
"""Requests for TLS and for GSSAPI, each answered with one byte."""
_CANCEL = 80877102
_LONGEST_STARTUP = 10_000
_LONGEST_STATEMENT = 64 * 1024
_CHUNK = 64 * 1024
_COMMIT = re.compile(rb"(?:^|[;\0\s])COMMIT\b", re.IGNORECASE)
_OF_CONNECTIONS = frozenset({FaultKind.FAIL, FaultKind.CUT})
_OF_COMMITS = frozenset(FaultKind) - _OF_CONNECTIONS
_BEFORE = frozenset({FaultKind.SLOW, FaultKind.DROP_BEFORE, FaultKind.HOLD_BEFORE})


class _Dropped(Exception):  # noqa: N818 - an order, not a defect
    """Both sides are to be cut."""


class ProxyFaults:
    """Carries the connections of TCP proxies, and strikes them."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    async def carry(self, client: Streams, server: Streams) -> None:
        """Copy both ways until both sides closed, or a fault cuts them."""
        shot = self._faults.claim(Call.at(PROXY), _OF_CONNECTIONS)
        if shot is None:
            await _Conversation(self._faults, client, server).run()
        elif shot.kind is FaultKind.CUT:
            with suppress(TimeoutError):
                async with self._faults.clock.timeout(shot.seconds):
                    await splice(client, server)
        for _, writer in (client, server):
            writer.close()


class _Conversation:
    """One connection, understood as far as COMMIT needs it."""

    def __init__(self, faults: Faults, client: Streams, server: Streams) -> None:
        self._faults = faults
        self._client, self._server = client, server
        self._started = self._opaque = False
        self._owed: list[Shot] = []
        """Faults that strike when the server has committed."""

    async def run(self) -> None:
        """Copy both ways."""
        ways = [asyncio.create_task(self._ask()), asyncio.create_task(self._tell())]
        try:
            await asyncio.gather(*ways)
        except _Dropped:
            for _, writer in (self._client, self._server):
                writer.transport.abort()
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _ask(self) -> None:
        """Pass on what the client says; its end is passed on too."""
        reader, _ = self._client
        _, writer = self._server
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await self._begin(reader, writer)
            while not self._opaque:
                head = await reader.readexactly(_HEAD)
                await self._message(head, reader, writer)
            await _copy(reader, writer)
        with suppress(OSError):
            writer.write_eof()

    async def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass the untyped packets on; anything that is none makes the connection opaque."""
        while not (self._started or self._opaque):
            try:
                packet = await reader.readexactly(2 * _LENGTH)
            except asyncio.IncompleteReadError as error:
                writer.write(error.partial)
                raise
            length, code = int.from_bytes(packet[:_LENGTH]), int.from_bytes(packet[_LENGTH:])
            if length > _LONGEST_STARTUP or code not in {_STARTUP, _CANCEL, *_ENCRYPTION}:
                self._opaque = True
            else:
                packet += await reader.readexactly(length - 2 * _LENGTH)
                self._started = code not in _ENCRYPTION
            await _write(writer, packet)

    async def _message(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = int.from_bytes(head[1:]) - _LENGTH
        if head[:1] not in b"QP" or length > _LONGEST_STATEMENT:
            await _write(writer, head)
            await _copy_exactly(reader, writer, length)
            return
        body = await reader.readexactly(length)
        if _COMMIT.search(body):
            await self._before_commit()
        await _write(writer, head + body)

    async def _before_commit(self) -> None:
        shot = self._faults.claim(Call.at(PROXY, statement="COMMIT"), _OF_COMMITS)
        if shot is None:
            return
        if shot.kind not in _BEFORE:
            self._owed.append(shot)
        elif shot.kind is FaultKind.SLOW:
            await self._faults.clock.sleep(shot.seconds)
        elif shot.kind is FaultKind.DROP_BEFORE or not (await shot.held("before")).apply:
            raise _Dropped

    async def _tell(self) -> None:
        """Pass on what the server says; a client that is gone does not keep the server from its work."""
        reader, _ = self._server
        _, writer = self._client
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            first = await self._greeting(reader, writer)
            while not self._opaque:
                head = first + await reader.readexactly(_HEAD - len(first))
                first = b""
                if head[:1] == b"C" and self._owed:
                    await self._completed(head, reader, writer)
                else:
                    await _write(writer, head)
                    await _copy_exactly(reader, writer, int.from_bytes(head[1:]) - _LENGTH)
            await _write(writer, first)
            await _copy(reader, writer)
        with suppress(OSError):
            writer.write_eof()

    async def _greeting(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        """Pass on what comes before the start-up packet, byte by byte; returns the first byte that comes after it."""
        while True:
            byte = await reader.readexactly(1)
            if self._started or self._opaque:
                return byte
            await _write(writer, byte)

    async def _completed(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = await reader.readexactly(int.from_bytes(head[1:]) - _LENGTH)
        if body.startswith(b"COMMIT"):
            shot = self._owed.pop(0)
            if shot.kind is FaultKind.DROP_AFTER or not (await shot.held("after")).answer:
                raise _Dropped
        await _write(writer, head + body)


async def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Write to a side that may be gone: what the other one has begun goes on all the same."""
    with suppress(ConnectionError):
        writer.write(data)
        await writer.drain()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        await _write(writer, data)


async def _copy_exactly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, length: int) -> None:
    while length:
        data = await reader.read(min(length, _CHUNK))
        if not data:
            raise asyncio.IncompleteReadError(b"", length)
        length -= len(data)
        await _write(writer, data)
