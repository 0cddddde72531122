"""A stand-in whose clock runs faster: what waits for the clock comes sooner, what really runs is as it was."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from tests.support.quiet_machine import QuietMachine
from tests.support.standin_api import HELLO_FILES, Api
from wizard.standin.server import serve
from wizard.standin.settings import Settings, TimedBuild


async def test_an_hour_of_building_passes_in_seconds(tmp_path: Path) -> None:
    settings = Settings(read_lag=0, build=TimedBuild(seconds=3600), clock_speed=3600)
    began = time.monotonic()
    async with serve(settings, tmp_path / "standin", machine=QuietMachine()) as standin, Api(standin) as api:
        first = datetime.fromisoformat((await api.control("now"))["now"])
        project, environment = await api.project()
        deployment = await api.deployed((project, environment, await api.service(project)), HELLO_FILES)
        passed = datetime.fromisoformat((await api.control("now"))["now"]) - first
        steps = "query($id: String!) { deploymentEvents(id: $id) { edges { node { step payload { durationMs } } } } }"
        told = (await api.ask(steps, id=deployment))["deploymentEvents"]["edges"]

    building = {edge["node"]["step"]: edge["node"]["payload"]["durationMs"] for edge in told}["BUILD_IMAGE"]
    assert passed.total_seconds() >= 3600
    assert building >= 3_500_000
    assert time.monotonic() - began < 60
