"""Where an answer that shapes the deployment is kept, and what an endpoint of the environment replaces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.quiet_project import PLAN, QuietProject, quiet_project
from tests.support.runs import Heard, asker
from wizard.compose import deploy, rehearse
from wizard.events import Result
from wizard.options import ENDPOINT_VARIABLE, Faces, Options, load_plan
from wizard.phases.run import Scope
from wizard.phases.step import Phase
from wizard.plan.loader import load

STAGING = PLAN + '\n[environments.staging.services.worker.variables]\nMODE = "careful"\n'
REHEARSED = PLAN + '\n[profiles.rehearsal.services.worker.variables]\nQUEUE = "none"\n'
WRITING = Scope(phases=frozenset({Phase.PROJECT, Phase.VARIABLES}))


async def answered(project: QuietProject, environment: str | None) -> Heard:
    options = replace(project.client.options(project.application, WRITING), environment=environment)
    heard = Heard()
    faces = Faces(listeners=(heard,), asker=asker({"variable.worker.QUEUE": "typed"}))
    await deploy(options, faces, project.clock)
    assert heard.finished.result is Result.APPLIED, heard.why()
    return heard


async def test_an_answer_for_one_environment_stays_out_of_the_others(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, STAGING) as project:
        await answered(project, "staging")
        plan = load(project.application.folder / "wizard.toml")
    assert plan.services["worker"].variables["QUEUE"] == "jobs"
    assert plan.environments["staging"].services == {
        "worker": {"variables": {"MODE": "careful", "QUEUE": "typed"}},
    }


async def test_an_answer_for_the_plans_own_environment_goes_into_the_plan(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, STAGING) as project:
        await answered(project, None)
        assert load(project.application.folder / "wizard.toml").services["worker"].variables["QUEUE"] == "typed"


async def test_a_rehearsal_takes_its_overlay_whatever_endpoint_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Options] = []

    def stopped(options: Options) -> object:
        seen.append(options)
        raise InterruptedError

    monkeypatch.setattr("wizard.compose.load_plan", stopped)
    (tmp_path / "wizard.toml").write_text(REHEARSED, "utf-8")
    elsewhere = {ENDPOINT_VARIABLE: "http://127.0.0.1:9", "RAILWIZARD_STATE": str(tmp_path / "state")}
    options = Options(folder=tmp_path, command="rehearse", variables=elsewhere)
    with pytest.raises(InterruptedError):
        await rehearse(options, Faces(listeners=(Heard(),), asker=asker()))
    plan, overlay = load_plan(seen[0])
    assert plan.services["worker"].variables["QUEUE"] == "none"
    assert [entry.path for entry in overlay] == ["services.worker.variables.QUEUE"]
    assert load_plan(replace(options, target="rehearsal"))[1] == ()
