"""A server of raw bytes on loopback, for what a real server would never do."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Handler = Callable[[bytes], Awaitable[bytes] | bytes]

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


@asynccontextmanager
async def raw_server(answer: Handler) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Serve bytes for bytes, one request a connection; yields the port and the requests seen."""
    seen: list[bytes] = []
    running: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            seen.append(head + await reader.readexactly(int(length.group(1)) if length else 0))
            produced = answer(seen[-1])
            writer.write(produced if isinstance(produced, bytes) else await produced)
            await writer.drain()
        finally:
            running.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], seen
        left = list(running)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def answered(body: bytes = b"{}", *headers: bytes, status: int = 200) -> bytes:
    """Return a whole HTTP answer."""
    lines = [b"HTTP/1.1 %d Any" % status, b"content-length: %d" % len(body), b"connection: close", *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
