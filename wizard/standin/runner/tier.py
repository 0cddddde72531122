"""What a tier is: a way to build an image and to run it, more or less like a container."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from wizard.messages import Message
from wizard.standin.builder import BuildRequest, Image
from wizard.standin.processes import LogSink
from wizard.standin.runner.instance import Instance


@dataclass(frozen=True, slots=True)
class Launch:
    """What a deployment gets beside its image.

    Attributes:
        folder: the deployment's own; made, and left for the caller to remove.
        environment: the service's variables, rendered.
        port: the free port that PORT names.
        volumes: mount paths of the image to the folders that hold them.
    """

    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    port: int
    volumes: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))


class Tier(Protocol):
    """Builds images and runs them."""

    @property
    def name(self) -> str:
        """`process`, `sandbox` or `image`."""
        ...

    async def prepare(self) -> tuple[Message, ...]:
        """Make ready, end what a dead stand-in left; returns what this tier does not reproduce."""
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
