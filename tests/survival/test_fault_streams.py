"""Streams that are cut every second, or never come up at all: a deployment is verified all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.fault_stories import FULL_PLAN
from tests.support.quiet_project import quiet_project
from wizard.standin.faults import Fault
from wizard.standin.faults.model import parsed
from wizard.standin.state.rows import Deployment

BUILD_SECONDS = 45.0


@pytest.mark.parametrize(
    ("fault", "at_least"),
    [
        ("subscribe:*=cut,seconds=1", 10),
        ("subscribe:*=cut,messages=1", 2),
        ("socket=cut,seconds=1", 5),
        ("socket=fail", 1),
        ("socket=html-502", 1),
        ("socket=drop-before", 1),
        ("subscribe:*=fail", 2),
        ("subscribe:*=slow,seconds=20", 2),
    ],
)
async def test_a_deployment_is_followed_to_its_end_without_its_streams(
    tmp_path: Path, fault: str, at_least: int
) -> None:
    build = {"kind": "timed", "seconds": BUILD_SECONDS}
    async with quiet_project(tmp_path, FULL_PLAN, build=build, database_seconds=20) as quiet:
        armed = quiet.standin.gateway.faults.arm(Fault.model_validate(parsed(f"{fault},times=all")))
        began = quiet.clock.monotonic()

        heard = await quiet.deploy()

        assert heard.finished.result.value == "verified", heard.why()
        assert armed.fired >= at_least
        assert quiet.clock.monotonic() - began < 3 * BUILD_SECONDS
        assert sorted(row.status for row in quiet.rows(Deployment)) == ["SUCCESS"] * 3
