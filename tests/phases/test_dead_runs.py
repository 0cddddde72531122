"""What a run that died had asked for a moment ago: it is waited for, and nothing is asked twice."""

from __future__ import annotations

from pathlib import Path

from tests.support.quiet_project import KEY, QuietProject, quiet_project
from wizard.journal import Journal, mark
from wizard.phases.step import Phase
from wizard.standin.state.rows import VolumeInstance

UNTIL_DEPLOYED = (Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)
READ_LAG = 20.0
SIZED = 'root = "worker"\nvolumes = [{ path = "/data", size_mb = 400 }]\n'


def announce(project: QuietProject, name: str, mutation: str, before: str | None = None) -> None:
    """Leave an intent open, as a run does that dies with it."""
    [path] = project.client.journals()
    journal = Journal(path, project.clock)
    with journal.intent(mark(KEY, "production", name), mutation, before):
        journal.close()


async def test_an_upload_that_cannot_be_seen_yet_is_waited_for(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, read_lag=READ_LAG) as project:
        await project.deploy(*UNTIL_DEPLOYED)
        await project.clock.sleep(READ_LAG)
        project.application.write("worker/main.py", "print('second')\n")
        [first] = project.deployments("worker")
        announce(project, "deployment worker", "upload", first.id)
        async with project.session() as run:
            service = (await run.world.state()).services["worker"]
            revision = run.repository.revision("worker")
            assert revision is not None
            entries = run.repository.upload_entries("worker")
            await run.platform.deployments.upload(run.world.located, service.handle, entries, revision.message)

        heard = await project.deploy(*UNTIL_DEPLOYED)

        assert heard.finished.exit_code == 0, heard.why()
        assert len(project.deployments("worker")) == 2
        assert project.deployments("worker")[0].status == "SUCCESS"


async def test_an_upload_that_never_arrived_is_made_after_a_while(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        await project.deploy(*UNTIL_DEPLOYED)
        await project.settle()
        project.application.write("worker/main.py", "print('second')\n")
        announce(project, "deployment worker", "upload", project.deployments("worker")[0].id)
        began = project.clock.monotonic()

        heard = await project.deploy(*UNTIL_DEPLOYED)

        assert heard.finished.exit_code == 0, heard.why()
        assert len(project.deployments("worker")) == 2
        assert project.clock.monotonic() - began >= 60, "it looked for as long as a read may lag"


async def test_what_was_asked_long_ago_is_not_waited_for(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        await project.deploy(*UNTIL_DEPLOYED)
        project.application.write("worker/main.py", "print('second')\n")
        announce(project, "deployment worker", "upload", project.deployments("worker")[0].id)
        await project.clock.sleep(600)
        began = project.clock.monotonic()

        heard = await project.deploy(*UNTIL_DEPLOYED)

        assert heard.finished.exit_code == 0, heard.why()
        assert project.clock.monotonic() - began < 30


async def test_a_volume_that_waits_for_its_size_gets_it(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        project.application.edit("wizard.toml", 'root = "worker"\n', SIZED)
        await project.deploy(Phase.PROJECT)
        [volume] = project.rows(VolumeInstance, mount_path="/data")
        assert volume.size_mb == 400
        await project.change(volume, size_mb=50)
        announce(project, "size worker /data", "volumeSize")

        heard = await project.deploy(Phase.PROJECT)
        again = await project.deploy(Phase.PROJECT)

        assert (heard.finished.exit_code, again.phases["project"]) == (0, "unchanged"), heard.why()
        assert [one.size_mb for one in project.rows(VolumeInstance, mount_path="/data")] == [400]


async def test_what_no_run_has_verified_is_looked_at_closely_until_one_has(tmp_path: Path) -> None:
    async with quiet_project(tmp_path) as project:
        await project.deploy(*UNTIL_DEPLOYED)
        async with project.session() as run:
            before = run.unproved
        heard = await project.deploy()
        async with project.session() as run:
            after = run.unproved

    assert heard.finished.result.value == "verified", heard.why()
    assert (before, after) == (True, False)
