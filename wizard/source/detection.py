"""What was detected: services, databases, variables, volumes, migrations, each value with where it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.secrets import Generator
from wizard.source.alembic import AlembicProject
from wizard.source.auth import Auth
from wizard.source.dotenv import EnvEntry
from wizard.source.env_reads import Environment, EnvRead
from wizard.source.fastapi_app import AsgiApp
from wizard.source.image import Image
from wizard.source.location import Sourced, Unreadable
from wizard.source.models import Table, UsersTable
from wizard.source.node_package import NodePackage
from wizard.source.python_sources import PythonSources
from wizard.source.requirements import Requirements


class ServiceKind(StrEnum):
    """What a service is."""

    BACKEND = "backend"
    FRONTEND = "frontend"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TextValue:
    """Text for the plan: literal, or with references such as `{postgres.DATABASE_URL}`."""

    text: str


@dataclass(frozen=True, slots=True)
class GeneratedValue:
    """A secret nobody needs to know."""

    generator: Generator
    bytes: int


@dataclass(frozen=True, slots=True)
class SecretValue:
    """A secret a person has.

    Attributes:
        unless: variables of the same service under which it is not needed, with their values.
        help: what the repository says about it, in its own words; may be empty.
    """

    unless: Mapping[str, str]
    help: str


@dataclass(frozen=True, slots=True)
class AskedValue:
    """A value the code does not tell: the operator must be asked.

    Attributes:
        example: a value the repository shows, empty for none.
        options: the only values the code allows.
    """

    example: str
    options: tuple[str, ...]


SuggestedValue = TextValue | GeneratedValue | SecretValue | AskedValue


@dataclass(frozen=True, slots=True)
class SuggestedVariable:
    """A variable a service should get.

    Attributes:
        required: whether the service fails without it.
        reads: every place that reads it.
    """

    name: str
    value: Sourced[SuggestedValue]
    required: bool
    reads: tuple[EnvRead, ...]


@dataclass(frozen=True, slots=True)
class SuggestedVolume:
    """A folder of the container that is written to and would be lost at the next deployment."""

    path: str


@dataclass(frozen=True, slots=True)
class DetectedDatabase:
    """A database the services need; its name in the plan is its engine.

    Attributes:
        version: major, None where nothing in the repository says one.
    """

    engine: str
    version: Sourced[int] | None
    needed_by: tuple[Sourced[str], ...]


@dataclass(frozen=True, slots=True)
class BackendFacts:
    """All that was read of a Python service, for phases, checks and rules."""

    sources: PythonSources
    environment: Environment
    apps: tuple[AsgiApp, ...]
    auth: Auth
    tables: tuple[Table, ...]
    users: UsersTable | None
    alembic: tuple[AlembicProject, ...]
    requirements: Requirements

    @property
    def app(self) -> AsgiApp | None:
        """The application that is served."""
        return self.apps[0] if self.apps else None


@dataclass(frozen=True, slots=True)
class DetectedService:
    """A service of the repository.

    Attributes:
        source: its own folder, relative to the project root.
        root: build context on the platform; differs from `source` when the Dockerfile copies from above.
        dockerfile: relative to `root`; None where the platform's own builder is used.
        start_command: None where the Dockerfile or the builder has one.
        after: services that must be deployed before.
        reads: every variable it reads.
        examples: entries of its example files and of those above it, the nearest first.
    """

    name: str
    kind: ServiceKind
    framework: str
    source: Sourced[str]
    root: Sourced[str]
    dockerfile: Sourced[str] | None
    port: Sourced[int] | None
    health: Sourced[str] | None
    start_command: Sourced[str] | None
    pre_deploy: Sourced[str] | None
    after: tuple[str, ...]
    volumes: tuple[Sourced[SuggestedVolume], ...]
    variables: tuple[SuggestedVariable, ...]
    reads: tuple[EnvRead, ...]
    examples: tuple[EnvEntry, ...] = ()
    image: Image | None = None
    backend: BackendFacts | None = None
    package: NodePackage | None = None


@dataclass(frozen=True, slots=True)
class DetectedMigration:
    """How a service's tables come to be: `alembic`, `startup` or `none`."""

    service: str
    mode: Sourced[str]


class AdminCapability(StrEnum):
    """What stands between the wizard and a first administrator."""

    READY = "ready"
    NO_USERS_TABLE = "no-users-table"
    UNKNOWN_SCHEME = "unknown-scheme"
    NO_GUARD = "no-guard"
    """An account can be made; no route was found that only an administrator may use."""


@dataclass(frozen=True, slots=True)
class DetectedAdmin:
    """Whether a first administrator can be made, and in which service."""

    service: str
    capability: AdminCapability


@dataclass(frozen=True, slots=True)
class Detection:
    """What a repository is.

    Attributes:
        services: backends first, in the order they should be deployed.
        unreadable: files that could not be read, each with its reason.
    """

    services: tuple[DetectedService, ...]
    databases: tuple[DetectedDatabase, ...]
    migration: DetectedMigration | None
    admin: DetectedAdmin | None
    unreadable: tuple[Unreadable, ...]

    def service(self, name: str) -> DetectedService | None:
        """Return a service by name."""
        return next((one for one in self.services if one.name == name), None)
