"""What forbids a deployment before anything is made: limits, credit, refusals, secrets in an upload, empty folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from tests.support.quiet_project import QuietProject, quiet_project
from tests.support.runs import Heard
from wizard.events import Finding, Severity
from wizard.phases.step import Phase
from wizard.standin.api.execution import Operation
from wizard.standin.api.gateway import Hook, Next


def telling(change: Callable[[dict[str, Any]], None]) -> Hook:
    """Change what the platform says of the workspace."""

    async def hook(operation: Operation, proceed: Next) -> Response:
        answer = await proceed()
        if operation.name != "ReadWorkspace":
            return answer
        body = json.loads(bytes(answer.body))
        change(body["data"])
        return JSONResponse(body)

    return hook


def found(heard: Heard) -> dict[str, Severity]:
    return {one.rule: one.severity for one in heard.of(Finding) if one.rule != "no-git"}


def out_of_credit(data: dict[str, Any]) -> None:
    data["workspace"]["customer"]["remainingUsageCreditBalance"] = 0


def over_the_limit(data: dict[str, Any]) -> None:
    data["workspace"]["customer"]["usageLimit"] = {"isOverLimit": True}


def two_services_at_most(data: dict[str, Any]) -> None:
    data["workspace"]["subscriptionPlanLimit"] = {"projects": {"maxServices": 2}}


def incident(data: dict[str, Any]) -> None:
    data["platformStatus"] = {
        **data["platformStatus"],
        "isStable": False,
        "incident": {"id": "1", "message": "Builds are slow", "status": "INVESTIGATING", "url": ""},
    }


@pytest.mark.parametrize(
    ("change", "rule"),
    [(out_of_credit, "credit"), (over_the_limit, "permission"), (two_services_at_most, "service-limit")],
    ids=["credit", "limit", "services"],
)
async def test_what_the_workspace_may_not_do_stops_everything(
    quiet: QuietProject, change: Callable[[dict[str, Any]], None], rule: str
) -> None:
    quiet.standin.gateway.hooks.append(telling(change))
    since = quiet.since()

    heard = await quiet.deploy()

    assert found(heard) == {rule: Severity.ERROR}
    assert (heard.finished.exit_code, since.writes) == (6, [])


async def test_an_incident_is_told_and_stops_nothing(quiet: QuietProject) -> None:
    quiet.standin.gateway.hooks.append(telling(incident))
    heard = await quiet.deploy(Phase.PREFLIGHT)
    assert found(heard) == {"platform-status": Severity.WARNING}
    assert heard.finished.exit_code == 0, heard.why()


async def test_more_volumes_than_the_subscription_has(tmp_path: Path) -> None:
    async with quiet_project(tmp_path, plan="free") as quiet:
        quiet.application.edit("wizard.toml", 'root = "worker"\n', 'root = "worker"\nvolumes = [{ path = "/data" }]\n')
        heard = await quiet.deploy()
    [finding] = [one for one in heard.of(Finding) if one.rule == "volume-limit"]
    assert (finding.text.params["wanted"], finding.text.params["limit"]) == (2, 1)
    assert heard.finished.exit_code == 6


async def test_a_file_of_secrets_is_not_uploaded(quiet: QuietProject) -> None:
    quiet.application.write("backend/.env", "SESSION_KEY=sentinel-in-a-file\n")

    refused = await quiet.deploy()
    quiet.application.write(".railwayignore", ".env\n")
    ignored = await quiet.deploy(Phase.PREFLIGHT)

    [finding] = [one for one in refused.of(Finding) if one.rule == "env-file"]
    assert (finding.where, finding.severity) == ("backend/.env", Severity.ERROR)
    assert refused.finished.exit_code == 6
    assert "sentinel-in-a-file" not in repr(refused.stamped)
    assert found(ignored) == {}


async def test_a_service_without_a_repository_folder_is_told_as_a_note(quiet: QuietProject) -> None:
    heard = await quiet.deploy(Phase.PREFLIGHT)
    assert [(one.rule, one.severity) for one in heard.of(Finding)] == [("no-git", Severity.NOTE)]
