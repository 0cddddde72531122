"""The end of an environment: a project of ours is scheduled and can be taken back, in another's only ours goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starlette.responses import JSONResponse, Response

from tests.support.quiet_project import KEY, QuietProject
from tests.support.standin_api import Api
from wizard.errors import FailedError, RefusedError
from wizard.operations.teardown import check_confirmation, plan_teardown, tear_down, undo
from wizard.phases.lease_line import Holder, with_line
from wizard.phases.step import Phase
from wizard.platform.handles import Handle
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.state.rows import Project, Service, Volume

VOLUME = 'root = "worker"\nvolumes = [{ path = "/data" }]\n'


async def torn_down(quiet: QuietProject) -> Handle:
    async with quiet.session() as run:
        plan = plan_teardown(run)
        await tear_down(run, plan)
        return plan.project


async def test_a_project_of_ours_is_scheduled_as_a_whole(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    async with quiet.session() as run:
        plan = plan_teardown(run)
    since = quiet.since()

    await torn_down(quiet)

    assert (plan.whole, plan.resources) == (True, ())
    assert since.writes == ["ScheduleProjectDelete"]
    [project] = quiet.rows(Project)
    assert project.deleted_at is not None
    assert len(quiet.rows(Service)) == 3, "everything is still there for the grace period"
    async with quiet.session() as run:
        assert run.world.project is None


async def test_it_can_be_taken_back(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    project = await torn_down(quiet)

    async with quiet.session() as run:
        await undo(run, project)

    again = await quiet.deploy(Phase.PROJECT)
    assert again.phases["project"] == "unchanged", again.why()
    assert len(quiet.rows(Project)) == 1


async def test_in_a_project_of_somebody_else_only_what_we_made_goes(quiet: QuietProject) -> None:
    quiet.application.edit("wizard.toml", 'root = "worker"\n', VOLUME)
    async with Api(quiet.standin) as api:
        theirs, _ = await api.project("quiet")
        other = await api.service(theirs, "blog")
        worker = await api.service(theirs, "worker")
    await quiet.settle()
    await quiet.deploy(Phase.PROJECT, answers={"project.adopt": "adopt"})
    volumes = len(quiet.rows(Volume))
    since = quiet.since()

    async with quiet.session() as run:
        plan = plan_teardown(run)
        await tear_down(run, plan)
        left = run.journal.resources()

    assert not plan.whole
    assert sorted((one.kind.value, one.name) for one in plan.resources if one.kind.value != "volume") == [
        ("database", "postgres"),
        ("service", "backend"),
    ]
    assert {row.id for row in quiet.rows(Service)} == {other, worker}
    assert "ScheduleProjectDelete" not in since.writes
    assert quiet.rows(Project)[0].deleted_at is None
    assert volumes == 2
    assert plan.resources
    assert set(plan.resources).isdisjoint(left)


async def test_what_is_gone_already_counts_as_done(quiet: QuietProject) -> None:
    async with Api(quiet.standin) as api:
        theirs, _ = await api.project("quiet")
    await quiet.settle()
    await quiet.deploy(Phase.PROJECT, answers={"project.adopt": "adopt"})
    async with quiet.session() as run:
        plan = plan_teardown(run)
        worker = next(one for one in plan.resources if one.name == "worker")
        await run.platform.services.delete(run.world.located, worker)
        await quiet.settle()
        run.world.wrote()

        await tear_down(run, plan)

    assert quiet.rows(Service, project_id=theirs) == []


async def test_without_records_of_ours_nothing_is_touched(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    for journal in quiet.client.journals():
        journal.unlink()
    since = quiet.since()

    async with quiet.session() as run:
        with pytest.raises(RefusedError) as refused:
            plan_teardown(run)

    assert refused.value.code == "operations.nothing-ours"
    assert since.writes == []


async def test_without_a_project_there_is_nothing_to_end(quiet: QuietProject) -> None:
    async with quiet.session() as run:
        with pytest.raises(FailedError) as failed:
            plan_teardown(run)
    assert failed.value.code == "phases.no-project"


async def test_the_name_must_be_typed_exactly(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    async with quiet.session() as run:
        plan = plan_teardown(run)
    with pytest.raises(RefusedError) as refused:
        check_confirmation(plan, "Quiet")
    check_confirmation(plan, "quiet")
    assert refused.value.code == "operations.not-confirmed"


async def test_a_deletion_that_nobody_sees_is_an_error(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    quiet.standin.gateway.hooks.append(_nod)
    async with quiet.session() as run:
        plan = plan_teardown(run)
        with pytest.raises(FailedError) as failed:
            await tear_down(run, plan)
    assert failed.value.code == "operations.not-seen"


async def _nod(operation: Operation, proceed: Next) -> Response:
    """Say yes to a deletion and forget it."""
    if operation.name == "ScheduleProjectDelete":
        return JSONResponse({"data": {"projectScheduleDelete": True}})
    return await proceed()


async def test_nothing_goes_while_another_machine_works_on_the_project(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    await quiet.settle()
    [project] = quiet.rows(Project)
    now = quiet.clock.now()
    theirs = Holder("run-9", "production", "elsewhere", "build7", "Jane Doe", now, now + timedelta(seconds=300))
    await quiet.change(project, description=with_line(project.description, KEY, theirs.line(KEY)))
    since = quiet.since()

    with pytest.raises(RefusedError) as refused:
        await torn_down(quiet)

    assert (refused.value.code, refused.value.params["who"]) == ("lease.held", "Jane Doe")
    assert since.writes == []
