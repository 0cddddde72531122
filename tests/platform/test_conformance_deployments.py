"""What every adapter does alike with deployments: followed to a final state, logged, unknown words kept."""

from __future__ import annotations

from pathlib import Path

from tests.platform.conftest import Subject
from tests.support.quiet_machine import UNBUILDABLE
from wizard.platform.ports import LogBatch, StepProgress
from wizard.platform.states import DeploymentState, DeploymentStatus
from wizard.secrets import Secret

Files = list[tuple[str, Path]]


async def test_an_upload_is_followed_to_its_end_and_remembered(subject: Subject, files: Files) -> None:
    service = await subject.service()
    await subject.platform.services.set_variables(subject.group, service, {"PORT": "8000"})
    deployment = await subject.deploy(service, files)
    story = await subject.follow(deployment)
    final = story[-1]
    assert isinstance(final, DeploymentState)
    assert (final.status, final.handle, final.failure) == (DeploymentStatus.LIVE, deployment, None)
    states = [told.status for told in story if isinstance(told, DeploymentState)]
    assert all(not status.final for status in states[:-1])
    assert any(isinstance(told, StepProgress) and told.finished for told in story)
    [newest] = await subject.platform.deployments.recent(subject.group, service, 5)
    assert (newest.handle.id, newest.message, newest.commit) == (deployment.id, "mark:digest", None)
    active = (await subject.found()).active
    assert active
    assert (active.handle.id, active.status) == (deployment.id, DeploymentStatus.LIVE)
    assert await subject.platform.deployments.variables(deployment) == {"PORT": Secret("8000")}


async def test_a_variable_set_afterwards_is_not_in_the_deployment(subject: Subject, files: Files) -> None:
    service = await subject.service()
    deployment = await subject.deploy(service, files)
    await subject.follow(deployment)
    await subject.platform.services.set_variables(subject.group, service, {"LATE": "yes"})
    assert await subject.platform.deployments.variables(deployment) == {}
    assert (await subject.platform.services.rendered(subject.group, service)) == {"LATE": Secret("yes")}
    assert len(await subject.platform.deployments.recent(subject.group, service, 5)) == 1


async def test_a_failed_build_ends_with_its_step_and_leaves_the_one_before(
    subject: Subject, files: Files, tmp_path: Path
) -> None:
    service = await subject.service()
    good = await subject.deploy(service, files)
    await subject.follow(good)
    (tmp_path / UNBUILDABLE).touch()
    bad = await subject.deploy(service, [*files, (UNBUILDABLE, tmp_path / UNBUILDABLE)])
    story = await subject.follow(bad)
    final = story[-1]
    assert isinstance(final, DeploymentState)
    assert (final.status, final.status.final) == (DeploymentStatus.FAILED, True)
    assert final.failure
    assert "BUILD" in final.failure.step
    assert UNBUILDABLE in final.failure.reason
    lines = [line.text for told in story if isinstance(told, LogBatch) for line in told.lines]
    assert any(UNBUILDABLE in line for line in lines)
    found = await subject.found()
    assert found.latest
    assert found.active
    assert (found.latest.handle.id, found.active.handle.id) == (bad.id, good.id)


async def test_logs_are_followed_once_and_read_again(subject: Subject, files: Files) -> None:
    deployment = await subject.deploy(await subject.service(), files)
    batches = [told for told in await subject.follow(deployment) if isinstance(told, LogBatch)]
    built = [line.text for batch in batches if batch.stream == "build" for line in batch.lines]
    assert len(built) == len(set(built))
    logs = subject.platform.deployments.logs
    assert any(line.text.startswith("building ") for line in await logs(deployment, "build", 100))
    said = await logs(deployment, "deploy", 100)
    assert any(line.text.endswith("is listening") for line in said)
    assert await logs(deployment, "deploy", 1) == said[-1:]


async def test_a_word_nobody_knows_is_pending_and_kept(subject: Subject, files: Files) -> None:
    service = await subject.service()
    await subject.follow(await subject.deploy(service, files))
    subject.faults.say("TELEPORTING")
    latest = (await subject.found()).latest
    assert latest
    assert (latest.status, latest.raw, latest.status.final) == (DeploymentStatus.PENDING, "TELEPORTING", False)


async def test_following_goes_on_over_a_word_nobody_knows(subject: Subject, files: Files) -> None:
    subject.faults.say("TELEPORTING")
    deployment, seen = await subject.deploy(await subject.service(), files), []
    async for told in subject.platform.deployments.follow(deployment):
        if isinstance(told, DeploymentState):
            seen.append((told.status, told.raw))
            if told.raw == "TELEPORTING":
                subject.faults.say("")
    assert (DeploymentStatus.PENDING, "TELEPORTING") in seen
    assert seen[-1][0] is DeploymentStatus.LIVE


async def test_a_newer_deployment_takes_over(subject: Subject, files: Files) -> None:
    service = await subject.service()
    first = await subject.deploy(service, files, "one")
    await subject.follow(first)
    second = await subject.deploy(service, files, "two")
    await subject.follow(second)
    state = await subject.until(lambda seen: _active(seen.services["backend"].active) == second.id)
    newest, older = await subject.platform.deployments.recent(subject.group, service, 2)
    assert (newest.handle.id, older.handle.id) == (second.id, first.id)
    assert _active(state.services["backend"].latest) == second.id
    await subject.clock.sleep(60)
    older = (await subject.platform.deployments.recent(subject.group, service, 2))[1]
    assert older.status is DeploymentStatus.REMOVED


def _active(deployment: DeploymentState | None) -> str | None:
    return deployment.handle.id if deployment else None
