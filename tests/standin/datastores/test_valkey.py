"""Valkey really runs: the password counts, data survive, nothing of it is in argv."""

import asyncio
import socket
from pathlib import Path

from wizard.secrets import Secret
from wizard.standin.datastores import Server, Site, start_valkey
from wizard.standin.datastores.valkey import _ask
from wizard.standin.processes import discard, start_time

PASSWORD = Secret('sentinel "pass" \\word')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command_line(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


async def start(folder: Path) -> Server:
    return await start_valkey(
        folder=folder, site=Site(free_port()), password=PASSWORD, log=discard, run_id="valkey-tests"
    )


async def talk(port: int, *commands: tuple[str, ...]) -> list[str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return [await _ask(reader, writer, *command) for command in commands]
    finally:
        writer.close()
        await writer.wait_closed()


async def test_only_the_right_password_is_let_in(tmp_path: Path) -> None:
    server = await start(tmp_path)
    try:
        assert server.version.startswith("Valkey 9.")
        refused, unauthenticated = await talk(server.port, ("AUTH", "wrong"), ("GET", "x"))
        assert refused.startswith("-WRONGPASS")
        assert unauthenticated.startswith("-NOAUTH")
        accepted, stored = await talk(server.port, ("AUTH", PASSWORD.reveal()), ("SET", "kept", "1"))
        assert (accepted, stored) == ("+OK", "+OK")
        assert b"sentinel" not in command_line(server.pid)
    finally:
        await server.stop()
    assert start_time(server.pid) is None


async def test_data_survive_a_restart(tmp_path: Path) -> None:
    first = await start(tmp_path)
    await talk(first.port, ("AUTH", PASSWORD.reveal()), ("SET", "kept", "1"))
    await first.stop()
    second = await start(tmp_path)
    try:
        answers = await talk(second.port, ("AUTH", PASSWORD.reveal()), ("EXISTS", "kept"))
    finally:
        await second.stop()
    assert answers[1] == ":1"
