"""Looking at an environment for an hour: how little it asks, how soon it sees what was begun elsewhere."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from tests.support.quiet_project import QuietProject
from wizard.operations.watch import INTERVAL_SECONDS, Look, Watch

HOUR = 3600.0


async def test_an_idle_hour_costs_forty_requests_at_most(deployed: QuietProject) -> None:
    since = deployed.since()
    async with deployed.session() as run:
        began, looks = deployed.clock.monotonic(), 0
        async with aclosing(Watch(run).looks()) as seen:
            async for look in seen:
                assert look.report is not None
                assert (deployed.clock.now() - look.report.at).total_seconds() < INTERVAL_SECONDS
                looks += 1
                if deployed.clock.monotonic() - began >= HOUR:
                    break
    assert looks >= 36
    assert len(since.requests) <= 40
    assert since.writes == []


async def test_what_was_begun_elsewhere_is_seen_within_two_minutes(deployed: QuietProject) -> None:
    async with deployed.session() as run, aclosing(Watch(run).looks()) as seen:
        await anext(seen)
        [newest, *_] = deployed.deployments("backend")
        await deployed.change(newest, status="CRASHED")
        began = deployed.clock.monotonic()
        async for look in seen:
            if _status(look, "backend") == "crashed":
                break
    assert deployed.clock.monotonic() - began <= 120


async def test_a_key_looks_at_once(deployed: QuietProject) -> None:
    async with deployed.session() as run:
        watch = Watch(run)
        async with aclosing(watch.looks()) as seen:
            await anext(seen)
            began = deployed.clock.monotonic()
            asking = asyncio.ensure_future(anext(seen))
            await asyncio.sleep(0)
            watch.wake.set()
            await asking
            assert deployed.clock.monotonic() - began < INTERVAL_SECONDS / 2


def _status(look: Look, name: str) -> str:
    return next(line.status for line in look.report.lines if line.name == name) if look.report else ""
