"""Small parts of the API: log filters, masking, budgets per second."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.manual_clock import ManualClock
from wizard.standin.api.budget import Budget
from wizard.standin.api.log_filter import Searched, compile_filter
from wizard.standin.api.masking import masked
from wizard.standin.settings import Settings
from wizard.standin.state.logs import Log, LogBook


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("refused", True),
        ("REFUSED database", True),
        ('"connection refused"', True),
        ('"refused connection"', False),
        ("@level:error", True),
        ("@level:info", False),
        ("-refused", False),
        ("nothing OR refused", True),
        ("refused AND -nothing @level:error", True),
        ("@status:500", False),
        ("@status:503", True),
        ("@status:>=500", True),
        ("@status:>503", False),
        ("@status:<=502", False),
        ("@status:500..599", True),
        ("@status:504..599", False),
        ("@tags[1]:db", True),
        ('@user.name:"kim"', True),
        ("@missing:>1", False),
        ("-@status:503", False),
        ("(@status:500 OR @status:503) AND refused", True),
        ("-(refused OR nothing)", False),
        ("nothing OR (refused -(@level:info))", True),
        ("(refused", True),
    ],
)
def test_log_filter(text: str, expected: bool) -> None:  # noqa: FBT001
    attributes = (("status", "503"), ("tags[1]", "db"), ("user.name", "kim"))
    line = Log("2026-01-01T00:00:00.000000001Z", "database: connection refused", "error", "d", attributes)
    held = {"level": line.severity, **dict(line.attributes)}
    how: Searched[Log] = Searched(lambda one: one.message, lambda _one, name: held.get(name))
    assert compile_filter(text, how)(line) is expected


@pytest.mark.parametrize(
    "variables",
    [
        {"input": {"variables": {"A": "secret"}, "name": "kept"}},
        {"input": {"value": "secret", "name": "kept"}},
        {"patch": {"services": {"id": {"variables": {"A": {"value": "secret"}}}}}, "name": "kept"},
        {"config": {"services": {"id": {"variables": {"A": {"defaultValue": "secret"}}}}}, "name": "kept"},
        {"input": {"registryCredentials": {"username": "kept", "password": "secret"}}},
        {"sharedVariables": {"A": {"value": "secret"}}, "list": ["kept"]},
        {"channelConfigs": [{"url": "kept", "headers": {"Authorization": "secret"}}]},
    ],
)
def test_masking_keeps_names_and_hides_values(variables: dict[str, Any]) -> None:
    shown = str(masked(variables))
    assert "secret" not in shown.replace("sharedVariables", "")
    assert "kept" in shown


async def test_a_rate_per_second_is_enforced_only_where_asked() -> None:
    async with ManualClock() as clock:
        strict = Budget(Settings(enforce_requests_per_second=True), clock)
        spent = [strict.spend("token").retry_after for _ in range(11)]
        assert spent == [None] * 10 + [1]
        assert strict.spend("other").retry_after is None
        await clock.sleep(1)
        assert strict.spend("token").retry_after is None
        lax = Budget(Settings(), clock)
        assert {lax.spend("token").retry_after for _ in range(50)} == {None}


async def test_timestamps_of_logs_never_repeat_even_while_the_clock_stands(tmp_path: Path) -> None:
    async with ManualClock() as clock:
        book = LogBook(tmp_path, clock)
        for _ in range(5):
            book.write("d", "deploy", "same")
        lines = book.read(["d"], "deploy")
        assert len({line.timestamp for line in lines}) == 5
        assert LogBook(tmp_path, clock).read(["d"], "deploy") == lines
