"""Base images: which of them can be stood in for on this machine, and by what."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from wizard.messages import Message, message
from wizard.standin.builder import alpine
from wizard.standin.builder.contents import Family, family_of, hidden, lacking
from wizard.standin.builder.image import BuildFailed
from wizard.standin.builder.interpreters import Interpreter, find, minor_of
from wizard.standin.builder.tools import NODE_MAJORS, Tool, Toolbox
from wizard.standin.processes.machine import machine_path

_IMAGE = re.compile(
    r"(?:(?P<host>[\w.-]+\.[\w.:-]+)/)?(?P<path>[\w./-]+?)(?::(?P<tag>[\w.-]+))?(?:@sha256:[0-9a-f]+)?", re.ASCII
)
_UV_IMAGE = re.compile(r"astral-sh/uv")
_UV_PYTHON = re.compile(r"python(3\.\d+)")
_PLAIN = {"debian", "ubuntu", "alpine", "busybox", "buildpack-deps"}
_PATH = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
_CODENAMES = {"hydrogen": "18", "iron": "20", "jod": "22", "krypton": "24", "lts": "24"}
"""Node's releases by the tags that name no number; `lts` moves on every October."""
_LATEST = {"current", "latest", "slim", "alpine", "bookworm", "trixie", "bullseye"}
"""Tags of the newest release, whatever it is."""
_NEWEST = "latest"


@dataclass(frozen=True, slots=True)
class Base:
    """What stands in for a base image.

    Attributes:
        image: as written.
        kind: `python`, `node` or `plain`.
        identity: what a layer's key takes from it.
        environment: variables of the image.
        command: what it starts by itself.
        interpreter: of a Python image.
        differences: what is not as in the image.
        hidden: absolute paths of this machine that an isolated image does not see, such as `/usr/bin/gcc`: what the
            image lacks and no `apt-get install` of the stage names.
        fetched: programs that must be brought before anything is carried out.
        tools: folders of this machine with programs that stand in for the image's; an isolated image sees them, read
            only, under the same paths.
        programs: of this machine that stand in for the image's: never hidden.
        placed: files it brings: pairs of image path and text, each a command.
        family: what the image holds, as far as commands and libraries go.
    """

    image: str
    kind: str
    identity: str
    environment: tuple[tuple[str, str], ...]
    command: tuple[str, ...] = ()
    interpreter: Interpreter | None = None
    differences: tuple[Message, ...] = ()
    hidden: frozenset[str] = frozenset()
    fetched: tuple[Tool, ...] = ()
    tools: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    placed: tuple[tuple[str, str], ...] = ()
    family: Family | None = None

    def isolated(self, installed: Iterable[str]) -> Base:
        """Return it as an isolated image sees this machine once those packages are installed."""
        if self.family is None:
            return self
        packages = tuple(installed)
        programs = [*self.programs, *([self.interpreter.program] if self.interpreter else [])]
        missing = tuple(message("builder.package-missing", package=package) for package in lacking(packages))
        return replace(
            self,
            hidden=hidden(self.family, packages, programs),
            differences=(*(item for item in self.differences if item.id != "builder.host-tools"), *missing),
        )

    def with_tool(self, toolbox: Toolbox, tool: Tool) -> Base:
        """Return it with the commands of a fetched tool in `/usr/local/bin`."""
        placed = tuple((f"/usr/local/bin/{name}", toolbox.script(tool, name)) for name in tool.programs)
        return replace(
            self,
            identity=f"{self.identity} {tool.folder_name}",
            fetched=(*self.fetched, tool),
            tools=(*self.tools, str(toolbox.folder(tool))),
            placed=(*self.placed, *placed),
        )


def resolve(image: str, step: str, toolbox: Toolbox, *, installs_python: bool = False) -> Base:
    """Choose the stand-in; raises BuildFailed for an image that nothing here resembles.

    A distribution's image into which Python packages are installed gets a virtual environment like Python's own.
    """
    match = _IMAGE.fullmatch(image)
    if not match:
        raise BuildFailed(step, (f"failed to solve: failed to parse stage name {image!r}: invalid reference format",))
    name, tag = match["path"].removeprefix("library/"), match["tag"] or "latest"
    short = name.rpartition("/")[2]
    base = _stand_in(image, name, tag, toolbox, installs_python=installs_python)
    if base is None:
        raise BuildFailed(step, (f"The base image {image} cannot be rehearsed here.",))
    brought = alpine.PLACED if short == "alpine" or "alpine" in tag else ()
    return replace(base, family=family_of(short, tag), placed=(*base.placed, *brought))


def _stand_in(image: str, name: str, tag: str, toolbox: Toolbox, *, installs_python: bool) -> Base | None:
    short = name.rpartition("/")[2]
    if _UV_IMAGE.search(name) and (python := _UV_PYTHON.search(tag)):
        base = python_base(image, python[1], musl="alpine" in tag)
        tool = toolbox.python("uv", "uv", "uvx")
        return base.with_tool(toolbox, tool) if tool else base
    if short == "python":
        return python_base(image, minor_of(tag), musl="alpine" in tag)
    if short == "node":
        return node_base(image, tag, toolbox)
    if short == "bun":
        return _bun_base(image, tag, toolbox)
    if short in _PLAIN:
        return python_base(image, None) if installs_python else plain_base(image)
    return None


def _bun_base(image: str, tag: str, toolbox: Toolbox) -> Base | None:
    release = re.match(r"\d+(?:\.\d+)*", tag)
    tool = toolbox.npm(f"bun@{release[0] if release else 'latest'}", "bun", "bunx")
    if tool is None:
        return None
    base = replace(plain_base(image), command=("bun",))
    told = message("builder.fetched", tool="Bun", image=image)
    return replace(base.with_tool(toolbox, tool), differences=(*base.differences, told))


def python_base(image: str, minor: str | None, *, musl: bool = False) -> Base:
    """Stand in for an official Python image with an interpreter of this machine."""
    interpreter = find(minor)
    differences = [message("builder.host-tools", image=image)]
    if minor and interpreter.minor != minor:
        differences.append(message("builder.other-python", wanted=minor, version=interpreter.version))
    if musl:
        differences.append(message("builder.musl", image=image))
    environment = (("PATH", _PATH), ("LANG", "C.UTF-8"), ("PYTHON_VERSION", interpreter.version), ("HOME", "/root"))
    identity = f"python {interpreter.version} {interpreter.program}"
    return Base(image, "python", identity, environment, ("python3",), interpreter, tuple(differences))


def node_base(image: str, tag: str, toolbox: Toolbox) -> Base:
    """Stand in for an official Node image: by this machine's Node.js, one from the package index, else the nearest."""
    version = node_version()
    wanted = node_major(tag) or _NEWEST
    own = version.split(".")[0] if version else None
    chosen = _nearest_node(wanted, own, toolbox)
    if chosen is None:
        raise BuildFailed(f"FROM {image}", ("Node.js is neither on this machine nor in the package index.",))
    fetched = toolbox.node(chosen) if chosen != own else None
    differences = [message("builder.host-tools", image=image)]
    if chosen != wanted:
        stood_in = chosen if fetched else version or ""
        differences.append(message("builder.other-node", wanted=wanted, version=stood_in))
    elif fetched:
        differences.append(message("builder.fetched", tool=f"Node.js {wanted}", image=image))
    if "alpine" in tag:
        differences.append(message("builder.musl", image=image))
    environment = (("PATH", _PATH), ("NODE_VERSION", chosen if fetched else version or ""), ("HOME", "/root"))
    base = Base(image, "node", f"node {version}", environment, ("node",), None, tuple(differences))
    if fetched:
        return replace(base, identity="node").with_tool(toolbox, fetched)
    return replace(base, programs=tuple(found for name in ("node", "npm", "npx") if (found := _which(name))))


def node_major(text: str) -> str | None:
    """Return the major version that an image's tag or a version file names, None for the newest or an unknown one."""
    words = re.split(r"[-/]", text.strip().lower().removeprefix("v"))
    number = re.match(r"\d+", words[0])
    if number:
        return number[0]
    named = [_CODENAMES[word] for word in reversed(words) if word in _CODENAMES]
    return named[0] if named else None


def is_newest(text: str) -> bool:
    """Say whether a tag or a version file asks for the newest release."""
    return text.strip().lower().split("-")[0] in _LATEST


def _nearest_node(wanted: str, own: str | None, toolbox: Toolbox) -> str | None:
    """Return the major that is nearest to the wanted one, this machine's own before one that must be fetched."""
    number = int(wanted) if wanted.isdigit() else 1000
    offered = [*([own] if own else []), *(major for major in NODE_MAJORS if toolbox.node(major))]
    return min(offered, key=lambda major: abs(int(major) - number), default=None)


def plain_base(image: str) -> Base:
    """Stand in for a distribution's image with this machine's own tools."""
    return Base(
        image,
        "plain",
        "plain",
        (("PATH", _PATH), ("HOME", "/root")),
        (),
        None,
        (
            message("builder.host-tools", image=image),
            *([message("builder.musl", image=image)] if "alpine" in image else []),
        ),
    )


@cache
def node_version() -> str | None:
    """Return the version of the Node.js on this machine, its own or the bundled one; None without either."""
    program = _which("node")
    if not program:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
    return answer.stdout.strip().removeprefix("v") or None


def _which(program: str) -> str | None:
    return shutil.which(program, path=os.pathsep.join(machine_path()))
