"""What the state needs of the machine it runs on: builds, processes, datastores and addresses.

The process tier implements it; a sandbox or a container engine can stand in its place. Images are opaque JSON objects,
so that a deployment can be rolled back after a restart of the stand-in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from wizard.standin.addresses import Address
from wizard.standin.edge import Backend
from wizard.standin.edge.requests import RequestSink
from wizard.standin.processes import LogSink
from wizard.standin.state.rows import Document


@dataclass(frozen=True, slots=True)
class Mount:
    """A volume's folder and where the application expects it."""

    folder: Path
    path: str


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What to build.

    Attributes:
        name: names the image; the deployment's id.
        snapshot: the whole tree as committed or uploaded.
        settings: the frozen settings of the deployment: root directory, Dockerfile path, commands.
        variables: what the build may read.
    """

    name: str
    snapshot: Path
    settings: Document
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RunOrder:
    """What to run: one process of an image, or one command in it.

    Attributes:
        name: names the process, as no other one.
        network: the private network it is in; the environment's id.
        mount: the volume, if one is attached.
    """

    name: str
    image: Document
    variables: Mapping[str, str]
    network: str
    mount: Mount | None = None


@dataclass(frozen=True, slots=True)
class DatastoreOrder:
    """A database to run.

    Attributes:
        name: names the process; the service instance's id.
        engine: `postgres` or `redis`.
        major: the major version of the image's tag, None for the newest there is.
        folder: the volume: data stays there.
        port: the private port its variables name.
        variables: the rendered variables, its user, password and database among them.
        network: the private network it is in; the environment's id.
    """

    name: str
    engine: str
    major: int | None
    folder: Path
    port: int
    variables: Mapping[str, str]
    network: str


class BuildError(Exception):
    """The build failed; its log says why, the message in one line."""


class StartError(Exception):
    """The process or the datastore could not be started; the message says why."""


class Process(Protocol):
    """Something that runs and can be reached."""

    @property
    def address(self) -> Address:
        """Where it is reached: the port that it is to serve."""
        ...

    def pids(self) -> Sequence[int]:
        """Return its live processes."""
        ...

    async def wait(self) -> int:
        """Return the exit code when it has ended."""
        ...

    async def stop(self, grace: float) -> None:
        """Ask it to end, kill it after `grace` seconds."""
        ...


class Machine(Protocol):
    """The machine of one stand-in."""

    async def open(self) -> None:
        """Make ready and end what a dead predecessor left."""
        ...

    def private_host(self, service: str) -> str:
        """Return the name or address by which services of one environment reach that service."""
        ...

    def private_port(self, usual: int) -> int:
        """Return the port on which a datastore serves its environment: the usual one where that is not shared."""
        ...

    def point_private(self, network: str, service: str, target: Address | None) -> None:
        """Let a service's private name lead to that process."""
        ...

    async def build(self, order: BuildOrder, log: LogSink) -> Document:
        """Build an image; raises BuildError."""
        ...

    async def run(self, order: RunOrder, command: str, log: LogSink) -> int:
        """Run one shell line in a container of its own and return its exit code."""
        ...

    async def start(self, order: RunOrder, log: LogSink) -> Process:
        """Start an application; raises StartError."""
        ...

    async def start_datastore(self, order: DatastoreOrder, log: LogSink) -> Process:
        """Start a datastore and wait until it answers; raises StartError."""
        ...

    def hear(self, listener: RequestSink) -> None:
        """Tell the listener of every request that a public domain serves from now on."""
        ...

    async def open_domain(self, label: str, port: int = 0) -> int:
        """Open a public HTTP and WebSocket port for `<label>.localhost` and return it."""
        ...

    def point_domain(self, port: int, target: Backend | None) -> None:
        """Let a domain's new requests go there; None answers that nothing is deployed."""
        ...

    async def close_domain(self, port: int) -> None:
        """Close a domain's port."""
        ...

    async def open_proxy(self, target: Address | None, port: int = 0) -> int:
        """Open a public TCP port to a private address and return it; without a target it cuts every connection."""
        ...

    def point_proxy(self, port: int, target: Address | None) -> None:
        """Let a proxy's new connections go there."""
        ...

    async def close_proxy(self, port: int) -> None:
        """Close a public TCP port."""
        ...

    async def close(self) -> None:
        """Stop everything that runs, for certain."""
        ...
