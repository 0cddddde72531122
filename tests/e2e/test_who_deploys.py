"""Whose credential a run holds: a wrong one, one of a single project, one of a workspace the plan does not name."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response

from tests.support.applications import Application
from tests.support.runs import WRITES, Client, Since
from tests.support.standin_api import Api
from wizard.errors import CredentialError
from wizard.phases.step import Phase
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Next
from wizard.standin.server import Standin, serve
from wizard.standin.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("token", ["", "wrong", "3fa85f64-5717-4562-b3fc-2c963f66afa6"])
async def test_a_wrong_token_changes_nothing(
    standin: Standin, client: Client, application: Application, token: str
) -> None:
    client.token, since = token, Since(standin)
    if not token:
        with pytest.raises(CredentialError):
            await client.deploy(application)
        return

    heard = await client.deploy(application)

    assert (heard.finished.result.value, heard.finished.exit_code) == ("failed", 4), heard.why()
    assert since.writes == []
    assert token not in repr(heard.stamped)


async def test_a_project_token_is_told_apart(standin: Standin, client: Client, application: Application) -> None:
    async with Api(standin) as api:
        project, environment = await api.project("somebody's")
        made = await api.ask(
            "mutation($input: ProjectTokenCreateInput!) { projectTokenCreate(input: $input) }",
            input={"projectId": project, "environmentId": environment, "name": "ci"},
        )
    client.token = made["projectTokenCreate"]
    since = Since(standin)

    heard = await client.deploy(application)

    assert heard.finished.exit_code == 4, heard.why()
    assert "project-token" in heard.errors[0].code
    assert since.writes == []


async def test_a_workspace_that_is_not_there_is_refused(tmp_path: Path, application: Application) -> None:
    async with serve(Settings(read_lag=0), tmp_path / "platform") as standin:
        standin.gateway.hooks.append(_member_of_another)
        client = Client(standin, tmp_path / "state")

        unanswered = await client.deploy(application)
        unknown = await client.deploy(application, answers={"workspace": "Nowhere"})
        known = await client.deploy(application, Phase.PREFLIGHT, answers={"workspace": "Local"})

        assert unanswered.finished.exit_code == 3
        assert "workspace (RAILWIZARD_ANSWER_WORKSPACE)" in str(unanswered.errors[0].what.params["ids"])
        assert unknown.finished.exit_code == 2, unknown.why()
        assert known.finished.exit_code == 0, known.why()
        assert not [request for request in standin.gateway.recorder.requests if request.kind in WRITES]


async def _member_of_another(operation: Operation, proceed: Next) -> Response:
    """Change who the account is: a member of one more workspace."""
    answered = await proceed()
    body = json.loads(bytes(answered.body))
    for owner in (body["data"].get("me"), body["data"].get("apiToken")):
        if owner:
            owner["workspaces"].append({"id": str(uuid.uuid4()), "name": "Other"})
    return JSONResponse(body)
