"""The TCP proxy carries a database's protocol untouched."""

import asyncio
import socket

from wizard.standin.addresses import LoopbackAddress
from wizard.standin.edge import TcpProxy


async def test_bytes_pass_both_ways_and_a_half_close_is_passed_on() -> None:
    async def reverse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write((await reader.read())[::-1])
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(reverse, "127.0.0.1", 0)
    proxy = TcpProxy(LoopbackAddress(server.sockets[0].getsockname()[1]))
    port = await proxy.open()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"\x00\x01binary")
    writer.write_eof()
    assert await reader.read() == b"yranib\x01\x00"
    writer.close()
    await writer.wait_closed()
    await proxy.close()
    server.close()
    await server.wait_closed()


async def test_a_target_that_is_down_closes_the_connection() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        proxy = TcpProxy(LoopbackAddress(unused.getsockname()[1]))
    reader, writer = await asyncio.open_connection("127.0.0.1", await proxy.open())
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    await proxy.close()
