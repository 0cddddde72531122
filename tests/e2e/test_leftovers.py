"""After a rehearsal nothing of it runs any more, however it ended; first it is shown that this would be noticed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.applications import SAMPLE, TINY, Application, copy_application
from tests.support.command_line import END_SECONDS, Call, Line, call
from tests.support.leftovers import Detector
from wizard.rehearsal.folder import sweep

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the detector reads /proc")

FARM = ("postgres: checkpointer", "valkey-server", "uvicorn app.main:app")
GONE_SECONDS = 30.0


@pytest.fixture
def application(tmp_path: Path) -> Application:
    """The tiny application, with a Redis beside its PostgreSQL."""
    application = copy_application(TINY, tmp_path / "app")
    application.edit(
        "wizard.toml", "[services.backend]\n", '[databases.redis]\nengine = "redis"\n\n[services.backend]\n'
    )
    application.set_variable("REDIS_URL", "{redis.REDIS_URL}")
    return application


def verifying(line: Line) -> bool:
    return bool(line["type"] == "PhaseChanged" and line["phase"] == "verify" and line["status"] == "running")


def migrating(line: Line) -> bool:
    return bool(line["type"] == "LogLines" and any("pre-deploy" in text for text in line["lines"]))


async def watched(run: Call, detector: Detector, *words: str) -> None:
    """Read until the run verifies, and see these processes then: everything serves, nothing has been stopped."""
    await run.until(verifying)
    await detector.watch(*words, seconds=GONE_SECONDS)


async def test_nothing_is_left_of_a_rehearsal_that_ended_well(application: Application, tmp_path: Path) -> None:
    detector = Detector(tmp_path / "home" / "state")
    async with call("rehearse", application.folder, "--json", home=tmp_path / "home") as run:
        await watched(run, detector, *FARM)
        code = await run.end()

    assert (code, run.last["result"]) == (0, "verified"), run.of("ErrorRaised")
    assert detector.ids
    assert await detector.nobody(0) == []
    assert list(tmp_path.glob("home/state/rehearsals/*")) == []


@pytest.mark.parametrize("moment", [migrating, pytest.param(verifying, marks=pytest.mark.full)])
async def test_nothing_is_left_of_an_interrupted_rehearsal(
    application: Application, tmp_path: Path, moment: Callable[[Line], bool]
) -> None:
    detector = Detector(tmp_path / "home" / "state")
    async with call("rehearse", application.folder, "--json", home=tmp_path / "home") as run:
        await run.until(moment)
        await detector.watch("postgres: checkpointer", seconds=GONE_SECONDS)
        run.interrupt()
        code = await run.end()

    assert (code, run.last["type"], run.last["result"]) == (130, "RunFinished", "interrupted")
    assert await detector.nobody(0) == []
    assert list(tmp_path.glob("home/state/rehearsals/*")) == []


async def test_nothing_survives_a_killed_wizard(application: Application, tmp_path: Path) -> None:
    detector = Detector(tmp_path / "home" / "state")
    async with call("rehearse", application.folder, "--json", home=tmp_path / "home") as run:
        await watched(run, detector, *FARM)
        run.kill()
        await run.process.wait()

    assert await detector.nobody(GONE_SECONDS) == []
    rehearsals = tmp_path / "home" / "state" / "rehearsals"
    assert len(list(rehearsals.iterdir())) == 1
    sweep(rehearsals)
    assert list(rehearsals.iterdir()) == []


@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.parametrize("interrupted", [False, True])
async def test_nothing_is_left_of_the_sample(tmp_path: Path, *, interrupted: bool) -> None:
    detector = Detector(tmp_path / "home" / "state")
    async with call("rehearse", SAMPLE, "--json", home=tmp_path / "home") as run:
        watching = asyncio.create_task(detector.watch(*FARM, "node", seconds=END_SECONDS))
        await run.until(verifying)
        await watching
        if interrupted:
            run.interrupt()
        code = await run.end()

    assert code == (130 if interrupted else 0), run.of("ErrorRaised")
    assert await detector.nobody(0) == []
    assert list(tmp_path.glob("home/state/rehearsals/*")) == []
