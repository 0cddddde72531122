"""The sandbox tier: a deployment is the first process of a namespace, in the image's own root, on a private bridge."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path

from wizard.errors import FailedError
from wizard.messages import Message, message
from wizard.standin.addresses import Address
from wizard.standin.builder import BuildRequest, Image, build
from wizard.standin.builder import shims as shim_files
from wizard.standin.datastores import Site
from wizard.standin.edge import HttpEdge
from wizard.standin.processes import RUN_ID, LogSink
from wizard.standin.processes import run as run_command
from wizard.standin.processes import start as start_child
from wizard.standin.runner.instance import Instance
from wizard.standin.runner.tier import Launch
from wizard.standin.sandbox.carrier import SandboxCarrier
from wizard.standin.sandbox.entrance import Entrance, Link, Root, Show, joining, prepared_box
from wizard.standin.sandbox.inside.roots import OWN
from wizard.standin.sandbox.layers import ChainStore, names_of, remove
from wizard.standin.sandbox.network import Holder, Networks, PrivateNetwork, SandboxAddress, private_name, start_holder
from wizard.standin.sandbox.probe import refuse_machine, try_out

_PORT = 8080
"""What PORT is where the service sets none."""
_NO_NAMES = "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"
"""Nobody answers there: a name that is not in the hosts file is unknown at once."""
_HOST_LENGTH = 12


class SandboxTier:
    """Builds and runs in namespaces of this user.

    Attributes:
        cache: folder of layers, shared by all runs of this user.
        records: folder of the files by which leftovers are found.
        run_id: carried by every process.
    """

    name = "sandbox"

    def __init__(self, cache: Path, folder: Path, run_id: str, holder: Holder) -> None:
        self.cache = cache
        self.records = folder / "records"
        self.run_id = run_id
        self._folder = folder / "sandbox"
        self._store = ChainStore(cache)
        self._holder = holder
        self._networks = Networks(holder, self._folder)
        self._resolver = self._folder / "resolv.conf"
        self._resolver.write_text(_NO_NAMES)

    async def prepare(self) -> tuple[Message, ...]:
        """Return what this tier does not reproduce."""
        told = [message("sandbox.tier")]
        if not self._holder.owners:
            told.append(message("sandbox.one-user"))
        return tuple(told)

    async def close(self) -> None:
        """End the holder: the namespaces go with the last process in them."""
        await self._holder.close()

    async def build(self, request: BuildRequest, log: LogSink) -> Image:
        """Build an image; raises BuildFailed."""
        return await build(request, log, SandboxCarrier(self._store, self._holder))

    async def start(self, image: Image, launch: Launch, log: LogSink) -> Instance:
        """Start the image's command; raises OSError where it cannot be given a place."""
        network = await self._networks.of(launch.network)
        link = network.link()
        network.name(_host_of(launch), link.host)
        entrance = await asyncio.to_thread(self._entrance, image, launch, network, link, image.command)
        command = entrance.command(self._holder.pid, self.run_id, self.records, owners=self._holder.owners)
        child = await start_child(command, log)
        address = SandboxAddress(link.host, int(entrance.environment["PORT"]), self._holder.socket)
        return Instance(child, image.differences, address, guarded=False, attendants=1)

    async def run(self, image: Image, launch: Launch, command: str, log: LogSink) -> int:
        """Run one shell line in a copy of the image that is removed afterwards, in the private network."""
        network = await self._networks.of(launch.network)
        link, argv = network.link(), ("/bin/sh", "-c", command)
        network.name(_host_of(launch), link.host)
        try:
            entrance = await asyncio.to_thread(self._entrance, image, launch, network, link, argv)
            told = entrance.command(self._holder.pid, self.run_id, self.records, owners=self._holder.owners)
            return await run_command(told, log)
        finally:
            network.name(_host_of(launch), None)
            await asyncio.to_thread(remove, launch.folder)

    def private_host(self, service: str) -> str:
        """Return the name that the service has in production too."""
        return private_name(service)

    def private_port(self, usual: int) -> int:
        """Return the usual port: every datastore has addresses of its own."""
        return usual

    def point_private(self, network: str, service: str, target: Address | None) -> None:
        """Let a service's private name lead to that process."""
        self._networks.point(network, service, target)

    async def site(self, network: str, port: int) -> Site:
        """Return a place in that private network; raises OSError where there is none."""
        link = (await self._networks.of(network)).link()
        address = SandboxAddress(link.host, port, self._holder.socket)
        return Site(port, address, joining(self._holder.pid, link))

    async def publish(self, name: str, edge: HttpEdge) -> None:
        """Let deployments reach a public domain under its own name and port."""
        await self._networks.publish(name, edge.port, edge.also)

    def withdraw(self, port: int) -> None:
        """Forget the public domain of that port."""
        self._networks.withdraw(port)

    def _entrance(
        self, image: Image, launch: Launch, network: PrivateNetwork, link: Link, argv: tuple[str, ...]
    ) -> Entrance:
        box, host = prepared_box(launch.folder), _host_of(launch)
        chain = names_of(image.layers)
        base = self._store.find(chain[0]) if chain else None
        shown = (
            *(base.shown if base else ()),
            Show(network.hosts, "/etc/hosts"),
            Show(self._resolver, "/etc/resolv.conf"),
            *(Show(_made(folder), mount, read_only=False) for mount, folder in launch.volumes.items()),
            *self._shims(),
        )
        environment = self._environment(image, launch, host)
        user = environment.get("RAILWAY_RUN_UID") or image.user
        root = Root(box, self._store.folder, chain, shown, host=host)
        return Entrance(root, argv, environment, image.workdir, user, link)

    def _shims(self) -> tuple[Show, ...]:
        """Return the commands that stand in for those that change users, where there is only one."""
        if self._holder.owners:
            return ()
        folder = shim_files.write_isolated(self._store.cache / f"shims-{self._holder.ids}", owners=False)
        return (Show(folder, f"{OWN}/bin"),)

    def _environment(self, image: Image, launch: Launch, host: str) -> dict[str, str]:
        """Return what the process sees: the image's variables, the service's, and what a container adds."""
        found = {"HOSTNAME": host, "PORT": str(_PORT), **image.environment, **launch.environment, RUN_ID: self.run_id}
        if not self._holder.owners:
            found["PATH"] = f"{OWN}/bin:{found.get('PATH', os.defpath)}"
        if not found["PORT"].isdecimal():
            found["PORT"] = str(_PORT)
        return found


def _host_of(launch: Launch) -> str:
    """Return the name that the machine of one process bears."""
    return hashlib.sha256(str(launch.folder).encode()).hexdigest()[:_HOST_LENGTH]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def open_sandbox(cache: Path, folder: Path, run_id: str) -> SandboxTier:
    """Make the namespaces and try them out; raises FailedError, with the reason, where this machine forbids them."""
    await asyncio.to_thread(refuse_machine)
    (folder / "sandbox").mkdir(mode=0o700, parents=True, exist_ok=True)
    holder = await start_holder(folder, run_id, folder / "records")
    try:
        await try_out(holder, cache, folder / "sandbox" / "probe", run_id)
        return SandboxTier(cache, folder, run_id, holder)
    except OSError as error:
        await holder.close()
        raise FailedError("sandbox.not-usable", reason=str(error)) from error
    except BaseException:
        await holder.close()
        raise
