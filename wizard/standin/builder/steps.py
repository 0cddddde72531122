"""A build as data: stages of steps, each with the key of everything that led to it.

A key is a keyed hash: variables of a build may be secret, and folder names are not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wizard.messages import Message
from wizard.standin.builder.bases import Base
from wizard.standin.builder.tools import Tool


@dataclass(frozen=True, slots=True)
class MakeFolder:
    """WORKDIR: the folder exists from here on; a new one belongs to `owner`, as USER says."""

    path: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class CopyFiles:
    """COPY and ADD.

    Attributes:
        sources: paths in the context or in the stage, normalised, without a leading slash; patterns already resolved
            for the context.
        target: absolute image path.
        into: the target is a folder whatever it looks like.
        files: what the context holds below the sources, in the context's terms; empty for a stage.
        folders: the same of folders, empty ones too.
        stage: index of the stage to copy from, None for the context.
        mode: numeric permission bits, or None.
        unpack: local archives are unpacked.
        owner: `user:group` as written, empty for root; only where the image is isolated.
    """

    sources: tuple[str, ...]
    target: str
    into: bool
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    stage: int | None = None
    mode: int | None = None
    unpack: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class WriteFile:
    """COPY of a document written in the Dockerfile."""

    target: str
    content: str
    mode: int | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class RunCommand:
    """RUN.

    Attributes:
        argv: in image terms.
        environment: in image terms, build arguments included.
        workdir: absolute image path.
        installs: it may change the virtual environment.
        borrowed: context files bound in while it runs: pairs of context path and image path.
        user: `user:group` as USER says, empty for root; only where the image is isolated.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    workdir: str
    installs: bool
    borrowed: tuple[tuple[str, str], ...] = ()
    user: str = ""


Action = MakeFolder | CopyFiles | WriteFile | RunCommand


@dataclass(frozen=True, slots=True)
class Step:
    """One action with its place in the log and its key.

    Attributes:
        action: what to do.
        title: as the log shows it, such as `RUN pip install -r requirements.txt`.
        key: of the state after it; equal keys mean equal states.
    """

    action: Action
    title: str
    key: str


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage ready to be executed.

    Attributes:
        name: as the log shows it.
        base: stand-in of its base image, that of the stage it begins with otherwise.
        parent: index of the stage it begins with, or None.
        key: of the state before its first step.
        steps: in order.
        environment: of the image.
        workdir: absolute image path.
        entrypoint: argument list, empty for none.
        command: argument list, empty for none.
        shell: what runs a shell form.
        ports: exposed ones.
        user: as USER says, empty for root; only where the image is isolated.
    """

    name: str
    base: Base
    parent: int | None
    key: str
    steps: tuple[Step, ...]
    environment: Mapping[str, str]
    workdir: str
    entrypoint: tuple[str, ...]
    command: tuple[str, ...]
    shell: tuple[str, ...]
    ports: tuple[int, ...]
    user: str = ""

    @property
    def last_key(self) -> str:
        """The key of the state after its last step."""
        return self.steps[-1].key if self.steps else self.key


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """A whole build; the last stage is the image.

    Attributes:
        stages: in order.
        owned: image folders, see `ImagePaths`.
        differences: what is known of them before anything runs.
        name: as `Image.plan` has it.
        tools: what must be fetched before it can be carried out.
    """

    stages: tuple[StagePlan, ...]
    owned: tuple[str, ...]
    differences: tuple[Message, ...]
    name: str
    tools: tuple[Tool, ...] = ()


class Keys:
    """Makes keys from content, with a secret of this cache."""

    def __init__(self, secret: bytes, context: Path) -> None:
        self._secret = secret
        self._context = context
        self._digests: dict[str, str] = {}

    def of(self, *parts: object) -> str:
        """Return the key of these parts, which JSON must be able to hold."""
        text = json.dumps(parts, sort_keys=True, default=str).encode()
        return hashlib.blake2b(text, key=self._secret, digest_size=16).hexdigest()

    def of_file(self, path: str) -> str:
        """Return the digest of a context file: its bytes and whether it may be executed, or a link's target."""
        if path not in self._digests:
            self._digests[path] = _digest(self._context / path)
        return self._digests[path]


def _digest(path: Path) -> str:
    if path.is_symlink():
        return f"link {path.readlink()}"
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    return f"{'x' if path.stat().st_mode & 0o100 else '-'} {content}"
