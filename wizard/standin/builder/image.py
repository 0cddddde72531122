"""What goes into a build and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wizard.messages import Message
from wizard.standin.builder.paths import ImagePaths


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What the service says about its build.

    Attributes:
        dockerfile_path: relative to the context; None means a file named exactly `Dockerfile`, if there is one.
        builder: `RAILPACK`, `DOCKERFILE` or what the API was given; None lets the files decide.
        build_command: replaces Railpack's build step.
        start_command: replaces what the image starts; exec form on a Dockerfile's image, a shell line on Railpack's.
    """

    dockerfile_path: str | None = None
    builder: str | None = None
    build_command: str | None = None
    start_command: str | None = None


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """One build.

    Attributes:
        context: the unpacked snapshot with the root directory applied; never written to.
        settings: of the service.
        variables: of the service, rendered; a Dockerfile sees those that it declares, Railpack all.
        cache: folder of layers, shared by all builds of this machine's user.
        work: folder of this build alone; the image lies in it afterwards.
        run_id: carried by every child's environment.
        records: folder for the files by which leftovers of a dead stand-in are found.
        isolated: the image gets a root file system of its own: users, owners and every path are as it says.
        tools: folder of programs that are fetched from package registries, such as Poetry or a Node.js of the image's
            major; None fetches nothing.
    """

    context: Path
    settings: BuildSettings
    variables: Mapping[str, str] = field(repr=False)
    cache: Path
    work: Path
    run_id: str = ""
    records: Path | None = None
    isolated: bool = False
    tools: Path | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A built image: what a container would hold, as folders.

    Attributes:
        root: what stands for `/`; copied for each deployment. An empty folder where layers stand for it.
        python: the virtual environment that stands for `/usr/local`, used in place by all, or None.
        workdir: as the image says, such as `/app`.
        environment: as the image says, image paths in it.
        command: what starts, as an argument list; a shell line is `/bin/sh -c ...`. Empty where nothing does.
        ports: exposed ones.
        owned: image folders that the tree stands for, see `ImagePaths`.
        plan: `Dockerfile`, `Railpack (Python)` or `Railpack (Node)`.
        differences: every substitution and every instruction left out.
        layers: folders laid over one another for `/`, the lowest first; none in the process tier.
        user: what runs the command, as USER says; empty for root.
    """

    root: Path
    python: Path | None
    workdir: str
    environment: Mapping[str, str]
    command: tuple[str, ...]
    ports: tuple[int, ...]
    owned: tuple[str, ...]
    plan: str
    differences: tuple[Message, ...] = ()
    layers: tuple[Path, ...] = ()
    user: str = ""

    def paths(self, root: Path | None = None) -> ImagePaths:
        """Return the mapping of image paths onto a copy of the tree, by default the image's own."""
        return ImagePaths(root or self.root, self.python, self.owned)


class BuildFailed(Exception):  # noqa: N818 - the platform's own word
    """The build ended without an image.

    Attributes:
        step: the instruction or the stage of the work, as the log shows it.
        detail: the lines that matter, last ones last.
    """

    def __init__(self, step: str, detail: tuple[str, ...]) -> None:
        super().__init__(step, detail)
        self.step = step
        self.detail = detail
