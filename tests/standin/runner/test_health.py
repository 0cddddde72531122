"""The health check against a real process."""

from typing import Any

from wizard.clock import SystemClock
from wizard.standin.addresses import LoopbackAddress
from wizard.standin.runner import probe


async def healthy(runner: Any, path: str, window: float = 8) -> bool:
    launch = runner.launch()
    instance = await runner.start(runner.image("PYTHON", "server.py"), launch)
    return await probe(
        [lambda: LoopbackAddress(launch.port)],
        path,
        window=window,
        clock=SystemClock(),
        log=runner.log,
        running=lambda: instance.running,
    )


async def test_two_hundred_is_healthy_however_long_the_process_needs_to_start(runner: Any) -> None:
    assert await healthy(runner, "/200")
    assert "[1/1] Healthcheck succeeded!" in runner.lines
    assert "Retry window: 8s" in runner.lines


async def test_redirects_refusals_and_other_successes_are_not(runner: Any) -> None:
    for path in ("/308", "/401", "/204", "/500"):
        assert not await healthy(runner, path, window=0.8)
        assert any(f"failed with status {path[1:]}" in line for line in runner.lines)
    assert "Healthcheck failed!" in runner.lines


async def test_a_process_that_ended_is_given_up_at_once(runner: Any) -> None:
    launch = runner.launch()
    instance = await runner.start(runner.image("false"), launch)
    clock = SystemClock()
    began = clock.monotonic()
    address = LoopbackAddress(launch.port)
    assert not await probe(
        [lambda: address], "/", window=300, clock=clock, log=runner.log, running=lambda: instance.running
    )
    assert clock.monotonic() - began < 10
