"""A credential that expires while a run is under way: another one goes on at the same step, none ends it clearly."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from starlette.responses import Response

from tests.support.quiet_project import QuietProject
from wizard.events import QuestionAsked, RunPaused, RunResumed
from wizard.phases.step import Phase
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.state.rows import Project, Service

ANOTHER = "another-token"
UNTIL_DEPLOYED = (Phase.PROJECT, Phase.VARIABLES, Phase.DEPLOY)
PLACES = ["CreateService", "UpsertVariables", "ReadRenderedVariables", "UpdateServiceInstance"]


@dataclass
class Revoked:
    """Takes the operator's token away the moment an operation comes in, before it is looked at."""

    quiet: QuietProject
    operation: str
    done: bool = False

    async def __call__(self, operation: Operation, proceed: Next) -> Response:
        answer = await proceed()
        if operation.name == self.operation and not self.done:
            self.done = True
            self.quiet.standin.tokens.account = ANOTHER
        return answer


@pytest.mark.parametrize("operation", PLACES)
async def test_with_another_token_the_run_goes_on_and_repeats_nothing(quiet: QuietProject, operation: str) -> None:
    quiet.client.token = quiet.standin.tokens.account
    quiet.standin.gateway.hooks.append(Revoked(quiet, operation))
    since = quiet.since()

    heard = await quiet.deploy(*UNTIL_DEPLOYED, answers={"credential.1": ANOTHER})

    assert heard.finished.result.value == "applied", heard.why()
    assert [pause.why.id for pause in heard.of(RunPaused)] == ["compose.credential-refused"]
    assert len(heard.of(RunResumed)) == 1
    assert [asked.id for asked in heard.of(QuestionAsked)].count("credential.1") == 1
    assert sorted(one.name for one in quiet.rows(Service)) == ["backend", "postgres", "worker"]
    accepted = [one for one in since.requests if one.name == "CreateService" and not one.errors]
    assert len(accepted) == 2


async def test_without_another_token_the_run_ends_clearly_and_the_next_one_goes_on(quiet: QuietProject) -> None:
    quiet.client.token = quiet.standin.tokens.account
    quiet.standin.gateway.hooks.append(Revoked(quiet, "UpsertVariables"))

    ended = await quiet.deploy(*UNTIL_DEPLOYED)
    quiet.client.token = ANOTHER
    again = await quiet.deploy(*UNTIL_DEPLOYED)

    assert (ended.finished.result.value, ended.finished.exit_code) == ("failed", 4)
    assert {error.code for error in ended.errors} == {"railway.credential-expired"}
    assert again.finished.result.value == "applied", again.why()
    assert (len(quiet.rows(Project)), len(quiet.rows(Service))) == (1, 3)


async def test_another_token_that_is_refused_too_is_asked_for_again(quiet: QuietProject) -> None:
    quiet.client.token = quiet.standin.tokens.account
    quiet.standin.gateway.hooks.append(Revoked(quiet, "CreateService"))

    heard = await quiet.deploy(*UNTIL_DEPLOYED, answers={"credential.1": "mistyped", "credential.2": ANOTHER})

    assert heard.finished.result.value == "applied", heard.why()


async def test_a_refusal_of_what_is_gone_is_not_blamed_on_the_credential(quiet: QuietProject) -> None:
    await quiet.deploy(Phase.PROJECT)
    async with quiet.session() as run:
        gone = (await run.world.state()).services["worker"].handle
        await run.platform.services.delete(run.world.located, gone)
        await quiet.settle()
        await run.platform.services.delete(run.world.located, gone)
