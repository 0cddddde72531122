"""Kill -9, and the journal as the disk had it at any earlier write: the platform alone tells the next run enough."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from tests.support.kills import Place, Victim, Watch
from tests.survival.test_kills import ended_well

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="process groups are POSIX"),
    pytest.mark.timeout(300),
    pytest.mark.full,
]

PLACES = [
    Place("projectCreate", "after"),
    Place("templateDeployV2", "after"),
    Place("serviceDomainCreate", "after"),
    Place("upload", "after"),
    Place("proxy", "after"),
]
MOMENTS: dict[str, Callable[[list[bytes]], bytes]] = {
    "empty": lambda _: b"",
    "first write": lambda states: states[1],
    "middle": lambda states: states[len(states) // 2],
    "one before last": lambda states: states[-2],
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
async def test_after_a_cut_of_the_power_the_next_run_ends_verified(
    victim: Victim, place: Place, moment: Callable[[list[bytes]], bytes]
) -> None:
    with Watch(victim.home / "state" / "journals") as watch:
        await victim.killed(place)
    states = watch.states()
    assert len(states) > 2, "the journal was written"
    secret = victim.variable("JWT_SECRET")
    victim.cut_power(moment(states))

    again = await victim.deploy()

    await ended_well(victim, again, secret=secret)
