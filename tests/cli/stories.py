"""Runs as event lists: what the faces and the report are tried on. Together they use every event type."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from wizard.events import (
    Change,
    ChangeApplied,
    ChangePlanned,
    CheckResult,
    Effect,
    ErrorRaised,
    Event,
    Finding,
    LogLines,
    NotChecked,
    Note,
    PhaseChanged,
    PhaseSummary,
    QuestionAnswered,
    QuestionAsked,
    RateBudget,
    Result,
    RunFinished,
    RunPaused,
    RunResumed,
    RunStarted,
    ServiceStatus,
    Severity,
    Status,
    StepChanged,
    TargetNamed,
    Verdict,
)
from wizard.messages import message

START = datetime(2026, 3, 1, 9, 0, 0, tzinfo=UTC)
WORD = message("questions.empty")
HEALTH = CheckResult("health", WORD, Verdict.PASSED, WORD, seconds=0.2)
SWEEP = CheckResult("sweep", WORD, Verdict.WARNED, WORD, must=False, fix=WORD)
CORS = CheckResult("cors", WORD, Verdict.FAILED, WORD, fix=WORD)
SOCKET = CheckResult("websocket", WORD, Verdict.NOT_CHECKED, WORD)


def started() -> RunStarted:
    return RunStarted(
        command="rehearse",
        target="rehearsal",
        endpoint="http://127.0.0.1:4001",
        workspace="Local",
        project="vision-mvp",
        environment="production",
        ids=("prj-1", "env-1"),
        overlay=("services.backend.variables.LLM_PROVIDER",),
        tier="process",
    )


def waiting(resource: str = "backend", usual: float | None = 40) -> StepChanged:
    return StepChanged(
        "deploy", f"deploy.{resource}", resource, Status.RUNNING, waiting_for=WORD, since=START, usual_s=usual
    )


def work() -> list[Event]:
    change = Change("backend", "PORT", "(none)", "8000", Effect.REDEPLOY)
    return [
        started(),
        TargetNamed("Local", "vision-mvp", "production", "prj-1", "env-1"),
        Finding("tree.dirty", Severity.WARNING, WORD, WORD, "app/main.py:3"),
        PhaseChanged("project", Status.RUNNING),
        QuestionAsked("google-api-key", WORD),
        QuestionAnswered("google-api-key", "environment"),
        ChangePlanned("project", "project.backend", change),
        ChangeApplied("project", "project.backend", change),
        PhaseChanged("project", Status.DONE, seconds=1.5),
        PhaseChanged("deploy", Status.RUNNING),
        waiting(),
        LogLines("backend", "build", ("Step 1/4", "Step 2/4", "Step 3/4 [red]no markup[/red]")),
        ServiceStatus("backend", "building", "BUILDING", "dep-1", "abc1234", observed_at=START),
        RateBudget(1000, 980, START + timedelta(hours=1), 20),
        RunPaused(WORD, START + timedelta(minutes=2)),
        RunResumed(),
        Note(WORD),
    ]


def verified_run() -> list[Event]:
    return [
        *work(),
        StepChanged("deploy", "deploy.backend", "backend", Status.DONE),
        PhaseChanged("deploy", Status.DONE, seconds=12.0),
        HEALTH,
        SWEEP,
        RunFinished(
            Result.VERIFIED,
            0,
            phases=(PhaseSummary("project", Status.DONE, 1.5), PhaseSummary("deploy", Status.DONE, 12.0)),
            checks=(HEALTH, SWEEP, SOCKET),
            not_checked=(NotChecked("redis", WORD),),
            urls=(("backend", "http://backend-abcd.localhost:5001"),),
            requests=31,
            mutations=9,
            seconds=14.2,
            differences=(WORD,),
        ),
    ]


def failed_run() -> list[Event]:
    return [
        *work(),
        StepChanged("deploy", "deploy.backend", "backend", Status.FAILED, detail=WORD),
        PhaseChanged("deploy", Status.FAILED, WORD, seconds=12.0),
        CORS,
        ErrorRaised(
            "phases.create-lost", WORD, WORD, WORD, "deploy", "deploy.backend", ("ModuleNotFoundError: redis",)
        ),
        RunFinished(
            Result.FAILED,
            1,
            phases=(PhaseSummary("project", Status.DONE, 1.5), PhaseSummary("deploy", Status.FAILED, 12.0, WORD)),
            checks=(HEALTH, CORS),
            requests=31,
            seconds=14.2,
        ),
    ]
