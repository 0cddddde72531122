"""When a running service is what the plan wants, when it is not, and when nobody can tell."""

from __future__ import annotations

from tests.support.quiet_project import QuietProject
from wizard.events import ChangePlanned, PhaseChanged, Status
from wizard.phases.run import Scope
from wizard.phases.staleness import Judgement, judge
from wizard.phases.step import Phase
from wizard.standin.state.rows import Variable


async def deployed(quiet: QuietProject) -> None:
    heard = await quiet.deploy()
    assert heard.finished.result.value == "verified", heard.why()


async def judged(quiet: QuietProject, service: str) -> Judgement:
    await quiet.settle()
    async with quiet.session() as run:
        return await judge(run, service)


def ids(judgement: Judgement) -> tuple[list[str], list[str]]:
    return [one.id for one in judgement.stale], [one.id for one in judgement.unknown]


async def test_what_was_just_deployed_is_current(quiet: QuietProject) -> None:
    await deployed(quiet)
    assert await judged(quiet, "backend") == await judged(quiet, "worker") == Judgement()


async def test_what_was_never_deployed_is_stale(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    assert ids(await judged(quiet, "worker")) == (["phases.stale-never"], [])


async def test_other_code_is_stale_for_the_service_it_belongs_to(quiet: QuietProject) -> None:
    await deployed(quiet)
    quiet.application.write("worker/main.py", "print('else')\n")

    assert ids(await judged(quiet, "worker")) == (["phases.stale-revision"], [])
    assert await judged(quiet, "backend") == Judgement()


async def test_settings_are_judged_by_what_the_deployment_was_made_with(quiet: QuietProject) -> None:
    await deployed(quiet)
    await quiet.change(quiet.instance("worker"), start_command="python other.py")
    quiet.application.edit("wizard.toml", 'root = "worker"\n', 'root = "worker"\nstart_command = "python other.py"\n')

    judgement = await judged(quiet, "worker")

    assert ids(judgement) == (["phases.stale-settings"], [])
    assert judgement.stale[0].params["settings"] == "start_command"


async def test_variables_are_judged_by_those_frozen_into_the_deployment(quiet: QuietProject) -> None:
    await deployed(quiet)
    [queue] = quiet.rows(Variable, name="QUEUE")
    await quiet.change(queue, value="mail")

    judgement = await judged(quiet, "worker")

    assert ids(judgement) == (["phases.stale-variables"], [])
    assert judgement.stale[0].params["names"] == "QUEUE"
    assert "mail" not in repr(judgement)


async def test_a_changed_output_makes_its_reader_stale(quiet: QuietProject) -> None:
    await deployed(quiet)
    [url] = quiet.rows(Variable, name="DATABASE_URL", service_id=quiet.service("postgres").id)
    await quiet.change(url, value="postgresql://moved:5432/app")
    assert ids(await judged(quiet, "backend")) == (["phases.stale-variables"], [])


async def test_a_crashed_deployment_is_deployed_again(quiet: QuietProject) -> None:
    await deployed(quiet)
    [crashed] = quiet.deployments("worker")
    await quiet.change(crashed, status="CRASHED")
    judgement = await judged(quiet, "worker")

    heard = await quiet.deploy()

    assert ids(judgement)[0] in (["phases.stale-status"], ["phases.stale-never"])
    assert heard.finished.result.value == "verified", heard.why()
    assert quiet.deployments("worker")[0].status == "SUCCESS"
    assert len(quiet.deployments("backend")) == 1


async def test_an_upload_that_says_nothing_of_itself_is_unknown_until_it_is_deployed(quiet: QuietProject) -> None:
    await deployed(quiet)
    [worker] = quiet.deployments("worker")
    await quiet.change(worker, meta={**worker.meta, "commitMessage": "by hand"})
    judgement = await judged(quiet, "worker")

    looked = await quiet.deploy(Phase.VARIABLES)
    looked_again = await quiet.deploy(Phase.PROJECT)
    after = await quiet.deploy()

    assert ids(judgement) == ([], ["phases.unknown-revision"])
    assert looked.phases["deploy"] == looked_again.phases["deploy"] == "unknown"
    assert "verify" not in looked.phases
    assert after.phases["deploy"] == "done"
    assert await judged(quiet, "worker") == Judgement()


async def test_what_is_stale_makes_the_proof_stale(quiet: QuietProject) -> None:
    await deployed(quiet)
    quiet.application.edit("wizard.toml", 'QUEUE = "jobs"', 'QUEUE = "mail"')

    heard = await quiet.deploy(Phase.VARIABLES)

    ended = {one.phase: one.status for one in heard.of(PhaseChanged)}
    assert (ended["deploy"], ended["verify"]) == (Status.STALE, Status.STALE)
    assert heard.finished.result.value == "applied"


async def test_a_dry_run_names_the_deployment_of_what_is_stale(quiet: QuietProject) -> None:
    await deployed(quiet)
    quiet.application.write("worker/main.py", "print('else')\n")
    since = quiet.since()

    heard = await quiet.deploy(scope=Scope(apply=False))

    planned = [one.change for one in heard.of(ChangePlanned)]
    assert [(one.resource, one.field) for one in planned] == [("worker", "deployment")]
    assert since.writes == []
