"""A TCP proxy that understands COMMIT, before a real PostgreSQL and before what speaks something else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest

from tests.support.database_servers import PASSWORD, Running, postgres_server, server_folder  # noqa: F401 - fixtures
from tests.support.standin_api import eventually
from wizard.clock import SystemClock
from wizard.standin.addresses import LoopbackAddress
from wizard.standin.edge import TcpProxy
from wizard.standin.faults import Decision, Fault, Faults, Held
from wizard.standin.faults.model import parsed
from wizard.standin.faults.proxy import ProxyFaults

PROMISED = {"hold-before": 0, "hold-after": 1}
pytestmark = pytest.mark.asyncio(loop_scope="session")


@asynccontextmanager
async def proxied(port: int, *faults: str) -> AsyncIterator[tuple[Faults, int]]:
    given = Faults(SystemClock(), [Fault.model_validate(parsed(text)) for text in faults])
    proxy = TcpProxy(LoopbackAddress(port), ProxyFaults(given).carry)
    try:
        yield given, await proxy.open()
    finally:
        await given.close()
        await proxy.close()


async def connect(server: Running, port: int) -> psycopg.AsyncConnection:
    return await psycopg.AsyncConnection.connect(
        host="127.0.0.1", port=port, user=server.user, password=PASSWORD.reveal(), dbname=server.database
    )


@pytest.fixture
async def table(postgres_server: Running) -> AsyncIterator[Callable[[], Awaitable[int]]]:  # noqa: F811
    async with await connect(postgres_server, postgres_server.port) as direct:
        await direct.set_autocommit(True)
        await direct.execute("DROP TABLE IF EXISTS struck")
        await direct.execute("CREATE TABLE struck (n int)")

        async def count() -> int:
            row = await (await direct.execute("SELECT count(*) FROM struck")).fetchone()
            return int(row[0]) if row else -1

        yield count


async def insert(server: Running, port: int) -> None:
    async with await connect(server, port) as connection:
        await connection.execute("INSERT INTO struck SELECT generate_series(1, %s)", (20_000,))


def first(faults: Faults) -> Callable[[], Awaitable[Held | None]]:
    async def held() -> Held | None:
        return next(iter(faults.held.values()), None)

    return held


async def test_without_a_fault_the_protocol_passes_untouched(
    postgres_server: Running,  # noqa: F811
    table: Callable[[], Awaitable[int]],
) -> None:
    async with proxied(postgres_server.port) as (_, port):
        await insert(postgres_server, port)
        text = "COPY (SELECT repeat('x', 1000) FROM struck) TO STDOUT"
        async with await connect(postgres_server, port) as reading, reading.cursor().copy(text) as copy:
            copied = sum([len(data) async for data in copy])
    assert (await table(), copied) == (20_000, 20_000 * 1001)


@pytest.mark.parametrize("side", ["hold-before", "hold-after"])
async def test_a_held_commit_is_applied_when_its_fault_says_so(
    postgres_server: Running,  # noqa: F811
    table: Callable[[], Awaitable[int]],
    side: str,
) -> None:
    async with proxied(postgres_server.port, f"proxy={side}") as (faults, port):
        writing = asyncio.create_task(insert(postgres_server, port))
        held = await eventually(first(faults))
        assert (held.on, f"hold-{held.side}", await table()) == ("proxy", side, 20_000 * PROMISED[side])

        faults.release()
        await writing

    assert await table() == 20_000


@pytest.mark.parametrize("apply", [True, False])
async def test_the_commit_of_a_dead_client_may_reach_the_server_or_not(
    postgres_server: Running,  # noqa: F811
    table: Callable[[], Awaitable[int]],
    *,
    apply: bool,
) -> None:
    async with proxied(postgres_server.port, "proxy=hold-before") as (faults, port):
        connection = await connect(postgres_server, port)
        await connection.execute("INSERT INTO struck VALUES (1)")
        connection.pgconn.send_query(b"COMMIT")
        await eventually(first(faults))
        connection.pgconn.finish()
        faults.release(decision=Decision(apply=apply, answer=False))

        async def gone() -> bool:
            return await backends(postgres_server) == 0

        await eventually(gone)
    assert await table() == int(apply)


async def backends(server: Running) -> int:
    """Count the server's other sessions that have something open."""
    async with await connect(server, server.port) as direct:
        text = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' OR query = 'COMMIT'"
        row = await (await direct.execute(text)).fetchone()
        return int(row[0]) if row else -1


@pytest.mark.parametrize(("kind", "rows"), [("drop-before", 0), ("drop-after", 20_000)])
async def test_a_connection_cut_around_commit(
    postgres_server: Running,  # noqa: F811
    table: Callable[[], Awaitable[int]],
    kind: str,
    rows: int,
) -> None:
    async with proxied(postgres_server.port, f"proxy={kind}") as (_, port):
        with pytest.raises(psycopg.OperationalError):
            await insert(postgres_server, port)
        assert await table() == rows
        await insert(postgres_server, port)
    assert await table() == rows + 20_000


@pytest.mark.parametrize("fault", ["proxy=fail", "proxy=cut,seconds=0"])
async def test_a_connection_that_is_refused_or_cut_leaves_the_next_one_alone(
    postgres_server: Running,  # noqa: F811
    fault: str,
) -> None:
    async with proxied(postgres_server.port, fault) as (_, port):
        with pytest.raises(psycopg.OperationalError):
            await connect(postgres_server, port)
        await (await connect(postgres_server, port)).close()


async def test_what_is_not_postgresql_passes_as_it_is() -> None:
    async def shout(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"welcome\n")
        writer.write((await reader.read()).upper())
        writer.close()

    server = await asyncio.start_server(shout, "127.0.0.1", 0)
    async with server, proxied(server.sockets[0].getsockname()[1], "proxy=hold-before") as (_, port):
        for sent in (b"*1\r\n$4\r\nping\r\n", b"hi"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert await reader.readline() == b"welcome\n"
            writer.write(sent)
            writer.write_eof()
            assert await reader.read() == sent.upper()
            writer.close()
            await writer.wait_closed()
