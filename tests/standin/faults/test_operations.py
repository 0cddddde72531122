"""Faults of operations and uploads: what was applied, what the client saw, how often they strike."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from tests.support.standin_api import HELLO_FILES, Api, eventually
from wizard.standin.faults import Decision, Fault, FaultKind
from wizard.standin.faults.model import parsed
from wizard.standin.server import Standin
from wizard.standin.state.rows import Deployment, Project

CREATE = "mutation Make($name: String) { projectCreate(input: {name: $name}) { id } }"
APPLIED = {
    FaultKind.DROP_AFTER: True,
    FaultKind.DROP_BEFORE: False,
    FaultKind.TIMEOUT_BEFORE: False,
    FaultKind.APPLY_THEN_TIMEOUT: True,
    FaultKind.RATE_LIMITED: False,
    FaultKind.HTML: False,
    FaultKind.TRUNCATED: True,
    FaultKind.FAIL: False,
}


def arm(standin: Standin, text: str) -> str:
    return standin.gateway.faults.arm(Fault.model_validate(parsed(text))).id


def projects(standin: Standin) -> int:
    return len(standin.gateway.railway.tables.all(Project))


async def outcome(api: Api) -> str:
    """Return what a client sees of one creation."""
    try:
        response = await api.post(CREATE, name="shop")
    except httpx.TransportError as error:
        return type(error).__name__
    try:
        body = response.json()
    except json.JSONDecodeError:
        return f"{response.status_code} garbled"
    return f"{response.status_code} {'errors' in body}"


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("drop-after", "ReadError RemoteProtocolError"),
        ("drop-before", "ReadError RemoteProtocolError"),
        ("504-before", "504 garbled"),
        ("apply-then-504", "504 garbled"),
        ("429", "429 True"),
        ("html-502", "502 garbled"),
        ("truncated", "200 garbled"),
        ("fail", "200 True"),
    ],
)
async def test_a_fault_strikes_once_and_leaves_the_state_it_promises(
    api: Api, standin: Standin, kind: str, seen: str
) -> None:
    arm(standin, f"projectCreate={kind}")

    first = await outcome(api)

    assert first in seen.split() if "Error" in seen else first == seen
    assert projects(standin) == int(APPLIED[FaultKind(kind)])
    assert await outcome(api) == "200 False"


async def test_a_late_request_is_applied_after_its_client_gave_up(api: Api, standin: Standin) -> None:
    arm(standin, "projectCreate=late,seconds=0.05")

    assert "Error" in await outcome(api)

    async def applied() -> bool:
        return projects(standin) == 1

    await eventually(applied)


async def test_skip_times_and_match_choose_the_calls(api: Api, standin: Standin) -> None:
    arm(standin, "projectCreate=504-before,skip=1,times=2,match.name=shop")
    await api.post(CREATE, name="other")

    seen = [await outcome(api) for _ in range(4)]

    assert seen == ["200 False", "504 garbled", "504 garbled", "200 False"]
    [told] = (await api.control("faults"))["faults"]
    assert (told["seen"], told["fired"]) == (4, 2)


@pytest.mark.parametrize(("side", "before"), [("hold-before", 0), ("hold-after", 1)])
async def test_a_held_operation_is_shown_and_answered_when_it_is_released(
    api: Api, standin: Standin, side: str, before: int
) -> None:
    arm(standin, f"projectCreate={side}")
    asking = asyncio.create_task(outcome(api))
    held = await eventually(lambda: _held(api))

    assert (held["on"], held["side"], held["variables"]) == (
        "projectCreate",
        side.removeprefix("hold-"),
        {"name": "shop"},
    )
    assert projects(standin) == before
    released = await api.http.post(f"{standin.control_url}/release", json={"id": held["id"]})
    assert released.json() == {"released": [held["id"]]}
    assert await asking == "200 False"
    assert (projects(standin), await _held(api)) == (1, None)


@pytest.mark.parametrize("apply", [True, False])
async def test_what_a_dead_client_asked_for_may_be_applied_or_not(api: Api, standin: Standin, *, apply: bool) -> None:
    arm(standin, "projectCreate=hold-before")
    asking = asyncio.create_task(outcome(api))
    await eventually(lambda: _held(api))
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)

    standin.gateway.faults.release(decision=Decision(apply=apply))

    async def answered() -> bool:
        return [one.roots for one in standin.gateway.recorder.requests] == [["projectCreate"]]

    await eventually(answered)
    assert projects(standin) == int(apply)


async def test_uploads_are_struck_like_operations(api: Api, standin: Standin) -> None:
    project, environment = await api.project()
    scope = project, environment, await api.service(project)
    arm(standin, "upload=504-before,match.service=web")
    arm(standin, "upload=apply-then-504,match.message=two")

    lost = await api.upload(scope, HELLO_FILES, "one")
    none = len(standin.gateway.railway.tables.all(Deployment))
    applied = await api.upload(scope, HELLO_FILES, "two")

    assert (lost.status_code, none, applied.status_code) == (504, 0, 504)
    assert len(standin.gateway.railway.tables.all(Deployment)) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("projectCrate=fail", "no operation of this API: projectCrate"),
        ("subscribe:nothing=fail", "no operation of this API: subscribe:nothing"),
        ("projectCreate=explode", "kind"),
        ("projectCreate", "ON=KIND"),
        ("projectCreate=slow", "slow needs seconds"),
        ("projectCreate=cut,seconds=1", "projectCreate knows no cut"),
        ("subscribe:buildLogs=cut", "seconds or messages"),
        ({"on": "upload", "kind": "fail", "tmies": 2}, "tmies"),
        ("pre-deploy=html-502", "pre-deploy knows no html-502; it knows fail, hold-after, hold-before, slow"),
    ],
)
async def test_a_fault_that_could_not_strike_is_refused(api: Api, standin: Standin, given: Any, said: str) -> None:
    response = await api.http.post(f"{standin.control_url}/faults", json=given)

    assert (response.status_code, said in response.json()["message"]) == (400, True), response.text
    assert (await api.control("faults"))["faults"] == []


async def test_faults_are_taken_out_of_force_one_by_one_or_together(api: Api, standin: Standin) -> None:
    given = ["projectCreate=fail", "upload=fail", {"on": "*", "kind": "slow", "seconds": 1}]
    ids = (await api.http.post(f"{standin.control_url}/faults", json=given)).json()["ids"]

    await api.http.delete(f"{standin.control_url}/faults", params={"id": ids[0]})
    left = [one["id"] for one in (await api.control("faults"))["faults"]]
    await api.http.delete(f"{standin.control_url}/faults")

    assert left == ids[1:]
    assert (await api.control("faults"))["faults"] == []


async def _held(api: Api) -> Any:
    held = (await api.control("faults"))["held"]
    return held[0] if held else None
