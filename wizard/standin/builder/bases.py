"""Base images: which of them can be stood in for on this machine, and by what."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from wizard.messages import Message, message
from wizard.standin.builder.image import BuildFailed
from wizard.standin.builder.interpreters import Interpreter, find, minor_of
from wizard.standin.processes.machine import machine_path

_IMAGE = re.compile(
    r"(?:(?P<host>[\w.-]+\.[\w.:-]+)/)?(?P<path>[\w./-]+?)(?::(?P<tag>[\w.-]+))?(?:@sha256:[0-9a-f]+)?", re.ASCII
)
_UV_IMAGE = re.compile(r"astral-sh/uv")
_UV_PYTHON = re.compile(r"python(3\.\d+)")
_PLAIN = {"debian", "ubuntu", "alpine", "busybox", "buildpack-deps"}
_PATH = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"


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
    """

    image: str
    kind: str
    identity: str
    environment: tuple[tuple[str, str], ...]
    command: tuple[str, ...] = ()
    interpreter: Interpreter | None = None
    differences: tuple[Message, ...] = ()
    hidden: frozenset[str] = frozenset()


def resolve(image: str, step: str, *, installs_python: bool = False) -> Base:
    """Choose the stand-in; raises BuildFailed for an image that nothing here resembles.

    A distribution's image into which Python packages are installed gets a virtual environment like Python's own.
    """
    match = _IMAGE.fullmatch(image)
    if not match:
        raise BuildFailed(step, (f"failed to solve: failed to parse stage name {image!r}: invalid reference format",))
    name, tag = match["path"].removeprefix("library/"), match["tag"] or "latest"
    short = name.rpartition("/")[2]
    if _UV_IMAGE.search(name) and (python := _UV_PYTHON.search(tag)):
        return python_base(image, python[1])
    if short == "python":
        return python_base(image, minor_of(tag), musl="alpine" in tag)
    if short == "node":
        return node_base(image, tag)
    if short in _PLAIN:
        return python_base(image, None) if installs_python else plain_base(image)
    raise BuildFailed(step, (f"The process tier does not emulate the base image {image}.",))


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


def node_base(image: str, tag: str) -> Base:
    """Stand in for an official Node image with this machine's Node.js."""
    version = node_version()
    if version is None:
        raise BuildFailed(f"FROM {image}", ("Node.js is not on PATH; the process tier builds with the machine's own.",))
    differences = [message("builder.host-tools", image=image)]
    wanted = re.match(r"\d+", tag)
    if wanted and wanted[0] != version.split(".")[0]:
        differences.append(message("builder.other-node", wanted=wanted[0], version=version))
    if "alpine" in tag:
        differences.append(message("builder.musl", image=image))
    environment = (("PATH", _PATH), ("NODE_VERSION", version), ("HOME", "/root"))
    return Base(image, "node", f"node {version}", environment, ("node",), None, tuple(differences))


def plain_base(image: str) -> Base:
    """Stand in for a distribution's image with this machine's own tools."""
    return Base(
        image,
        "plain",
        "plain",
        (("PATH", _PATH), ("HOME", "/root")),
        (),
        None,
        (message("builder.host-tools", image=image),),
    )


@cache
def node_version() -> str | None:
    """Return the version of the Node.js on this machine, its own or the bundled one; None without either."""
    program = shutil.which("node", path=os.pathsep.join(machine_path()))
    if not program:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
    return answer.stdout.strip().removeprefix("v") or None
