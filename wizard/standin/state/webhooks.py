"""Calls a webhook: HTTP on this machine's loopback alone, every other address is refused by its name."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from wizard.clock import Clock
from wizard.standin.addresses import LOOPBACK

_SECONDS = 10.0
_HTTP_PORT = 80


class UndeliverableError(Exception):
    """The webhook was not called, or did not answer; the message says why."""


async def post(url: str, body: bytes, headers: Mapping[str, str], clock: Clock) -> int:
    """Post a JSON body and return the answer's status; raises UndeliverableError."""
    host, port, path = _target(url)
    try:
        with clock.busy():
            async with clock.timeout(_SECONDS):
                return await _exchange((host, port, path), body, headers)
    except (OSError, ValueError, IndexError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise UndeliverableError(f"{host}:{port} did not answer: {error or type(error).__name__}") from error


def _target(url: str) -> tuple[str, int, str]:
    """Return host, port and path of a URL on loopback."""
    try:
        parts = urlsplit(url)
        port = parts.port or _HTTP_PORT
    except ValueError:
        raise UndeliverableError(f"{url!r} is no address") from None
    if parts.scheme != "http" or not _is_local(parts.hostname or ""):
        raise UndeliverableError(f"the local Railway calls webhooks on this machine alone, not {parts.hostname or url}")
    return parts.hostname or "", port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


async def _exchange(target: tuple[str, int, str], body: bytes, headers: Mapping[str, str]) -> int:
    host, port, path = target
    lines = {
        "Host": f"{host}:{port}",
        "User-Agent": "RailwayWebhook/1.0",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    if any("\r" in text or "\n" in text for pair in (("", path), *lines.items()) for text in pair):
        raise ValueError("a header holds a line break")
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        await writer.drain()
        return int((await reader.readline()).split()[1])
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
