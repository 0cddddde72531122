"""Ctrl-C and SIGTERM while the platform holds a call: the run ends tidily, and the next one goes on."""

from __future__ import annotations

import signal

import pytest

from tests.support.kills import Place, Victim
from tests.survival.test_kills import ended_well
from wizard.phases.group import identity

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

MOMENTS = [
    pytest.param(Place("serviceCreate", "after"), signal.SIGINT, marks=pytest.mark.full),
    pytest.param(Place("upload", "before"), signal.SIGTERM, marks=pytest.mark.full),
    pytest.param(Place("pre-deploy", "after"), signal.SIGTERM, marks=pytest.mark.full),
    pytest.param(Place("proxy", "before"), signal.SIGINT),
]


@pytest.mark.parametrize(("place", "number"), MOMENTS)
async def test_a_signal_ends_the_run_tidily(victim: Victim, place: Place, number: signal.Signals) -> None:
    ended = await victim.killed(place, number)

    assert (ended.process.returncode, ended.last["result"]) == (130, "interrupted")
    await victim.settle()
    assert victim.inventory()["proxies"] == {}
    assert victim.project.description == identity(victim.application.key), "its lock is given back"
    secret = victim.variable("JWT_SECRET")

    again = await victim.deploy()

    await ended_well(victim, again, secret=secret)
