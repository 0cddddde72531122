"""A project with several environments: a service is the project's, so what a run does there reaches all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.quiet_project import PLAN, QuietProject, quiet_project
from wizard.errors import ExitCode, RefusedError
from wizard.events import Finding, Result, Severity
from wizard.operations.teardown import TeardownPlan, refuse_shared, tear_down
from wizard.phases.step import Phase
from wizard.platform.handles import Handle, Kind
from wizard.standin.state.rows import Deployment, Environment, Project, Service, ServiceInstance

READ_LAG = 2.0
UNTIL_DEPLOYED = (Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)


async def another_environment(project: QuietProject, name: str, *, copied: bool) -> Environment:
    """Make an environment as a person does in the dashboard: empty, or with all that runs in production."""
    railway = project.standin.gateway.railway
    [own] = project.rows(Project)
    made = railway.store.put(Environment(**railway.cloud.stamp(), project_id=own.id, name=name))
    for kind in (ServiceInstance, Deployment) if copied else ():
        for row in project.rows(kind):
            railway.store.put(replace(row, **railway.cloud.stamp(), environment_id=made.id))
    await project.clock.sleep(READ_LAG)
    return made


async def test_a_second_environment_is_refused_before_anything_is_made(quiet: QuietProject) -> None:
    assert (await quiet.deploy(*UNTIL_DEPLOYED)).finished.result is Result.APPLIED
    plan = PLAN.replace('environment = "production"', 'environment = "staging"')
    (quiet.application.folder / "wizard.toml").write_text(plan, "utf-8")
    since = quiet.since()
    heard = await quiet.deploy(*UNTIL_DEPLOYED)
    assert heard.finished.exit_code == ExitCode.PREFLIGHT
    [finding] = [one for one in heard.of(Finding) if one.severity is Severity.ERROR]
    assert finding.rule == "taken-elsewhere"
    assert finding.text.params == {"services": "backend, postgres, worker", "environment": "production"}
    assert since.writes == []
    assert [row.name for row in quiet.rows(Environment)] == ["production"]


async def test_other_environments_are_named_before_a_service_is_made_in_them_too(tmp_path: Path) -> None:
    smaller = PLAN.partition("[services.worker]")[0]
    async with quiet_project(tmp_path, smaller) as project:
        await project.deploy(*UNTIL_DEPLOYED)
        await another_environment(project, "preview", copied=False)
        assert [one.rule for one in (await project.deploy(Phase.PROJECT)).of(Finding)].count("other-environments") == 0
        (project.application.folder / "wizard.toml").write_text(PLAN, "utf-8")
        heard = await project.deploy(Phase.PROJECT)
        assert heard.finished.result is Result.APPLIED, heard.why()
        [finding] = [one for one in heard.of(Finding) if one.rule == "other-environments"]
        assert (finding.severity, finding.text.params) == (Severity.WARNING, {"environments": "preview"})


@pytest.mark.parametrize("copied", [True, False], ids=["running-there", "empty-there"])
async def test_teardown_leaves_what_another_environment_runs(quiet: QuietProject, *, copied: bool) -> None:
    await quiet.deploy(*UNTIL_DEPLOYED)
    await another_environment(quiet, "staging", copied=copied)
    async with quiet.session() as run:
        worker = Handle("railway", Kind.SERVICE, quiet.service("worker").id, "worker")
        plan = TeardownPlan(run.world.located.project, whole=False, resources=(worker,))
        if copied:
            with pytest.raises(RefusedError) as refused:
                await refuse_shared(run, plan)
            assert refused.value.params == {"environments": "staging: worker"}
        else:
            await refuse_shared(run, plan)
            await tear_down(run, plan)
    assert ("worker" in [row.name for row in quiet.rows(Service)]) is copied
