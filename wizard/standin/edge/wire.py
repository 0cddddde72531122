"""HTTP/1.1 as it lies on the wire: heads parsed strictly, bodies copied in their own framing."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass

from wizard.standin.addresses import Streams

HEAD_LIMIT = 32 * 1024
"""Bytes of a head, as at Railway's edge."""

_CHUNK = 64 * 1024
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "trailer", "upgrade"}
_NO_BODY = {204, 304}
_VERSIONS = {"HTTP/1.0", "HTTP/1.1"}
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(;[^\r\n]*)?\r\n")
_NOT_IN_VALUES = re.compile(rb"[\r\n\0]")
_TARGET = re.compile(rb"[!-~\x80-\xff]+")

Limit = Callable[[], AbstractAsyncContextManager[object]]
"""Makes the limit of one wait for a peer."""


class BadMessageError(Exception):
    """The peer does not speak HTTP/1.1; `status` is what a client is told."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class CutShortError(Exception):
    """The peer left in the middle of a body."""


@dataclass(frozen=True, slots=True)
class Head:
    """A request's or an answer's first line and headers, names as sent."""

    start: tuple[str, str, str]
    headers: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """Return the first value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def tokens(self, name: str) -> set[str]:
        """Return a list header's items in lower case."""
        values = (value for key, value in self.headers if key.lower() == name)
        return {item.strip().lower() for value in values for item in value.split(",")}

    @property
    def upgrades(self) -> bool:
        """Whether it asks to leave HTTP."""
        return "upgrade" in self.tokens("connection") and self.get("upgrade") is not None

    @property
    def length(self) -> int | None:
        """Content-Length; raises BadMessageError for one that is no number or that contradicts chunking."""
        values = {value for key, value in self.headers if key.lower() == "content-length"}
        if not values:
            return None
        value = values.pop()
        if values or not value.isascii() or not value.isdecimal() or self.chunked:
            raise BadMessageError(400)
        return int(value)

    @property
    def chunked(self) -> bool:
        """Whether the body is chunked."""
        return "chunked" in self.tokens("transfer-encoding")

    def forwarded(
        self, replaced: Iterable[tuple[str, str]], *, dropped: AbstractSet[str] = frozenset(), upgrade: bool = False
    ) -> bytes:
        """Return the head for the other side: hop-by-hop headers and `dropped` gone, `replaced` set."""
        new = list(replaced)
        names = {name.lower() for name, _ in new} | _HOP_BY_HOP | self.tokens("connection") | dropped
        kept = [(name, value) for name, value in self.headers if name.lower() not in names]
        if upgrade:
            new += [("Connection", "Upgrade"), ("Upgrade", self.get("upgrade") or "websocket")]
        lines = [" ".join(self.start).rstrip(), *(f"{name}: {value}" for name, value in (*kept, *new))]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def read_request(reader: asyncio.StreamReader) -> Head | None:
    """Read a request's head; raises BadMessageError for one whose body two readers could see differently."""
    head = await read_head(reader)
    if head is None:
        return None
    method, target, version = head.start
    if not _TOKEN.fullmatch(method.encode("latin-1")) or not _TARGET.fullmatch(target.encode("latin-1")):
        raise BadMessageError(400)
    hosts = [value for name, value in head.headers if name.lower() == "host"]
    if version not in _VERSIONS or len(hosts) > 1 or (not hosts and version == "HTTP/1.1"):
        raise BadMessageError(400)
    encodings = [value.strip().lower() for name, value in head.headers if name.lower() == "transfer-encoding"]
    if encodings not in ([], ["chunked"]) or (encodings and version == "HTTP/1.0"):
        raise BadMessageError(400)
    _ = head.length
    return head


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """Read one head; None where the peer closed before it began."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial.strip():
            raise BadMessageError(400) from None
        return None
    except asyncio.LimitOverrunError:
        raise BadMessageError(431) from None
    if len(raw) > HEAD_LIMIT:
        raise BadMessageError(431)
    return parse_head(raw)


def parse_head(raw: bytes) -> Head:
    """Parse a head with its closing empty line."""
    first, *rest = raw.lstrip(b"\r\n").removesuffix(b"\r\n\r\n").split(b"\r\n")
    start = first.decode("latin-1").split(" ", 2)
    if len(start) < 2:  # noqa: PLR2004 - an answer may lack its reason
        raise BadMessageError(400)
    headers = tuple(_header(line) for line in rest)
    return Head((start[0], start[1], start[2] if len(start) > 2 else ""), headers)  # noqa: PLR2004


def _header(line: bytes) -> tuple[str, str]:
    name, colon, value = line.partition(b":")
    if not colon or not _TOKEN.fullmatch(name) or _NOT_IN_VALUES.search(value):
        raise BadMessageError(400)
    return name.decode("latin-1"), value.strip().decode("latin-1")


def answer_has_body(method: str, status: int) -> bool:
    """Say whether an answer to that method carries a body."""
    return method != "HEAD" and status not in _NO_BODY


class Copier:
    """Copies a body from one side to the other and counts it; `limit` is that of every wait for the reader's peer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: Limit = nullcontext) -> None:
        self._reader = reader
        self._writer = writer
        self._limit = limit
        self.count = 0

    async def body(self, head: Head, *, until_close: bool = False) -> None:
        """Copy by the head's framing; without one there is no body, or all until the peer closes.

        Raises:
            CutShortError: the sender left within the body.
            BadMessageError: what it sends is no body.
            ConnectionError: the receiver is gone.
        """
        if head.chunked:
            await self._chunks()
        elif (length := head.length) is not None:
            await self._exactly(length)
        elif until_close:
            await self.everything()

    async def everything(self) -> None:
        """Copy until the peer closes its side."""
        while data := await self._read(_CHUNK):
            await self._write(data)

    async def _exactly(self, length: int) -> None:
        left = length
        while left:
            data = await self._read(min(left, _CHUNK))
            if not data:
                raise CutShortError
            left -= len(data)
            await self._write(data)

    async def _chunks(self) -> None:
        while True:
            line = await self._line()
            size = _CHUNK_SIZE.fullmatch(line)
            if size is None:
                raise BadMessageError(400)
            self._writer.write(line)
            length = int(size[1], 16)
            if length == 0:
                await self._trailers()
                return
            await self._exactly(length)
            end = await self._line()
            if end != b"\r\n":
                raise BadMessageError(400)
            self._writer.write(end)

    async def _trailers(self) -> None:
        size = 0
        while True:
            line = await self._line()
            size += len(line)
            if size > HEAD_LIMIT:
                raise BadMessageError(431)
            self._writer.write(line)
            if line == b"\r\n":
                await self._writer.drain()
                return

    async def _read(self, size: int) -> bytes:
        try:
            async with self._limit():
                return await self._reader.read(size)
        except ConnectionError as error:
            raise CutShortError from error

    async def _line(self) -> bytes:
        try:
            async with self._limit():
                return await self._reader.readuntil(b"\r\n")
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise CutShortError from error
        except asyncio.LimitOverrunError:
            raise BadMessageError(400) from None

    async def _write(self, data: bytes) -> None:
        self.count += len(data)
        self._writer.write(data)
        await self._writer.drain()


async def splice(left: Streams, right: Streams, limit: Limit = nullcontext) -> tuple[int, int]:
    """Copy both ways until both sides closed; returns the bytes from left and from right."""
    there, back = Copier(left[0], right[1], limit), Copier(right[0], left[1], limit)
    await asyncio.gather(_one_way(there, right[1]), _one_way(back, left[1]))
    return there.count, back.count


async def _one_way(copier: Copier, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, CutShortError):
        await copier.everything()
    with suppress(OSError):
        if writer.can_write_eof():
            writer.write_eof()


async def close(writer: asyncio.StreamWriter) -> None:
    """Close without minding a peer that is gone."""
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
