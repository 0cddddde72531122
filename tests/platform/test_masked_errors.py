"""A platform that repeats what it was sent must not make an error tell a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.engine import Engine
from tests.support.manual_clock import ManualClock
from tests.support.memory_platform import MemoryPlatform
from tests.support.quiet_project import PLAN, write
from wizard.errors import FailedError
from wizard.event_json import to_line
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.platform.handles import Group, Handle
from wizard.secrets import MASK, Secret


@dataclass
class Quoting:
    """Services that refuse variables and quote them."""

    own: Any
    quoted: str = ""

    async def set_variables(self, _group: Group, _service: Handle, values: Mapping[str, str | Secret]) -> None:
        self.quoted = next((value.reveal() for value in values.values() if isinstance(value, Secret)), "nothing")
        raise FailedError("railway.bad-input", operation="x", message=f"got invalid value {self.quoted}", trace="-")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)


async def test_a_refusal_that_quotes_a_secret(tmp_path: Path) -> None:
    write(tmp_path / "app", PLAN.partition("[services.worker]")[0])
    async with ManualClock() as clock:
        platform = MemoryPlatform(clock)
        services = Quoting(platform.services)
        platform.services = services  # type: ignore[assignment]
        engine = Engine(platform, tmp_path / "app", tmp_path / "state", clock)
        heard = await engine.execute(Scope(phases=frozenset({Phase.PROJECT, Phase.VARIABLES})))
    assert len(services.quoted) > 20
    [error] = heard.errors
    assert error.what.params["message"] == f"got invalid value {MASK}"
    assert [line for line in map(to_line, heard.stamped) if services.quoted in line] == []
