"""When a deployment counts: it serves, it answers, and it is the one of this run."""

from __future__ import annotations

from starlette.responses import Response

from tests.support.quiet_project import QuietProject
from wizard.phases.step import Phase
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next

HEALTH = 'health = { path = "/health" }\n'
PHASES = (Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)


async def test_a_service_without_a_health_check_is_waited_for_until_it_answers(quiet: QuietProject) -> None:
    quiet.application.edit("wizard.toml", HEALTH, "")
    quiet.page.away = 3
    heard = await quiet.deploy(*PHASES)
    assert heard.finished.exit_code == 0, heard.why()
    assert quiet.page.away == 0


async def test_one_that_never_answers_is_no_deployment(quiet: QuietProject) -> None:
    quiet.application.edit("wizard.toml", HEALTH, "")
    quiet.page.away = 10_000
    heard = await quiet.deploy(*PHASES)
    [error] = heard.errors
    assert (heard.finished.exit_code, error.code, error.step) == (1, "phases.no-answer", "deploy.backend")
    assert quiet.clock.monotonic() >= 60


async def test_a_build_that_fails_tells_its_lines_and_leaves_the_other_alone(quiet: QuietProject) -> None:
    quiet.application.write("worker/does-not-build", "")
    heard = await quiet.deploy()
    [error] = heard.errors
    assert (error.step, error.what.params["service"]) == ("deploy.worker", "worker")
    assert any("does-not-build" in line for line in error.lines)
    assert [one.status for one in quiet.deployments("backend")] == ["SUCCESS"]
    assert heard.phases["verify"] == "skipped"


async def test_a_service_that_somebody_deletes_once_it_serves_is_an_error_and_no_crash(quiet: QuietProject) -> None:
    deleted: list[str] = []

    async def delete_backend(operation: Operation, proceed: Next) -> Response:
        answer = await proceed()
        if operation.name == "ReadDeployment" and not deleted:
            serving = [one for one in quiet.deployments("backend") if one.status == "SUCCESS"]
            if serving:
                gone = [quiet.instance("backend"), quiet.service("backend")]
                deleted.append("backend")
                quiet.standin.gateway.railway.store.remove(gone)
        return answer

    quiet.standin.gateway.hooks.append(delete_backend)
    heard = await quiet.deploy(*PHASES)
    assert deleted
    assert (heard.finished.exit_code, heard.errors[0].code) == (1, "phases.not-active")
