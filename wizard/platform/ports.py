"""The ports: small async interfaces an adapter implements as far as its platform can.

Every method raises WizardError subclasses only: CredentialError, PlatformError for an unreachable or overloaded
platform, FailedError for a refusal with a reason. Reads are retried inside the adapter; mutations never blindly:
one whose answer was lost returns a Receipt that is AMBIGUOUS, or raises LostAnswerError where there is no receipt, and
the engine looks before it asks again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from wizard.messages import Message
from wizard.platform.capabilities import Capabilities
from wizard.platform.handles import Group, GroupReceipt, Handle, Receipt
from wizard.platform.states import (
    Account,
    CostLine,
    DeploymentState,
    GroupState,
    Observed,
    PlatformHealth,
    ProxyState,
    RateBudgetState,
    RepositoryAccess,
    WorkspaceState,
)
from wizard.platform.values import Value
from wizard.secrets import Secret


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a build or of a running service, not yet cleaned or redacted."""

    at: datetime
    text: str
    severity: str


@dataclass(frozen=True, slots=True)
class LogBatch:
    """Lines of one deployment that arrived together; `stream` is `build` or `deploy`."""

    deployment: Handle
    stream: str
    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class StepProgress:
    """A platform step of a deployment began or ended, in the platform's word; `error` where it failed."""

    deployment: Handle
    step: str
    finished: bool
    error: str = ""


Progress = LogBatch | StepProgress | DeploymentState
"""What following a deployment yields; the last item is a DeploymentState with a final status."""


class Credentials(Protocol):
    """Who is asking."""

    async def verify(self) -> Account:
        """Tell kind and workspaces of the credential; raises CredentialError."""
        ...

    async def workspace(self, workspace_id: str) -> tuple[WorkspaceState, PlatformHealth]:
        """Read plan, credit, refusals and projects of a workspace, and the platform's own health."""
        ...

    async def repository(self, repo: str) -> RepositoryAccess:
        """Tell whether the platform can read `owner/name`."""
        ...


class Groups(Protocol):
    """Projects and environments."""

    async def create(self, workspace_id: str, name: str, environment: str, description: str) -> GroupReceipt:
        """Create a project with its first environment; the handle is the project's."""
        ...

    async def create_environment(self, project: Handle, name: str) -> Receipt:
        """Create an empty environment."""
        ...

    async def describe(self, project: Handle, description: str) -> None:
        """Replace the project's description: it carries the mark and the lock."""
        ...

    async def description(self, project: Handle) -> str:
        """Read the project's description alone."""
        ...

    async def locate(self, project_id: str, environment: str) -> Group | None:
        """Find the environment of a project by name; None where it has none of that name."""
        ...

    async def observe(self, group: Group) -> Observed[GroupState]:
        """Read the whole environment."""
        ...

    async def cost(self, project: Handle) -> tuple[CostLine, ...]:
        """Estimate what a project costs in the current billing period."""
        ...

    async def schedule_delete(self, project: Handle) -> None:
        """Delete a project after the platform's grace period."""
        ...

    async def cancel_delete(self, project: Handle) -> None:
        """Undo a scheduled deletion."""
        ...


class Services(Protocol):
    """Application services, their settings, variables, domains and volumes."""

    async def create(self, group: Group, name: str) -> Receipt:
        """Create a service without a source: nothing is deployed."""
        ...

    async def configure(self, group: Group, service: Handle, settings: Mapping[str, object]) -> None:
        """Write only these ServiceSettings fields."""
        ...

    async def set_variables(self, group: Group, service: Handle | None, values: Mapping[str, str | Secret]) -> None:
        """Set many variables of a service, or shared ones for None, in one request without deploying."""
        ...

    async def delete_variables(self, group: Group, service: Handle, names: tuple[str, ...]) -> None:
        """Delete variables without deploying."""
        ...

    async def rendered(self, group: Group, service: Handle) -> Mapping[str, Secret]:
        """Read a service's variables as a container would see them, without the platform's own."""
        ...

    def lower(self, value: Value, state: GroupState, *, service: str) -> str | Secret:
        """Turn a value into what is written on this platform: native references where it has them."""
        ...

    async def create_domain(self, group: Group, service: Handle, port: int | None) -> Receipt:
        """Give the service a generated public host; the handle's name is the host."""
        ...

    async def create_custom_domain(self, group: Group, service: Handle, host: str, port: int | None) -> Receipt:
        """Give the service a host of the operator's own; its missing DNS records are in the next observation."""
        ...

    async def create_volume(self, group: Group, service: Handle, path: str) -> Receipt:
        """Attach a new volume at a path."""
        ...

    async def resize_volume(self, group: Group, volume: Handle, size_mb: int) -> None:
        """Give a volume its size; deploys nothing."""
        ...

    async def set_auto_deploy(self, group: Group, service: Handle, *, enabled: bool) -> None:
        """Switch deployment on push."""
        ...

    async def delete(self, group: Group, service: Handle) -> None:
        """Delete the service in this environment, its volumes too; one that is gone already is no error."""
        ...

    async def delete_volume(self, group: Group, volume: Handle) -> None:
        """Delete a volume; the platform keeps it for its grace period; one that is gone already is no error."""
        ...


class Deployments(Protocol):
    """Starting deployments and following them."""

    async def connect(self, group: Group, service: Handle, repo: str, branch: str) -> None:
        """Connect a repository; on many platforms this starts a deployment."""
        ...

    async def deploy(self, group: Group, service: Handle, commit: str | None) -> Receipt:
        """Start a deployment of a commit; the handle is the deployment's."""
        ...

    async def upload(self, group: Group, service: Handle, files: Sequence[tuple[str, Path]], message: str) -> Receipt:
        """Send files under their archive paths and deploy them; the message comes back in the deployment's state."""
        ...

    async def recent(self, group: Group, service: Handle, limit: int) -> tuple[DeploymentState, ...]:
        """Read the newest deployments, newest first."""
        ...

    async def variables(self, deployment: Handle) -> Mapping[str, Secret] | None:
        """Read the variables frozen into a deployment, without the platform's own; None where it does not tell."""
        ...

    def follow(self, deployment: Handle) -> AsyncIterator[Progress]:
        """Yield logs, steps and states until the state is final; a broken stream decides nothing."""
        ...

    async def logs(self, deployment: Handle, stream: str, limit: int) -> tuple[LogLine, ...]:
        """Read the last lines of `build` or `deploy`."""
        ...


class Datastores(Protocol):
    """Managed databases."""

    async def create(self, group: Group, name: str, engine: str, version: int | None) -> Receipt:
        """Create a database under this name; returns when its service is known, not when it answers."""
        ...

    async def open_proxy(self, group: Group, database: Handle, port: int, mark: str) -> ProxyState:
        """Open a temporary public way to it; refuses where that would commit another person's staged changes.

        The platform keeps the mark with what it did, so that `proxy_mark` finds it again from any machine.
        """
        ...

    async def proxy_mark(self, group: Group, database: Handle, proxy: ProxyState) -> str | None:
        """Return the mark a proxy was opened under, empty where somebody else opened it, None where nobody can tell."""
        ...

    async def close_proxy(self, proxy: Handle) -> None:
        """Remove the proxy; a proxy that is gone already is no error."""
        ...

    async def stop(self, deployment: Handle) -> None:
        """Stop the deployment that serves a database; its data stays. Only where the target can stop a database."""
        ...

    async def start(self, deployment: Handle) -> None:
        """Start a stopped one again under the same address; returns when that is under way, not when it answers."""
        ...

    async def proxies(self, group: Group, database: Handle) -> tuple[ProxyState, ...]:
        """List open proxies: leftovers of a killed run are swept by id."""
        ...


class Pauses(Protocol):
    """Hears that the adapter waits for the world: its rate budget, a cooldown, a network that is away."""

    def paused(self, why: Message, until: datetime | None) -> None:
        """Nothing is sent until then."""
        ...

    def resumed(self) -> None:
        """It goes on at the same request."""
        ...


Renew = Callable[[], Awaitable[Secret | None]]
"""Returns another credential where the platform stopped accepting the one in use; None where nobody has one."""

UploadListener = Callable[[str, int, int], None]
"""Hears, before an upload is sent, of its service, how many files it has and how many bytes they take compressed."""


class Platform(Protocol):
    """An adapter as the engine sees it: its ports, what it can do and what it cost so far."""

    @property
    def provider(self) -> str:
        """The name every handle of it carries."""
        ...

    @property
    def scheme(self) -> str:
        """Of public addresses: `https`, or `http` where the target says so."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    @property
    def credentials(self) -> Credentials:
        """Who is asking."""
        ...

    @property
    def groups(self) -> Groups:
        """Projects and environments."""
        ...

    @property
    def services(self) -> Services:
        """Services and their variables."""
        ...

    @property
    def deployments(self) -> Deployments:
        """Deployments and their logs."""
        ...

    @property
    def datastores(self) -> Datastores:
        """Databases and the ways into them."""
        ...

    @property
    def requests(self) -> int:
        """Requests, sockets and subscribes so far."""
        ...

    @property
    def mutations(self) -> int:
        """Requests so far that changed something."""
        ...

    @property
    def budget(self) -> RateBudgetState | None:
        """The rate budget as last seen."""
        ...

    async def close(self) -> None:
        """Close connections and streams."""
        ...
