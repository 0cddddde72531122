"""What a sandbox is told, and the command that tells it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wizard.standin.processes import RUN_ID, Command

_INSIDE = Path(__file__).parent / "inside"


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a private network.

    Attributes:
        bridge: the network's own.
        name: of the link's end at the bridge.
        address: with the width of the network, such as `10.128.0.7/16`.
    """

    bridge: str
    name: str
    address: str

    @property
    def host(self) -> str:
        """The address alone."""
        return self.address.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Show:
    """A file or folder of the machine at a path of the image."""

    source: Path
    target: str
    read_only: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A root file system.

    Attributes:
        box: folder for what is written, and for mounting; made by `prepared_box`.
        layers: folder of the layers.
        chain: their names, the lowest first.
        shown: what else is to be seen.
        stages: further chains, by the name of the folder in which they are shown to a build.
        host: the machine's name inside.
    """

    box: Path
    layers: Path
    chain: tuple[str, ...]
    shown: tuple[Show, ...] = ()
    stages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    host: str = "build"

    def told(self) -> dict[str, Any]:
        """Return it as the script takes it."""
        return {
            "box": str(self.box),
            "layers": str(self.layers),
            "chain": list(self.chain),
            "stages": {name: list(chain) for name, chain in self.stages.items()},
            "binds": [[str(one.source), one.target, one.read_only] for one in self.shown],
            "host": self.host,
        }


@dataclass(frozen=True, slots=True)
class Entrance:
    """What to run in which sandbox.

    Attributes:
        root: its root file system.
        argv: in image terms; empty where only files are changed.
        environment: the whole of the command's; it travels by standard input.
        workdir: absolute image path.
        user: as USER says.
        link: its place in a private network, None for the machine's own network.
        before: what is done to files first, see `inside/files.py`.
        failure: file that says why the command could not be started at all.
    """

    root: Root
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    workdir: str = "/"
    user: str = ""
    link: Link | None = None
    before: Sequence[Mapping[str, Any]] = ()
    failure: Path | None = None

    def command(self, holder: int, run_id: str, records: Path | None, *, owners: bool) -> Command:
        """Return the command that enters; `owners` says whether more ids than root's are mapped."""
        spec = {
            "holder": holder,
            "network": _network(self.link),
            "root": self.root.told(),
            "before": [dict(step) for step in self.before],
            "workdir": self.workdir,
            "user": self.user,
            "owners": owners,
            "argv": list(self.argv),
            "environment": dict(self.environment),
            "failure": str(self.failure) if self.failure else "",
        }
        words = (*_interpreter(), "-")
        return Command(words, self.root.box, _outside(run_id), json.dumps(spec).encode(), records)


def joining(holder: int, link: Link) -> tuple[str, ...]:
    """Return what stands before a program of the machine that is to run in a private network."""
    return (*_interpreter(), json.dumps({"holder": holder, "network": _network(link)}))


def prepared_box(folder: Path) -> Path:
    """Make the folders of a box; what was written before is gone only with the folder."""
    for name in ("merged", "empty", "upper/root", "upper/usr", "work/root", "work/usr"):
        (folder / name).mkdir(mode=0o755, parents=True, exist_ok=True)
    return folder


def holder_words(control: int) -> tuple[str, ...]:
    """Return the command of the process that holds a stand-in's namespaces."""
    return (sys.executable, "-I", "-S", str(_INSIDE / "holder.py"), str(control))


def tool_path() -> str:
    """Return where `ip` is looked for: an ordinary user's PATH may lack the system's programs."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])


def _interpreter() -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", str(_INSIDE / "enter.py"))


def _network(link: Link | None) -> dict[str, str] | None:
    return {"bridge": link.bridge, "link": link.name, "address": link.address} if link else None


def _outside(run_id: str) -> dict[str, str]:
    """Return the environment of what stands outside: enough to find `ip`, and to be found."""
    return {"PATH": tool_path(), RUN_ID: run_id}
