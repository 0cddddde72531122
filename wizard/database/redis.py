"""A connection that speaks enough of the Redis protocol (RESP2) to log in and to ask a few questions."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from wizard.clock import Clock
from wizard.database.connect import READY_SECONDS, RETRY_SECONDS, Endpoint, Login
from wizard.errors import FailedError

Reply = str | int | None | list["Reply"]
"""What a command answers; None is Redis's nil."""

_ANSWER_SECONDS = 10.0
_REFUSALS = ("WRONGPASS", "NOAUTH", "NOPERM")


class RedisError(Exception):
    """The server answered a command with an error; its text is the server's."""


class RedisConnection:
    """An open, logged-in connection; an async context manager that closes it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, clock: Clock) -> None:
        self._reader, self._writer, self._clock = reader, writer, clock

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the socket; one that is broken already is no error."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def command(self, *words: str) -> Reply:
        """Send a command and return its reply; raises RedisError, OSError for a broken socket, TimeoutError."""
        self._writer.write(_encode(words))
        async with self._clock.timeout(_ANSWER_SECONDS):
            with self._clock.busy():
                await self._writer.drain()
                return await self._read()

    async def section(self, name: str) -> dict[str, str]:
        """Return a section of INFO as names and values."""
        text = await self.command("INFO", name)
        lines = str(text).splitlines()
        return dict(line.split(":", 1) for line in lines if ":" in line and not line.startswith("#"))

    async def _read(self) -> Reply:
        line = (await self._reader.readuntil(b"\r\n"))[:-2].decode(errors="replace")
        kind, rest = line[:1], line[1:]
        if kind == "+":
            return rest
        if kind == "-":
            raise RedisError(rest)
        if kind == ":":
            return int(rest)
        return await self._read_sized(kind, int(rest))

    async def _read_sized(self, kind: str, size: int) -> Reply:
        if size < 0:
            return None
        if kind == "$":
            return (await self._reader.readexactly(size + 2))[:-2].decode(errors="replace")
        return [await self._read() for _ in range(size)]


def _encode(words: tuple[str, ...]) -> bytes:
    parts = [f"*{len(words)}\r\n".encode()]
    for word in words:
        raw = word.encode()
        parts.append(b"$%d\r\n%s\r\n" % (len(raw), raw))
    return b"".join(parts)


async def connect_redis(endpoint: Endpoint, login: Login, clock: Clock) -> RedisConnection:
    """Connect and log in; raises FailedError for a refusal, or for silence after READY_SECONDS."""
    deadline = clock.monotonic() + READY_SECONDS
    while True:
        try:
            return await _log_in(endpoint, login, clock)
        except RedisError as error:
            if str(error).startswith(_REFUSALS):
                raise FailedError("database.refused", name=endpoint.database, reason=str(error)) from None
            reason = str(error)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            reason = str(error) or type(error).__name__
        if clock.monotonic() >= deadline:
            address = f"{endpoint.host}:{endpoint.port}"
            raise FailedError("database.unreachable", name=endpoint.database, address=address, reason=reason)
        await clock.sleep(RETRY_SECONDS)


async def _log_in(endpoint: Endpoint, login: Login, clock: Clock) -> RedisConnection:
    async with clock.timeout(_ANSWER_SECONDS):
        with clock.busy():
            reader, writer = await asyncio.open_connection(endpoint.address or endpoint.host, endpoint.port)
    connection = RedisConnection(reader, writer, clock)
    try:
        await connection.command("AUTH", login.user, login.password.reveal())
        await connection.command("PING")
    except BaseException:
        await connection.close()
        raise
    return connection
