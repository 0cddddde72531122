"""What a tier is: a way to build an image and to run it, more or less like a container."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from wizard.messages import Message
from wizard.standin.addresses import Address
from wizard.standin.builder import BuildRequest, Image
from wizard.standin.datastores import Site
from wizard.standin.edge import HttpEdge
from wizard.standin.processes import LogSink
from wizard.standin.runner.instance import Instance


@dataclass(frozen=True, slots=True)
class Launch:
    """What a deployment gets beside its image.

    Attributes:
        folder: the deployment's own; made, and left for the caller to remove.
        environment: the service's variables, rendered.
        port: a free port of this machine, for the tier that shares its network.
        volumes: mount paths of the image to the folders that hold them.
        network: the private network, by its environment; for the tier that has such.
        name: of the deployment.
    """

    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    port: int
    volumes: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    network: str = ""
    name: str = ""


class Tier(Protocol):
    """Builds images and runs them."""

    @property
    def name(self) -> str:
        """`process`, `sandbox` or `image`."""
        ...

    async def prepare(self) -> tuple[Message, ...]:
        """Make ready; returns what this tier does not reproduce."""
        ...

    async def close(self) -> None:
        """Let go of what no deployment holds."""
        ...

    @property
    def cache(self) -> Path:
        """Folder of layers, shared by all runs of this user."""
        ...

    @property
    def records(self) -> Path:
        """Folder of the files by which leftovers are found."""
        ...

    def private_host(self, service: str) -> str:
        """Return the name or address by which services of one environment reach that service."""
        ...

    def private_port(self, usual: int) -> int:
        """Return the port on which a datastore serves its environment."""
        ...

    def point_private(self, network: str, service: str, target: Address | None) -> None:
        """Let a service's private name lead to that process."""
        ...

    async def site(self, network: str, port: int) -> Site:
        """Return a place for a datastore that serves on that port; raises OSError where there is none."""
        ...

    async def publish(self, name: str, edge: HttpEdge) -> None:
        """Let deployments reach a public domain under its own address."""
        ...

    def withdraw(self, port: int) -> None:
        """Forget the public domain of that port."""
        ...

    async def build(self, request: BuildRequest, log: LogSink) -> Image:
        """Build an image; raises BuildFailed."""
        ...

    async def start(self, image: Image, launch: Launch, log: LogSink) -> Instance:
        """Start a deployment."""
        ...

    async def run(self, image: Image, launch: Launch, command: str, log: LogSink) -> int:
        """Run one shell line in a container of its own, without volumes; returns its exit code."""
        ...
