"""Railway's health check: GET the path on the process's port until it answers exactly 200, at deploy time only."""

from __future__ import annotations

import asyncio

from wizard.standin.state.machine import Address

HOST_HEADER = "healthcheck.railway.app"
_ANSWER_SECONDS = 10


async def ask(address: Address, path: str) -> int | None:
    """Return the status of one request, None when nothing answers HTTP there."""
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            return await _status(address, path)
    except (OSError, TimeoutError, ValueError, IndexError):
        return None


async def _status(address: Address, path: str) -> int:
    reader, writer = await asyncio.open_connection(*address)
    try:
        target = "/" + path.lstrip("/")
        request = f"GET {target} HTTP/1.1\r\nHost: {HOST_HEADER}\r\nUser-Agent: RailwayHealthCheck/1.0\r\n"
        writer.write(f"{request}Accept: */*\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        line = await reader.readline()
        return int(line.split()[1])
    finally:
        writer.close()


def describe(status: int | None) -> str:
    """Say what an attempt met, in the platform's words."""
    return "service unavailable" if status is None else f"status {status}"
