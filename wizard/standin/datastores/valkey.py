"""Valkey, a Redis-protocol server: its configuration with the password arrives on standard input."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from wizard.errors import FailedError
from wizard.secrets import Secret
from wizard.standin.datastores import binaries
from wizard.standin.datastores.server import EVERYWHERE, Server, Site, Tail, answering, environment
from wizard.standin.processes import Command, LogSink
from wizard.standin.processes import start as start_child

_ANSWER_SECONDS = 2


async def start(  # noqa: PLR0913 - a database has that many properties
    *,
    folder: Path,
    site: Site,
    password: Secret,
    log: LogSink,
    user: str = "default",
    run_id: str = "",
    records: Path | None = None,
) -> Server:
    """Start it at `site`; data in `folder` survive a stop."""
    program, version = await asyncio.to_thread(binaries.valkey)
    await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    configuration = _configuration(folder, site, user, password).encode()
    tail = Tail(log)
    command = Command((*site.prefix, str(program), "-"), folder, environment(run_id), configuration, records)
    child = await start_child(command, tail)
    await answering(child, lambda: _answers(site, user, password), tail, version)
    return Server(next(iter(child.members()), child.pid), site.reached, version, child)


def _configuration(folder: Path, site: Site, user: str, password: Secret) -> str:
    settings = {
        "bind": "* -::*" if site.listens_on == EVERYWHERE else site.listens_on,
        "port": str(site.port),
        "protected-mode": "yes",
        "dir": _quoted(str(folder)),
        "appendonly": "yes",
        "daemonize": "no",
        "loglevel": "notice",
    }
    secret = _quoted(password.reveal())
    login = [f"requirepass {secret}"]
    if user != "default":
        login = ["user default off", f"user {user} on {_quoted('>' + password.reveal())} ~* &* +@all"]
    return "\n".join([*(f"{name} {value}" for name, value in settings.items()), *login, ""])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


async def _answers(site: Site, user: str, password: Secret) -> bool:
    """Log in and ping by the wire protocol."""
    with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
        async with asyncio.timeout(_ANSWER_SECONDS):
            reader, writer = await site.reached.connect()
            try:
                login = await _ask(reader, writer, "AUTH", user, password.reveal())
                if login.startswith("-WRONGPASS"):
                    raise FailedError("datastores.password", user=user, folder="-")
                return login == "+OK" and await _ask(reader, writer, "PING") == "+PONG"
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()
    return False


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *words: str) -> str:
    parts = [f"*{len(words)}\r\n".encode()]
    for word in words:
        raw = word.encode()
        parts.append(b"$%d\r\n%s\r\n" % (len(raw), raw))
    writer.write(b"".join(parts))
    await writer.drain()
    return (await reader.readuntil(b"\r\n")).decode().rstrip()
