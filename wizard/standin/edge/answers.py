"""What the edge answers in an application's place, in Railway's shape."""

from __future__ import annotations

import asyncio
import json

_REASONS = {
    400: "Bad Request",
    404: "Not Found",
    431: "Request Header Fields Too Large",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}
MESSAGES = {
    400: "Bad request",
    404: "Application not found",
    431: "Request header fields too large",
    502: "Application failed to respond",
    504: "Application did not respond in time",
}


async def refuse(
    writer: asyncio.StreamWriter, status: int, request_id: str, *, keep_alive: bool = False, method: str = "GET"
) -> int:
    """Write the edge's own error; returns the size of its body."""
    answer = {"status": "error", "code": status, "message": MESSAGES[status], "request_id": request_id}
    body = json.dumps(answer).encode()
    head = (
        f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: {'keep-alive' if keep_alive else 'close'}\r\n"
        f"Server: railway-edge\r\nX-Railway-Fallback: true\r\nX-Railway-Request-Id: {request_id}\r\n\r\n"
    )
    writer.write(head.encode() + (b"" if method == "HEAD" else body))
    await writer.drain()
    return len(body)
