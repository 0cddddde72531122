"""Exactly once: lost answers, killed runs, projects of the same name, environments that are there or not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from starlette.responses import JSONResponse, Response

from tests.support.quiet_project import KEY, QuietProject
from tests.support.standin_api import Api
from wizard.events import Note, TargetNamed
from wizard.journal import Journal, mark
from wizard.phases.step import Phase
from wizard.platform.handles import Kind
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.state.rows import Environment, Project, Service

CREATES = {
    "CreateProject": Project,
    "CreateService": Service,
    "DeployTemplate": Service,
}


@dataclass
class Unlucky:
    """Loses the answers of an operation: to every request, or to the first; applied or not."""

    operation: str
    applied: bool
    times: int = 99
    refusal: str = ""
    seen: list[str] = field(default_factory=list)

    async def __call__(self, operation: Operation, proceed: Next) -> Response:
        if operation.name != self.operation or self.times <= 0:
            return await proceed()
        self.times -= 1
        self.seen.append(operation.name)
        if self.refusal:
            return JSONResponse({"errors": [{"message": self.refusal}], "data": None})
        if self.applied:
            await proceed()
        return Response("gateway time-out", 504)


def unlucky(quiet: QuietProject, operation: str, *, applied: bool, times: int = 99, refusal: str = "") -> Unlucky:
    hook = Unlucky(operation, applied, times, refusal)
    quiet.standin.gateway.hooks.append(hook)
    return hook


def journal(quiet: QuietProject) -> Journal:
    [path] = quiet.client.journals()
    return Journal(path, quiet.clock)


def open_intents(quiet: QuietProject) -> list[str]:
    opened = journal(quiet)
    try:
        return [mutation for _, mutation in opened.open_intents()]
    finally:
        opened.close()


def made(quiet: QuietProject) -> set[tuple[Kind, str]]:
    opened = journal(quiet)
    try:
        return {(one.kind, one.name) for one in opened.resources()}
    finally:
        opened.close()


@pytest.mark.parametrize("operation", CREATES)
@pytest.mark.parametrize("applied", [True, False], ids=["applied", "never applied"])
async def test_a_lost_answer_is_looked_up_and_nothing_is_made_twice(
    quiet: QuietProject, operation: str, *, applied: bool
) -> None:
    lost = unlucky(quiet, operation, applied=applied, times=1)

    heard = await quiet.deploy(Phase.PROJECT)

    assert heard.finished.exit_code == 0, heard.why()
    assert lost.seen == [operation]
    assert sorted(one.name for one in quiet.rows(Service)) == ["backend", "postgres", "worker"]
    assert len(quiet.rows(Project)) == 1
    assert open_intents(quiet) == []


@pytest.mark.parametrize("operation", ["UpdateServiceInstance", "UpsertVariables"])
async def test_a_write_whose_answer_is_lost_is_read_back(quiet: QuietProject, operation: str) -> None:
    lost = unlucky(quiet, operation, applied=True, times=1)

    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)

    assert heard.finished.exit_code == 0, heard.why()
    assert lost.seen == [operation]
    assert [note.text.id for note in heard.of(Note)] == ["phases.answer-lost"]


async def test_variables_that_never_arrived_are_sent_again(quiet: QuietProject) -> None:
    lost = unlucky(quiet, "UpsertVariables", applied=False, times=1)

    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)

    assert heard.finished.exit_code == 0, heard.why()
    assert lost.seen == ["UpsertVariables"]


async def test_variables_that_never_arrive_are_an_error_and_the_next_run_sets_them(quiet: QuietProject) -> None:
    unlucky(quiet, "UpsertVariables", applied=False)

    heard = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)

    assert heard.finished.exit_code == 1
    assert {error.code for error in heard.errors} == {"phases.write-lost"}
    quiet.standin.gateway.hooks.clear()
    again = await quiet.deploy(Phase.PROJECT, Phase.VARIABLES)
    assert again.finished.exit_code == 0, again.why()


async def test_what_stays_absent_is_an_error_after_two_requests(quiet: QuietProject) -> None:
    lost = unlucky(quiet, "CreateProject", applied=False)

    heard = await quiet.deploy(Phase.PROJECT)

    assert (heard.finished.result.value, heard.finished.exit_code) == ("failed", 1)
    assert heard.errors[0].code == "phases.create-lost"
    assert len(lost.seen) == 2
    assert quiet.rows(Project) == []


async def test_an_answer_that_is_lost_twice_is_still_found(quiet: QuietProject) -> None:
    """The first request never arrived, the second one did; neither was answered."""
    unlucky(quiet, "CreateService", applied=True, times=2)
    unlucky(quiet, "CreateService", applied=False, times=1)

    heard = await quiet.deploy(Phase.PROJECT)

    assert heard.finished.exit_code == 0, heard.why()
    assert sorted(one.name for one in quiet.rows(Service)) == ["backend", "postgres", "worker"]


async def test_a_refusal_leaves_nothing_to_look_for(quiet: QuietProject) -> None:
    unlucky(quiet, "CreateService", applied=False, refusal="Free plan resource provision limit exceeded")
    refused = await quiet.deploy(Phase.PROJECT)
    quiet.standin.gateway.hooks.clear()
    began = quiet.clock.monotonic()

    heard = await quiet.deploy(Phase.PROJECT)

    assert refused.finished.exit_code == 1
    assert heard.finished.exit_code == 0, heard.why()
    assert quiet.clock.monotonic() - began < 30


async def test_an_open_intent_of_a_killed_run_is_looked_up_before_anything_is_made(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PREFLIGHT)
    opened = journal(quiet)
    with opened.intent(mark(KEY, "production", "project quiet"), "projectCreate"):
        opened.close()
    since = quiet.since()

    heard = await quiet.deploy(Phase.PROJECT)

    assert heard.finished.exit_code == 0, heard.why()
    assert len(since.named("projectCreate")) == 1
    assert quiet.clock.monotonic() >= 60, "it looked for as long as a read may lag"
    assert open_intents(quiet) == []


async def test_what_a_killed_run_made_counts_as_ours(quiet: QuietProject) -> None:
    """The answers never came home, the next run finds everything: teardown must know what is ours."""
    await quiet.deploy(Phase.PROJECT)
    names = {
        "project quiet": "projectCreate",
        "database postgres": "templateDeployV2",
        "service worker": "serviceCreate",
    }
    opened = journal(quiet)
    for handle in opened.resources():
        opened.forget(handle)
    for name, mutation in names.items():
        with opened.intent(mark(KEY, "production", name), mutation):
            pass
    opened.close()
    since = quiet.since()

    heard = await quiet.deploy(Phase.PROJECT)

    assert heard.finished.exit_code == 0, heard.why()
    assert since.writes == []
    assert open_intents(quiet) == []
    assert made(quiet) == {(Kind.PROJECT, "quiet"), (Kind.DATABASE, "postgres"), (Kind.SERVICE, "worker")}


async def test_a_namesake_is_adopted_only_by_a_named_answer(quiet: QuietProject) -> None:
    async with Api(quiet.standin) as api:
        theirs, _ = await api.project("quiet")
    await quiet.settle()
    since = quiet.since()

    unanswered = await quiet.deploy()
    untouched = since.writes
    adopted = await quiet.deploy(Phase.PROJECT, answers={"project.adopt": "adopt"})

    assert unanswered.finished.exit_code == 3
    assert "project.adopt" in str(unanswered.errors[-1].what.params["ids"])
    assert untouched == []
    assert adopted.finished.exit_code == 0, adopted.why()
    [project] = quiet.rows(Project)
    assert (project.id, f"railwizard:{KEY}" in project.description) == (theirs, True)
    assert adopted.of(TargetNamed)[-1].project_id == theirs
    assert (Kind.PROJECT, "quiet") not in made(quiet)


async def test_an_adopted_project_keeps_its_description(quiet: QuietProject) -> None:
    async with Api(quiet.standin) as api:
        theirs, _ = await api.project("quiet")
    [row] = quiet.rows(Project)
    await quiet.change(row, description="The shop of the harbour")

    await quiet.deploy(Phase.PROJECT, answers={"project.adopt": "adopt"})
    again = await quiet.deploy(Phase.PROJECT)

    [project] = quiet.rows(Project)
    assert project.id == theirs
    assert project.description.splitlines() == ["The shop of the harbour", f"railwizard:{KEY}"]
    assert again.phases["project"] == "unchanged", again.why()


async def test_beside_a_namesake_another_project_can_be_made(quiet: QuietProject) -> None:
    async with Api(quiet.standin) as api:
        theirs, _ = await api.project("quiet")
    await quiet.settle()

    heard = await quiet.deploy(Phase.PROJECT, answers={"project.adopt": "new"})

    assert heard.finished.exit_code == 0, heard.why()
    assert len(quiet.rows(Project)) == 2
    assert {one.project_id for one in quiet.rows(Service)}.isdisjoint({theirs})


async def test_two_projects_with_our_mark_are_refused(quiet: QuietProject) -> None:
    async with Api(quiet.standin) as api:
        ids = [(await api.project(name))[0] for name in ("one", "two")]
    for row in quiet.rows(Project):
        await quiet.change(row, description=f"railwizard:{KEY}")
    since = quiet.since()

    heard = await quiet.deploy()

    assert (heard.finished.exit_code, heard.errors[0].code) == (1, "phases.marked-twice")
    assert all(id_ in str(heard.errors[0].what.params["ids"]) for id_ in ids)
    assert since.writes == []


async def test_a_missing_environment_is_made_in_the_project_that_is_there(quiet: QuietProject) -> None:
    async with Api(quiet.standin) as api:
        theirs, _ = await api.project("quiet")
    await quiet.settle()
    quiet.application.edit("wizard.toml", 'environment = "production"', 'environment = "staging"')
    since = quiet.since()

    heard = await quiet.deploy(Phase.PROJECT, answers={"project.adopt": "adopt"})

    assert heard.finished.exit_code == 0, heard.why()
    assert len(since.named("environmentCreate")) == 1
    assert since.named("projectCreate") == []
    assert {(one.name, one.project_id) for one in quiet.rows(Environment)} == {
        ("production", theirs),
        ("staging", theirs),
    }
    assert heard.of(TargetNamed)[-1].environment == "staging"


async def test_an_environment_is_found_whatever_its_letters_case(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    [environment] = quiet.rows(Environment)
    await quiet.change(environment, name="Production")
    since = quiet.since()

    heard = await quiet.deploy(Phase.PROJECT)

    assert heard.finished.exit_code == 0, heard.why()
    assert since.writes == []


async def test_two_environments_that_differ_in_case_alone_are_refused(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    quiet.application.edit("wizard.toml", 'environment = "production"', 'environment = "staging"')
    railway, [first] = quiet.standin.gateway.railway, quiet.rows(Environment, name="production")
    railway.store.put(replace(first, **railway.cloud.stamp(), name="staging"))
    await quiet.change(first, name="Staging")
    since = quiet.since()

    heard = await quiet.deploy(Phase.PROJECT)

    assert (heard.finished.exit_code, heard.errors[0].code) == (2, "phases.ambiguous-environment")
    assert since.writes == []


async def test_a_scheduled_project_is_gone_and_another_is_made(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    async with quiet.session() as run:
        await run.platform.groups.schedule_delete(run.world.located.project)
    await quiet.settle()

    heard = await quiet.deploy(Phase.PROJECT)

    assert heard.finished.exit_code == 0, heard.why()
    assert len(quiet.rows(Project)) == 2
