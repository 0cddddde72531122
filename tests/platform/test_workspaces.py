"""A credential of several workspaces: somebody has to say which, for readings as for deployments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.engine import Engine
from tests.support.manual_clock import ManualClock
from tests.support.memory_platform import MemoryPlatform
from tests.support.quiet_project import PLAN, write
from tests.support.runs import Heard
from wizard.errors import ExitCode, NeedsInputError
from wizard.phases.runner import observe
from wizard.platform.states import Account


@dataclass
class InTwo:
    """Credentials that see a second workspace too."""

    own: Any

    async def verify(self) -> Account:
        account: Account = await self.own.verify()
        return replace(account, workspaces=(*account.workspaces, ("w2", "Second")))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)


async def test_nobody_says_which_workspace(tmp_path: Path) -> None:
    write(tmp_path / "app", PLAN)
    async with ManualClock() as clock:
        platform = MemoryPlatform(clock)
        platform.credentials = InTwo(platform.credentials)  # type: ignore[assignment]
        engine = Engine(platform, tmp_path / "app", tmp_path / "state", clock)
        heard = await engine.execute()
        assert heard.finished.exit_code == ExitCode.NEEDS_INPUT, heard.why()
        assert platform.mutations == 0
        async with engine.opened(Heard()) as run:
            with pytest.raises(NeedsInputError) as refused:
                await observe(run)
        assert refused.value.params == {"ids": "workspace (RAILWIZARD_ANSWER_WORKSPACE)"}
        async with engine.opened(Heard(), answers={"workspace": "Second"}) as run:
            await observe(run)
            assert run.world.workspace is not None
