"""The status page: what was seen, how long ago, what is in the way; a key looks at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.support.screens import ScriptedEngine, application, text_of, until
from wizard.errors import PlatformError
from wizard.operations.status import ServiceLine, StatusReport
from wizard.operations.watch import Look


def report(status: str, ago: int = 0) -> StatusReport:
    at = datetime.now(UTC) - timedelta(seconds=ago)
    lines = (
        ServiceLine(
            "backend", "service", status, "failed", "abc1234", "http://backend.localhost:1", at - timedelta(hours=3)
        ),
        ServiceLine("postgres", "database", "live", "", "", "", at - timedelta(days=2)),
    )
    return StatusReport("shop", "production", "p", "e", at, 0, lines)


async def test_every_look_is_shown_with_its_age_and_its_trouble() -> None:
    old = report("crashed", ago=600)
    looks = [
        Look(report("live")),
        Look(report("crashed")),
        Look(old, PlatformError("railway.unavailable", operation="ProjectById", reason="timeout")),
    ]
    app = application(ScriptedEngine(looks=looks), start="status")
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: "✓ live" in text_of(app) and "3 h ago" in text_of(app))
        assert "shop · production · seen" in text_of(app)
        await pilot.press("y")
        await pilot.press("r")
        await until(pilot, lambda: "✗ crashed" in text_of(app))
        await pilot.press("r")
        await until(pilot, lambda: "seen 10 min ago ·" in text_of(app))
        await pilot.press("f2")
        await until(pilot, lambda: "10분 전 확인" in text_of(app))
    assert app.clipboard == "http://backend.localhost:1"
