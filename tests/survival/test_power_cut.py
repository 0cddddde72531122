"""Kill -9, and the journal as the disk had it at any earlier write: the platform alone tells the next run enough.

Every place of the kills is here once; where a create, an upload or the administrator's COMMIT was applied unseen, the
journal is cut at more than one moment.
"""

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

READ_LAG = 0.0
"""A run takes longer to start than the kills' reads lag: what it costs there within a run need not be paid again."""

MOMENTS: dict[str, Callable[[list[bytes]], bytes]] = {
    "empty": lambda _: b"",
    "first write": lambda states: states[1],
    "middle": lambda states: states[len(states) // 2],
    "one before last": lambda states: states[-2],
}
CUTS = [
    (Place("projectCreate", "after"), "empty"),
    (Place("projectCreate", "after"), "one before last"),
    (Place("templateDeployV2", "before"), "one before last"),
    (Place("templateDeployV2", "after"), "empty"),
    (Place("serviceCreate", "after"), "one before last"),
    (Place("serviceDomainCreate", "after"), "first write"),
    (Place("variableCollectionUpsert", "after"), "middle"),
    (Place("upload", "before"), "empty"),
    (Place("upload", "after"), "first write"),
    (Place("upload", "after"), "one before last"),
    (Place("pre-deploy", "before"), "middle"),
    (Place("pre-deploy", "after"), "empty"),
    (Place("proxy", "before"), "one before last"),
    (Place("proxy", "after"), "empty"),
    (Place("proxy", "after"), "middle"),
]


@pytest.mark.parametrize(("place", "moment"), CUTS, ids=[f"{place.id}-{moment}" for place, moment in CUTS])
async def test_after_a_cut_of_the_power_the_next_run_ends_verified(victim: Victim, place: Place, moment: str) -> None:
    with Watch(victim.home / "state" / "journals") as watch:
        await victim.killed(place)
    states = watch.states()
    assert len(states) > 2, "the journal was written"
    secret = victim.variable("JWT_SECRET")
    victim.cut_power(MOMENTS[moment](states))

    again = await victim.deploy()

    await ended_well(victim, again, secret=secret)
