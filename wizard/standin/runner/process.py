"""The process tier: a deployment is a process of the caller in a copy of the image's folders.

It shares the machine's network, tools and user with everything else; what a container would hide is substituted and
named.
"""

from __future__ import annotations

import asyncio
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wizard.messages import Message, message
from wizard.standin.addresses import LOOPBACK, Address, LoopbackAddress, free_port
from wizard.standin.builder import BuildRequest, Image, ImagePaths, build, shims
from wizard.standin.builder.runtime import mapped, search_path
from wizard.standin.builder.trees import copy_tree
from wizard.standin.datastores import Site
from wizard.standin.edge import HttpEdge
from wizard.standin.processes import RUN_ID, Command, LogLine, LogSink
from wizard.standin.processes import run as run_command
from wizard.standin.processes import start as start_child
from wizard.standin.processes.machine import certificates_and_proxies
from wizard.standin.runner import hooks
from wizard.standin.runner.instance import Instance
from wizard.standin.runner.loopback import on_loopback, settle_script, with_port
from wizard.standin.runner.tier import Launch

_LARGEST_SCRIPT = 64 * 1024
_SHELL_LINES = (b"#!/bin/sh", b"#!/bin/bash", b"#!/usr/bin/env sh", b"#!/usr/bin/env bash", b"#!/bin/ash")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A deployment's folders and command, ready to start."""

    command: Command
    paths: ImagePaths
    differences: tuple[Message, ...]


class ProcessTier:
    """Builds in folders, runs as processes.

    Attributes:
        cache: folder for layers and shims, shared by all runs of this user.
        records: folder of the files by which leftovers are found.
        run_id: carried by every process.
    """

    name = "process"

    def __init__(self, cache: Path, records: Path, run_id: str) -> None:
        self.cache = cache
        self.records = records
        self.run_id = run_id

    async def prepare(self) -> tuple[Message, ...]:
        """Return what this tier does not reproduce."""
        return (message("runner.process-tier"),)

    async def close(self) -> None:
        """Do nothing: processes are all there is."""

    def private_host(self, service: str) -> str:
        """Return loopback, which processes of this machine share."""
        del service
        return LOOPBACK

    def private_port(self, usual: int) -> int:
        """Return a free port: that of a datastore is everybody's."""
        del usual
        return free_port()

    def point_private(self, network: str, service: str, target: Address | None) -> None:
        """Do nothing: private addresses are loopback's, their ports in variables."""

    async def site(self, network: str, port: int) -> Site:
        """Return loopback."""
        del network
        return Site(port or free_port())

    async def publish(self, name: str, edge: HttpEdge) -> None:
        """Do nothing: deployments share this machine's loopback."""

    def withdraw(self, port: int) -> None:
        """Do nothing, as for `publish`."""

    async def build(self, request: BuildRequest, log: LogSink) -> Image:
        """Build an image; raises BuildFailed."""
        return await build(request, log)

    async def start(self, image: Image, launch: Launch, log: LogSink) -> Instance:
        """Start the image's command in its own copy of the image."""
        prepared = await asyncio.to_thread(self._prepare, image, launch, image.command)
        child = await start_child(prepared.command, _as_in_image(log, prepared.paths))
        declared = launch.environment.get("PORT", "")
        address = LoopbackAddress(launch.port, int(declared) if declared.isdecimal() else None)
        return Instance(child, prepared.differences, address)

    async def run(self, image: Image, launch: Launch, command: str, log: LogSink) -> int:
        """Run one shell line in a copy of the image that is removed afterwards."""
        try:
            prepared = await asyncio.to_thread(self._prepare, image, launch, ("/bin/sh", "-c", command))
            return await run_command(prepared.command, _as_in_image(log, prepared.paths))
        finally:
            await asyncio.to_thread(shutil.rmtree, launch.folder, ignore_errors=True)

    def _prepare(self, image: Image, launch: Launch, argv: tuple[str, ...]) -> _Prepared:
        root = launch.folder / "root"
        copy_tree(image.root, root)
        paths = _with_volumes(image, root, launch.volumes)
        workdir = paths.on_disk(image.workdir)
        workdir.mkdir(parents=True, exist_ok=True)
        declared = launch.environment.get("PORT")
        argv, ports = with_port(argv, declared, launch.port)
        argv, addresses = on_loopback(argv, workdir)
        scripts = _settle_scripts(argv, paths, workdir)
        words = tuple(paths.in_text(word) for word in argv)
        environment = self._environment(image, launch, paths)
        command = Command(words, workdir, environment, records=self.records)
        return _Prepared(command, paths, (*image.differences, *ports, *addresses, *scripts))

    def _environment(self, image: Image, launch: Launch, paths: ImagePaths) -> dict[str, str]:
        """Return what the process sees: no variable of the caller but certificates and proxies."""
        path = search_path(launch.environment.get("PATH") or image.environment.get("PATH", ""), paths)
        folders = (launch.folder, *launch.volumes.values(), *([image.python] if image.python else []))
        shim_folder = shims.write(self.cache / "shims")
        given = {**mapped(image.environment, paths), **mapped(launch.environment, paths)}
        return {
            **certificates_and_proxies(),
            "LANG": "C.UTF-8",
            "TMPDIR": str(paths.on_disk("/tmp")),  # noqa: S108 - the image's own
            **given,
            **hooks.environment(given),
            **shims.environment(shim_folder, path, folders, launch.folder / "skipped"),
            "PORT": str(launch.port),
            "HOSTNAME": LOOPBACK,
            RUN_ID: self.run_id,
        }


def _as_in_image(log: LogSink, paths: ImagePaths) -> LogSink:
    """Show paths as the platform's log would."""
    return lambda line: log(LogLine(paths.as_in_image(line.text), line.stream))


def _with_volumes(image: Image, root: Path, volumes: Mapping[str, Path]) -> ImagePaths:
    """Put each volume where it is mounted; it hides what the image holds there, as a mount does."""
    owned = tuple(dict.fromkeys((*image.owned, *volumes)))
    paths = ImagePaths(root, image.python, owned)
    for mount, folder in volumes.items():
        folder.mkdir(parents=True, exist_ok=True)
        place = paths.on_disk(mount)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_symlink() or place.is_file():
            place.unlink()
        shutil.rmtree(place, ignore_errors=True)
        place.symlink_to(folder)
    return paths


def _settle_scripts(argv: tuple[str, ...], paths: ImagePaths, workdir: Path) -> tuple[Message, ...]:
    """Treat the shell scripts that the command names as part of it."""
    found = []
    for word in dict.fromkeys(part for text in argv for part in _words(text)):
        script = paths.on_disk(word) if word.startswith("/") else workdir / word
        if _is_shell_script(script) and script.resolve().is_relative_to(paths.root.resolve()) and settle_script(script):
            found.append(message("runner.loopback-script", script=word))
    return tuple(found)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _is_shell_script(path: Path) -> bool:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_SCRIPT:
            return False
        with path.open("rb") as file:
            return file.readline().strip().startswith(_SHELL_LINES) or path.suffix == ".sh"
    except (OSError, ValueError):
        return False
