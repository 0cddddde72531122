"""Kill -9 of the program wherever it writes: the next run finds what is there and ends as if nothing had happened."""

from __future__ import annotations

import signal

import pytest

from tests.support.command_line import Call
from tests.support.kills import Place, Victim
from wizard.phases.group import identity

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="process groups are POSIX"),
    pytest.mark.timeout(300),
]

PLACES = [
    Place("projectCreate", "before"),
    Place("projectCreate", "after"),
    Place("templateDeployV2", "before"),
    Place("templateDeployV2", "after"),
    Place("serviceCreate", "before"),
    Place("serviceCreate", "after"),
    Place("serviceDomainCreate", "before"),
    Place("serviceDomainCreate", "after"),
    Place("volumeCreate", "after"),
    Place("environmentStageChanges", "after"),
    Place("variableCollectionUpsert", "before"),
    Place("variableCollectionUpsert", "after"),
    Place("upload", "before"),
    Place("upload", "after"),
    Place("pre-deploy", "before"),
    Place("pre-deploy", "after"),
    Place("environmentPatchCommit", "after"),
    Place("tcpProxyDelete", "after"),
    Place("proxy", "before"),
    Place("proxy", "after"),
    Place("projectUpdate", "before"),
]
QUICK = {"projectCreate after", "templateDeployV2 after", "upload after", "proxy after"}
"""One of each kind of trouble: the rest takes minutes."""

WHOLE = {
    "services": {"backend": 1, "postgres": 1},
    "domains": {"backend": 1},
    "proxies": {},
    "volumes": {"all": 2},
}


def everywhere(places: list[Place]) -> list[object]:
    return [pytest.param(one, id=one.id, marks=() if one.id in QUICK else pytest.mark.full) for one in places]


async def ended_well(victim: Victim, run: Call, *, secret: str | None) -> None:
    """Check what the platform and the database say, not what the run says."""
    assert (run.process.returncode, run.last["result"]) == (0, "verified"), run.of("ErrorRaised")
    await victim.settle()
    assert victim.inventory() == WHOLE
    assert [one.status for one in victim.deployments()] == ["SUCCESS"]
    assert secret is None or victim.variable("JWT_SECRET") == secret
    assert victim.project.description == identity(victim.application.key), "no lock is left"
    assert victim.sizes("/data") == [400]
    assert await victim.administrators() == 1
    await victim.settle()
    assert victim.inventory() == WHOLE


@pytest.mark.parametrize("place", everywhere(PLACES))
async def test_after_a_kill_the_next_run_ends_verified(victim: Victim, place: Place) -> None:
    await victim.killed(place)
    secret = victim.variable("JWT_SECRET") if victim.marked else None

    again = await victim.deploy()

    await ended_well(victim, again, secret=secret)
