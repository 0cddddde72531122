"""The private networks under callers that come at once, or that leave before they are answered."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from wizard.standin.sandbox.network import Holder, Networks, start_holder

BRIDGE = ["link add br99 type bridge", "link set br99 up"]


@pytest.fixture
async def holder(tmp_path: Path) -> AsyncIterator[Holder]:
    made = await start_holder(tmp_path, "network-tests", None)
    yield made
    await made.close()


async def abandoned(work: "asyncio.Task[object]") -> None:
    """Cancel a question once it was put."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


async def test_an_answer_nobody_waits_for_any_more_is_not_the_next_ones(holder: Holder) -> None:
    await abandoned(asyncio.ensure_future(holder.ip(BRIDGE)))
    await abandoned(asyncio.ensure_future(holder.socket()))
    (await holder.socket()).close()
    with pytest.raises(OSError, match="nowhere"):
        await holder.ip(["link set nowhere up"])


async def test_a_network_whose_making_was_abandoned_is_made_by_the_next_one(holder: Holder, tmp_path: Path) -> None:
    networks = Networks(holder, tmp_path)
    await abandoned(asyncio.ensure_future(networks.of("production")))
    assert (await networks.of("production")).gateway


async def test_a_domain_that_comes_while_a_network_is_made_is_known_in_it(holder: Holder, tmp_path: Path) -> None:
    networks, opened = Networks(holder, tmp_path), []
    late: list[asyncio.Task[None]] = []

    async def listen(listener: socket.socket) -> None:
        opened.append(listener.getsockname()[1])
        listener.close()
        if not late:
            late.append(asyncio.create_task(networks.publish("late", 8003, listen)))
            await asyncio.sleep(0)

    for port in (8001, 8002):
        await networks.publish(f"domain-{port}", port, listen)
    network = await networks.of("production")
    await late[0]
    assert opened == [8001, 8002, 8003]
    assert f"{network.gateway} late" in network.hosts.read_text()
