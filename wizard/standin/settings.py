"""How the local Railway behaves: its speed, its lag, its plan and its throttles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt, PositiveFloat, PositiveInt

from wizard.standin.faults.model import GivenFault


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TierName(StrEnum):
    """How deployments are built and run; `auto` takes the truest that works on this machine."""

    AUTO = "auto"
    SANDBOX = "sandbox"
    PROCESS = "process"


class RealBuild(_Model):
    """A build takes what it takes."""

    kind: Literal["real"] = "real"


class TimedBuild(_Model):
    """A build really runs, and its deployment stays BUILDING for this many seconds of the clock."""

    kind: Literal["timed"] = "timed"
    seconds: NonNegativeFloat


Build = Annotated[RealBuild | TimedBuild, Field(discriminator="kind")]


class Cooldowns(_Model):
    """Seconds a user waits between two creations; 0 never refuses. Railway's own are 30 each."""

    project: NonNegativeFloat = 0
    environment: NonNegativeFloat = 0
    volume: NonNegativeFloat = 0


class Dns(_Model):
    """Seconds of the clock a custom domain takes: Railway's own are minutes to 72 hours.

    Attributes:
        propagation: from a record being set until the platform sees it.
        issuing: from both records being seen until the certificate is valid.
    """

    propagation: NonNegativeFloat = 5
    issuing: NonNegativeFloat = 10


class Standing(_Model):
    """How the workspace stands with the platform.

    Attributes:
        credit: dollars of credit left; None for what the plan includes.
        trial_days: days a trial has left.
        exhausted: the trial or the free plan is used up: nothing new may be deployed.
        limited: the account is not verified: Railway calls it a limited plan.
        restricted: the workspace was restricted.
        two_factor: the workspace demands a second factor that the account does not have.
        two_factor_code: the one code an authenticator would show.
        incident: what the status page says, None while all is well.
        maintenance: the same of planned work.
    """

    credit: NonNegativeFloat | None = None
    trial_days: NonNegativeInt = 30
    exhausted: bool = False
    limited: bool = False
    restricted: bool = False
    two_factor: bool = False
    two_factor_code: str = "123456"
    incident: str | None = None
    maintenance: str | None = None


class Plan(StrEnum):
    """What the workspace pays for; decides its limits."""

    TRIAL = "trial"
    FREE = "free"
    HOBBY = "hobby"
    PRO = "pro"


class PlanLimits(_Model):
    """Limits of one plan, as Railway's documentation of 2026-08-21 gives them; None where it names none."""

    requests_per_hour: int
    requests_per_second: int | None
    volumes_per_project: int
    services_per_project: int | None
    volume_mb: int
    replicas: int
    memory_gb: float
    vcpus: float
    custom_domains: int | None
    included_dollars: float
    log_days: int = 7
    rollback_hours: int = 24
    backups: bool = True


PLAN_LIMITS = {
    Plan.TRIAL: PlanLimits(
        requests_per_hour=1000,  # not documented for a trial: Hobby's figure
        requests_per_second=10,
        volumes_per_project=3,
        services_per_project=5,
        volume_mb=500,
        replicas=2,
        memory_gb=1,
        vcpus=2,
        custom_domains=1,
        included_dollars=5,
        backups=False,  # one trial workspace was seen without them; the documentation is silent
    ),
    Plan.FREE: PlanLimits(
        requests_per_hour=100,
        requests_per_second=None,
        volumes_per_project=1,
        services_per_project=None,
        volume_mb=500,
        replicas=1,
        memory_gb=0.5,
        vcpus=1,
        custom_domains=None,
        included_dollars=1,
    ),
    Plan.HOBBY: PlanLimits(
        requests_per_hour=1000,
        requests_per_second=10,
        volumes_per_project=10,
        services_per_project=None,
        volume_mb=5_000,
        replicas=6,
        memory_gb=48,
        vcpus=48,
        custom_domains=2,
        included_dollars=5,
        rollback_hours=72,
    ),
    Plan.PRO: PlanLimits(
        requests_per_hour=10_000,
        requests_per_second=50,
        volumes_per_project=20,
        services_per_project=None,
        volume_mb=50_000,
        replicas=42,
        memory_gb=1_000,
        vcpus=1_000,
        custom_domains=20,
        included_dollars=20,
        log_days=30,
        rollback_hours=120,
    ),
}


class Repository(_Model):
    """A GitHub repository and the local git folder that stands for it."""

    path: Path
    private: bool = True
    app_installed: bool = True
    """Whether Railway's GitHub App sees it: without, a public one builds but never redeploys on push."""


class Settings(_Model):
    """Everything that can be set about one stand-in.

    Attributes:
        latency: seconds of the clock before every API answer.
        read_lag: seconds of the clock by which queries trail mutations.
        build: `real`, or `timed` to hold deployments in BUILDING on the clock.
        database_seconds: seconds of the clock a database takes before its deployment succeeds.
        clock_speed: how many seconds of the stand-in's clock pass in a real one; what runs on it is not faster.
        faults: what goes wrong on purpose, from the start.
        record: file of every request and answer as lines of JSON, without secrets; None keeps it in the folder.
        requests_per_hour: overrides the plan's budget per token.
        enforce_requests_per_second: also refuse above the plan's rate per second.
        upload_limit_mb: the largest archive the upload route takes; Railway documents none.
        refuse_while_building: a build refuses what would deploy its service again, as the platform sometimes does.
        repositories: `owner/name` to a local git folder.
        port: of the API, 0 for a free one.
        schema_file: Railway's whole introspection result to serve instead of our part of it.
        cache: folder of build layers; None shares one among all runs of this user.
        tier: how deployments are built and run.
        internet: deployments may reach other machines.
        pushes_need_approval: what a push deploys waits for `deploymentApprove`, as an outsider's does at Railway.
        volume_lag: seconds of the clock until a new volume is in lists, beyond the lag of every read.
        settle_seconds: seconds of the clock for which a new service refuses a domain and a volume.
        sample_seconds: seconds of the clock between two readings of what runs.
        log_lines_per_second: lines a replica may write a second; more are dropped with a notice.
        token_lifetime: seconds of the clock after which the account's and the workspace's token stop to be accepted.
    """

    latency: NonNegativeFloat = 0
    read_lag: NonNegativeFloat = 1
    build: Build = RealBuild()
    database_seconds: NonNegativeFloat = 0
    cooldowns: Cooldowns = Cooldowns()
    plan: Plan = Plan.HOBBY
    clock_speed: PositiveFloat = 1
    faults: tuple[GivenFault, ...] = ()
    record: Path | None = None
    requests_per_hour: NonNegativeInt | None = None
    enforce_requests_per_second: bool = False
    upload_limit_mb: NonNegativeFloat | None = None
    refuse_while_building: bool = False
    repositories: dict[str, Repository] = {}
    port: NonNegativeInt = 0
    schema_file: Path | None = None
    cache: Path | None = None
    tier: TierName = TierName.AUTO
    internet: bool = False
    dns: Dns = Dns()
    standing: Standing = Standing()
    pushes_need_approval: bool = False
    volume_lag: NonNegativeFloat = 0
    settle_seconds: NonNegativeFloat = 0
    sample_seconds: PositiveFloat = 30
    log_lines_per_second: PositiveInt = 500
    token_lifetime: NonNegativeFloat | None = None

    @property
    def limits(self) -> PlanLimits:
        """The plan's limits."""
        return PLAN_LIMITS[self.plan]

    @property
    def hourly_budget(self) -> int:
        """How many requests a token may make an hour."""
        return self.limits.requests_per_hour if self.requests_per_hour is None else self.requests_per_hour
