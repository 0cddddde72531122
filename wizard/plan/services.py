"""The resources of a plan: services that run code and databases they use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Strict

from wizard.plan.types import (
    Command,
    Count,
    Cron,
    Flag,
    Host,
    MountPath,
    Name,
    Pattern,
    PlanModel,
    Port,
    RelativePath,
    Route,
    Seconds,
    Timeout,
)
from wizard.plan.variables import Variables


class HealthSpec(PlanModel):
    """How the platform asks whether a deployment may serve."""

    path: Route
    timeout: Timeout = 300
    """Seconds until it gives up."""


class VolumeSpec(PlanModel):
    """A folder that outlives deployments."""

    path: MountPath
    size_mb: Annotated[int, Strict(), Field(ge=1, le=10_000_000)] | None = None
    """The platform's default where it is not given."""


class ServiceSpec(PlanModel):
    """A process built from the repository; None leaves a setting to the platform's default."""

    source: RelativePath = "."
    """Where its code is."""
    root: RelativePath = "."
    """The build context on the platform; `.` when the Dockerfile copies from above."""
    dockerfile: RelativePath | None = None
    """Below `root`; without one the platform's own builder is used."""
    port: Port | None = None
    """Where it listens; a service without a port is a worker."""
    public: Flag = True
    """Whether a service with a port gets a public address."""
    health: HealthSpec | None = None
    pre_deploy: Command | None = None
    """Runs in the new image before it serves; its failure keeps the old deployment."""
    volumes: tuple[VolumeSpec, ...] = ()
    build_command: Command | None = None
    start_command: Command | None = None
    watch: tuple[Pattern, ...] = ()
    """Only changes of these files deploy; everything under `root` where it is empty."""
    restart: Literal["always", "on-failure", "never"] | None = None
    restart_retries: Count | None = None
    replicas: Annotated[int, Strict(), Field(ge=1, le=100)] | None = None
    cron: Cron | None = None
    """When it runs, in UTC; it runs to its end and stops."""
    sleep: Flag | None = None
    memory: Annotated[float, Strict(), Field(gt=0, le=1000)] | None = None
    """Limit of one replica in gigabytes."""
    draining: Seconds | None = None
    """Seconds an old deployment has to end."""
    overlap: Seconds | None = None
    """Seconds old and new serve together."""
    domains: tuple[Host, ...] = ()
    """Custom domains beside the generated one."""
    after: tuple[Name, ...] = ()
    """Services that must be deployed before this one."""
    variables: Variables = Field(default_factory=dict)
    provider: Name = "railway"

    @property
    def serves(self) -> bool:
        """Whether the world can reach it."""
        return self.public and self.port is not None


class DatabaseSpec(PlanModel):
    """A database the platform runs."""

    engine: Literal["postgres", "redis"]
    version: Annotated[int, Strict(), Field(ge=1, le=99)] | None = None
    """Its major version; the platform's own choice where it is not given."""
    provider: Name = "railway"


DATABASE_OUTPUTS: dict[str, tuple[str, ...]] = {
    "postgres": (
        "DATABASE_URL",
        "DATABASE_PUBLIC_URL",
        "PGHOST",
        "PGPORT",
        "PGUSER",
        "PGPASSWORD",
        "PGDATABASE",
        "POSTGRES_USER",
        "POSTGRES_PASSWORD",
        "POSTGRES_DB",
    ),
    "redis": (
        "REDIS_URL",
        "REDIS_PUBLIC_URL",
        "REDISHOST",
        "REDISPORT",
        "REDISUSER",
        "REDISPASSWORD",
        "REDIS_PASSWORD",
    ),
}
"""What a database of each engine offers to services: the names Railway's templates give them."""
