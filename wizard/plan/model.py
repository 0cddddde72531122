"""The whole plan as frozen, validated data; tables and keys are those of `wizard.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from wizard.plan.checks import (
    Check,
    Expectation,
    FlowCheck,
    HttpCheck,
    LoginCheck,
    PageCheck,
    Request,
    Step,
    WebSocketCheck,
)
from wizard.plan.services import DATABASE_OUTPUTS, DatabaseSpec, HealthSpec, ServiceSpec, VolumeSpec
from wizard.plan.targets import EnvironmentOverride, Overlay, Profile
from wizard.plan.types import (
    Branch,
    Command,
    Email,
    Key,
    Label,
    Name,
    PlanModel,
    Region,
    RelativePath,
    Repository,
)
from wizard.plan.variables import GeneratedSecret, KeyringSecret, PlainText, Variables, VariableValue

__all__ = [
    "DATABASE_OUTPUTS",
    "Admin",
    "Check",
    "DatabaseSpec",
    "EnvironmentOverride",
    "Expectation",
    "FlowCheck",
    "GeneratedSecret",
    "HealthSpec",
    "HttpCheck",
    "KeyringSecret",
    "LoginCheck",
    "Migration",
    "Overlay",
    "PageCheck",
    "Plan",
    "Profile",
    "Project",
    "RepoSource",
    "Request",
    "ServiceSpec",
    "Source",
    "Step",
    "UploadSource",
    "VariableValue",
    "Variables",
    "VolumeSpec",
    "WebSocketCheck",
]


class RepoSource(PlanModel):
    """The platform builds from a repository it can see."""

    repo: Repository
    branch: Branch = "main"


class UploadSource(PlanModel):
    """The wizard sends the files."""

    upload: RelativePath = "."
    """The folder an archive is made of."""


REPO, UPLOAD = "<repo>", "<upload>"
SOURCE_TAGS = frozenset({REPO, UPLOAD})
"""Words pydantic puts into the place of an error that are no keys of the plan."""


def _kind_of_source(value: object) -> str:
    is_upload = isinstance(value, UploadSource) or (isinstance(value, Mapping) and "upload" in value)
    return UPLOAD if is_upload else REPO


Source = Annotated[
    Annotated[RepoSource, Tag(REPO)] | Annotated[UploadSource, Tag(UPLOAD)], Discriminator(_kind_of_source)
]
"""Where the platform gets the code from."""


class Project(PlanModel):
    """Which project this is, and where."""

    name: Label
    key: Key
    """Written by init: the identity every mark is derived from."""
    environment: Label = "production"
    region: Region | None = None
    """The platform's own choice where it is not given."""
    source: Source = UploadSource()


class Migration(PlanModel):
    """How the database gets its tables."""

    service: Name
    mode: Literal["alembic", "command", "startup", "none"]
    """`command` is the service's pre_deploy; at `startup` the application creates its tables itself."""


class Admin(PlanModel):
    """The first administrator; what is not given is read from the code and the users table."""

    email: Email
    username: str | None = None
    service: Name | None = None
    """Whose users it joins; the migration's service where it is not given."""
    table: str | None = None
    columns: Mapping[str, PlainText] = Field(default_factory=dict)
    """Values of columns the wizard cannot guess, for example `{ role = "ADMIN" }`."""
    scheme: Literal["bcrypt", "argon2"] | None = None
    """How the application hashes passwords."""
    script: Command | None = None
    """The application's own way to create one, run in its image."""


class Plan(PlanModel):
    """Everything a run needs to know about what is wanted."""

    project: Project
    databases: Mapping[Name, DatabaseSpec] = Field(default_factory=dict)
    services: Annotated[Mapping[Name, ServiceSpec], Field(min_length=1)]
    shared: Variables = Field(default_factory=dict)
    """Variables of the whole environment, referred to as `{shared.NAME}`."""
    migration: Migration | None = None
    admin: Admin | None = None
    checks: tuple[Check, ...] = ()
    profiles: Mapping[Name, Profile] = Field(default_factory=dict)
    environments: Mapping[Label, EnvironmentOverride] = Field(default_factory=dict)

    def service_of(self, check: Check) -> str | None:
        """Return whom a check asks: named, else the application's page for `page`, else its API; None without one."""
        if check.service is not None:
            return check.service
        api = self.migration.service if self.migration else None
        serving = [name for name, service in self.services.items() if service.serves]
        if check.kind == "page":
            return next((name for name in serving if name != api), api)
        return api if api in serving else next(iter(serving), None)
