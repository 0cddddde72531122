"""The screens' engine against a local platform: it looks without touching, takes a token, and finds the last run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from screens.run_view import RunView
from tests.support.quiet_project import quiet_project
from tests.support.runs import Heard, asker
from wizard.cli.engine import ComposedEngine
from wizard.errors import CredentialError
from wizard.events import Result
from wizard.phases.step import Phase
from wizard.secrets import Secret


async def test_a_token_that_is_kept_nowhere_lets_the_engine_look_and_the_look_is_found_again(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        given = project.client.options(project.application)
        token = given.variables["RAILWIZARD_TOKEN"]
        bare = {name: value for name, value in given.variables.items() if name != "RAILWIZARD_TOKEN"}
        options = replace(given, variables=bare)
        engine = ComposedEngine(options.folder, bare, project.clock, options)
        assert await engine.last_run() == ()
        with pytest.raises(CredentialError):
            await engine.plan(frozenset(Phase), [], asker())
        with pytest.raises(CredentialError):
            await engine.sign_in(Secret("wrong"), keep=False)
        assert await engine.sign_in(Secret(token), keep=False)
        since = project.since()
        finished = await engine.plan(frozenset(Phase), [Heard()], asker())
        assert finished.result is Result.PLANNED
        assert since.writes == []
        view = RunView.of_the_past(await engine.last_run())
    assert view.finished == finished
    assert view.phases["project"].planned
    assert token not in repr(engine)
