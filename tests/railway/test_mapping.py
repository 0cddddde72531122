"""Railway's answers in normal terms, whatever it comes to say."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wizard.platform.states import DeploymentStatus, Failure
from wizard.railway import mapping
from wizard.railway.client.fragments import DeploymentFields, DomainFields, StepFields
from wizard.secrets import Secret


def fields(**changes: Any) -> DeploymentFields:
    known = {"id": "d", "status": "SUCCESS", "createdAt": "2026-01-05T09:00:00.123Z", "deploymentStopped": False}
    return DeploymentFields.model_validate({**known, "meta": None, **changes})


def step(name: str, completed: str | None = "2026-01-05T09:00:00Z", **payload: Any) -> StepFields:
    told = {"error": None, "reason": None, "detail": None, "skipped": None, **payload}
    return StepFields.model_validate(
        {"id": name, "step": name, "createdAt": "x", "completedAt": completed, "payload": told}
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("INITIALIZING", DeploymentStatus.QUEUED),
        ("QUEUED", DeploymentStatus.QUEUED),
        ("WAITING", DeploymentStatus.QUEUED),
        ("NEEDS_APPROVAL", DeploymentStatus.PENDING),
        ("BUILDING", DeploymentStatus.BUILDING),
        ("DEPLOYING", DeploymentStatus.STARTING),
        ("SUCCESS", DeploymentStatus.LIVE),
        ("SLEEPING", DeploymentStatus.SLEEPING),
        ("FAILED", DeploymentStatus.FAILED),
        ("CRASHED", DeploymentStatus.CRASHED),
        ("SKIPPED", DeploymentStatus.SKIPPED),
        ("REMOVING", DeploymentStatus.PENDING),
        ("REMOVED", DeploymentStatus.REMOVED),
        ("TELEPORTING", DeploymentStatus.PENDING),
    ],
)
def test_a_status_that_is_not_known_is_pending_and_keeps_its_word(raw: str, expected: DeploymentStatus) -> None:
    state = mapping.deployment(fields(status=raw), "backend")
    assert (state.status, state.raw) == (expected, raw)
    assert state.status.final == (raw in {"SUCCESS", "SLEEPING", "FAILED", "CRASHED", "SKIPPED", "REMOVED"})


def test_a_stopped_deployment_serves_nothing() -> None:
    state = mapping.deployment(fields(deploymentStopped=True), "backend")
    assert (state.status, state.raw) == (DeploymentStatus.REMOVED, "SUCCESS")


def test_commit_and_upload_message_come_from_its_record() -> None:
    built = mapping.deployment(fields(meta={"commitHash": "abc", "commitMessage": "Fix it"}), "backend")
    uploaded = mapping.deployment(fields(meta={"commitMessage": "railwizard:digest", "commitHash": None}), "backend")
    assert (built.commit, built.message) == ("abc", None)
    assert (uploaded.commit, uploaded.message) == (None, "railwizard:digest")


@pytest.mark.parametrize("meta", [None, "text", 7, [], {"serviceManifest": "odd"}, {"serviceManifest": {"build": 1}}])
def test_an_opaque_record_of_any_shape_is_survived(meta: object) -> None:
    assert mapping.deployment(fields(meta=meta), "backend").commit is None


def test_a_failure_names_the_step_and_its_words() -> None:
    steps = [step("BUILD_IMAGE"), step("PRE_DEPLOY_COMMAND", error="exit code 1", reason="failed"), step("HEALTHCHECK")]
    state = mapping.deployment(fields(status="FAILED"), "backend", steps)
    assert state.failure == Failure("PRE_DEPLOY_COMMAND", "exit code 1: failed")


def test_without_an_error_the_step_that_never_ended_failed() -> None:
    state = mapping.deployment(fields(status="CRASHED"), "x", [step("BUILD_IMAGE"), step("NEW_STEP", None)])
    assert state.failure == Failure("NEW_STEP", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05T09:00:00.123456789Z", datetime(2026, 1, 5, 9, 0, 0, 123456, tzinfo=UTC)),
        ("2026-01-05T18:00:00+09:00", datetime(2026, 1, 5, 9, tzinfo=UTC)),
        ("2026-01-05T09:00:00", datetime(2026, 1, 5, 9, tzinfo=UTC)),
        ("yesterday", datetime(1970, 1, 1, tzinfo=UTC)),
        (None, datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_times_are_read_tolerantly(text: object, expected: datetime) -> None:
    assert mapping.moment(text) == expected


def test_variables_are_secrets_and_sealed_ones_have_no_value() -> None:
    config = {"A": {"value": "1"}, "B": {"isSealed": True, "value": "*"}, "C": "plain", "D": None}
    found = mapping.variables(config)
    assert found["A"].raw == Secret("1")
    assert (found["B"].raw, found["B"].sealed) == (None, True)
    assert found["C"].raw == Secret("plain")
    assert "D" not in found


def test_domains_that_are_being_deleted_are_gone() -> None:
    def one(name: str, status: str) -> dict[str, Any]:
        return {"id": name, "domain": name, "targetPort": 8000, "syncStatus": status, "deletedAt": None}

    status = {"verified": True, "certificateStatus": "CERTIFICATE_STATUS_TYPE_VALID", "dnsRecords": []}
    custom = {"status": {**status, "verificationDnsHost": None, "verificationToken": None}}
    found = mapping.domains(
        DomainFields.model_validate(
            {
                "serviceDomains": [one("a", "ACTIVE"), one("b", "DELETING"), one("c", "NEWLY_INVENTED")],
                "customDomains": [{**one("shop.example", "ACTIVE"), **custom}],
            }
        )
    )
    assert [(d.host, d.custom, d.ready) for d in found] == [
        ("a", False, True),
        ("c", False, False),
        ("shop.example", True, True),
    ]
